import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .dispatch_common import DispatchCase

HTML = {"content-type": "text/html"}


@tagged("post_install", "-at_install")
class TestDispatchRefusals(DispatchCase):
    def setUp(self):
        super().setUp()
        self.quiet("odoo.addons.ip_event_bus.models.ip_event_outcome")

    def refuse(self, event, **result):
        self.fake_bridge.responses = lambda batch: self.fake_bridge.take(
            batch, {event.event_id: result}
        )

    def test_only_a_json_400_409_or_422_about_an_event_makes_it_dead(self):
        for status in (400, 409, 422):
            event, other = self.event(1), self.event(2)
            self.refuse(event, status=status, code="invalid_event", message="Too odd")
            self.dispatch()
            self.assertEqual((event.state, event.last_status), ("dead", status))
            self.assertEqual(event.last_error, "invalid_event Too odd")
            self.assertEqual(other.state, "sent")
        self.assertEqual(self.bridge.state, "running")
        self.assertEqual(self.bridge.dead_count, 3)
        self.assertEqual(len(self.bridge.activity_ids), 1)

    def test_any_other_result_holds_its_lane_and_no_others(self):
        event, later, other = self.event(1), self.event(1), self.event(2)
        self.refuse(event, status=503, code="not_stored", message="Later")
        self.dispatch()
        self.assertEqual((event.state, event.attempts), ("pending", 1))
        self.assertEqual((later.state, later.attempts), ("pending", 0))
        self.assertEqual(other.state, "sent")
        for _ in range(30):
            self.pass_time(hours=2)
            self.dispatch()
        self.assertEqual((event.state, event.attempts), ("pending", 31))
        self.fake_bridge.responses = lambda batch: None
        self.pass_time(hours=2)
        self.dispatch()
        self.assertEqual((event.state, later.state), ("sent", "sent"))
        self.assertEqual(self.fake_bridge.record_ids(), [2, 1, 1])

    def test_a_held_event_waits_longer_each_time(self):
        event = self.event(1)
        self.refuse(event, status=500, code="odd", message="")
        waits = []
        for _ in range(8):
            self.dispatch()
            waits.append((event.next_try_at - self.env.cr.now()).total_seconds())
            self.pass_time(hours=2)
        for wait, wanted in zip(
            waits, [60, 120, 240, 480, 960, 1920, 3600, 3600], strict=True
        ):
            self.assertGreaterEqual(wait, wanted - 5)
            self.assertLessEqual(wait, wanted * 1.2 + 60)

    def test_a_refused_batch_is_bisected_until_the_poison_event_is_alone(self):
        events = [self.event(number) for number in range(1, 41)]
        culprit = events[13]

        def responses(batch):
            if culprit.event_id in [event["event_id"] for event in batch]:
                return 413, HTML, b"<h1>Request Entity Too Large</h1>"
            return None

        self.fake_bridge.responses = responses
        self.dispatch()
        others = [event for event in events if event != culprit]
        self.assertEqual({event.state for event in others}, {"sent"})
        self.assertEqual((culprit.state, culprit.attempts), ("pending", 1))
        self.assertEqual(self.bridge.state, "running")
        self.assertTrue(self.bridge.activity_ids, "the responsible user is alerted")
        self.assertLess(len(self.fake_bridge.requests), 30)

    def test_when_every_batch_is_refused_the_events_are_not_at_fault(self):
        events = [self.event(number) for number in range(1, 11)]
        self.fake_bridge.responses = lambda batch: (
            400,
            {},
            {"code": "no", "message": "no"},
        )
        self.dispatch()
        self.assertEqual(self.bridge.state, "fault")
        self.assertEqual({event.state for event in events}, {"pending"})
        self.assertLessEqual(sum(event.attempts for event in events), 1)

    def test_an_event_that_a_firewall_blocks_does_not_stop_the_others(self):
        events = [self.event(number) for number in range(1, 11)]
        disliked = events[0]

        def responses(batch):
            if disliked.event_id in [event["event_id"] for event in batch]:
                return 403, HTML, b"<h1>Forbidden</h1>"
            return None

        self.fake_bridge.responses = responses
        for _ in range(6):
            self.dispatch()
            self.pass_time(minutes=6)
        self.assertEqual({event.state for event in events[1:]}, {"sent"})
        self.assertEqual(disliked.state, "pending")
        self.assertGreaterEqual(disliked.attempts, 1)

    def test_retry_sends_a_refused_event_again_and_records_who(self):
        user = new_test_user(self.env, "operator", "ip_event_bus.group_operator")
        self.env.cr.precommit.run()
        self.events.search([]).unlink()
        event = self.event()
        self.refuse(event, status=422, code="odd", message="")
        self.dispatch()
        self.fake_bridge.responses = lambda batch: None
        event.with_user(user).action_retry()
        self.assertEqual((event.state, event.attempts), ("pending", 0))
        self.assertEqual(event.decided_by_id, user)
        self.assertFalse(self.bridge.activity_ids, "the alarm is answered")
        self.assertIn(str(event.id), self.bridge.message_ids[0].body)
        self.assertEqual(self.bridge.message_ids[0].author_id, user.partner_id)
        self.dispatch()
        self.assertEqual(event.state, "sent")
        first, second = (json.loads(raw)["events"] for raw in self.fake_bridge.requests)
        self.assertEqual(first, second)

    def test_retry_refuses_overtaken_events_unless_out_of_order(self):
        event, _later = self.event(1), self.event(1)
        self.refuse(event, status=422, code="odd", message="")
        self.dispatch()
        with self.assertRaisesRegex(UserError, str(event.id)):
            event.action_retry()
        self.assertEqual(event.state, "dead")
        later = self.events.search([("lane", "=", event.lane), ("id", ">", event.id)])
        self.assertEqual(later.state, "sent")
        event.with_context(out_of_order=True).action_retry()
        self.assertEqual(event.state, "pending")

    def test_discard_frees_the_lane(self):
        event, later = self.event(1), self.event(1)
        self.refuse(event, status=503, code="later", message="")
        self.dispatch()
        event.action_discard()
        self.assertEqual(
            (event.state, event.decided_by_id), ("discarded", self.env.user)
        )
        self.dispatch()
        self.assertEqual(later.state, "sent")

    def test_what_is_sent_can_be_neither_retried_nor_discarded(self):
        event = self.event()
        self.dispatch()
        for act in (event.action_retry, event.action_discard):
            self.assertEqual(act()["params"]["type"], "warning")
            self.assertEqual(event.state, "sent")

    def test_only_operators_may(self):
        user = new_test_user(self.env, "nobody", "base.group_user")
        event = self.event().with_user(user)
        bridge = self.bridge.with_user(user).sudo(False)
        for act in (
            event.action_retry,
            event.action_discard,
            bridge.action_pause,
            bridge.action_resume,
            bridge.action_pair,
            bridge.action_test_connection,
            bridge.action_activate_cron,
        ):
            with self.assertRaises(AccessError):
                act()

    def test_an_operator_sees_and_decides_only_for_their_own_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        user = new_test_user(self.env, "operator", "ip_event_bus.group_operator")
        shared, own, foreign = self.event(), self.event(), self.event()
        own.company_id = user.company_id
        foreign.company_id = other
        events = self.env["ip.event"].with_user(user)
        seen = events.search([("id", "in", (shared | own | foreign).ids)])
        self.assertEqual(seen, shared | own)
        for act in ("action_retry", "action_discard"):
            with self.assertRaises(AccessError):
                getattr(foreign.with_user(user), act)()
        seen.action_discard()
        self.assertEqual(set(seen.mapped("state")), {"discarded"})
