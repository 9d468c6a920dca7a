import json
from unittest.mock import patch

from odoo.tests import tagged

from .dispatch_common import DispatchCase
from .fake_bridge import TOKEN


@tagged("post_install", "-at_install")
class TestDispatch(DispatchCase):
    def test_events_are_signed_and_sent_in_one_batch_as_they_are(self):
        events = self.event(1) + self.event(2) + self.event(3)
        self.dispatch()
        self.assertEqual(events.mapped("state"), ["sent"] * 3)
        self.assertEqual(self.fake_bridge.record_ids(), [1, 2, 3])
        bodies = ",".join(events.sorted("id").mapped("body"))
        self.assertEqual(
            self.fake_bridge.requests,
            [b'{"events":[' + bodies.encode() + b'],"audience":"bridge.ingest"}'],
        )
        headers = {name.lower(): v for name, v in self.fake_bridge.headers[0].items()}
        self.assertEqual(headers["authorization"], f"Bearer {TOKEN}")
        self.assertEqual(headers["content-type"], "application/json")

    def test_a_sent_event_keeps_the_result_of_the_bridge(self):
        event = self.event(7)
        self.dispatch()
        self.assertEqual(event.bridge_event_id, 1000)
        self.assertEqual((event.attempts, event.last_status), (1, 200))
        self.assertTrue(event.sent_at)
        self.assertFalse(event.last_error)

    def test_a_base_address_is_completed(self):
        address = f"http://127.0.0.1:{self.fake_bridge.port}"
        self.set_params({"ip.ingest.url": address})
        event = self.event()
        self.dispatch()
        self.assertEqual(event.state, "sent")

    def test_more_than_a_batch_goes_in_several(self):
        for number in range(250):
            self.event(number + 1)
        self.dispatch()
        sizes = [len(json.loads(raw)["events"]) for raw in self.fake_bridge.requests]
        self.assertEqual(sizes, [100, 100, 50])
        self.assertEqual(self.fake_bridge.record_ids(), list(range(1, 251)))

    def test_a_batch_stays_below_900_kb(self):
        for number in range(6):
            self.event(number + 1, name="x" * 250_000)
        self.dispatch()
        self.assertEqual(len(self.fake_bridge.stored), 6)
        self.assertEqual(len(self.fake_bridge.requests), 2)
        self.assertLess(max(map(len, self.fake_bridge.requests)), 900_100)

    def test_events_of_one_record_go_one_after_the_other(self):
        events = [self.event(1, name=str(n)) for n in range(4)] + [self.event(2)]
        self.dispatch()
        batches = [json.loads(raw)["events"] for raw in self.fake_bridge.requests]
        self.assertEqual([len(batch) for batch in batches], [2, 1, 1, 1])
        names = [
            e["payload"]["name"]
            for e in self.fake_bridge.stored
            if e["resource_id"] == 1
        ]
        self.assertEqual(names, ["0", "1", "2", "3"])
        self.assertEqual({event.state for event in events}, {"sent"})

    def test_a_duplicate_counts_as_sent(self):
        event = self.event()
        self.fake_bridge.stored.append(json.loads(event.body))
        self.dispatch()
        self.assertEqual(event.state, "sent")
        self.assertEqual(len(self.fake_bridge.stored), 1)

    def test_worker_killed_after_the_post_delivers_the_same_id_and_bytes_again(self):
        event = self.event()
        self.quiet("odoo.addons.ip_event_bus.models.ip_event_dispatch")
        settle = patch.object(
            type(self.events), "_record_outcomes", side_effect=RuntimeError("killed")
        )
        with settle:
            self.dispatch()
        self.assertEqual(event.state, "pending")
        self.assertEqual(len(self.fake_bridge.stored), 1)
        self.pass_time(minutes=6)
        self.dispatch()
        self.assertEqual(event.state, "sent")
        first, second = self.fake_bridge.requests
        self.assertEqual(first, second)
        self.assertEqual(len(self.fake_bridge.stored), 1)

    def test_the_dispatchers_own_failure_is_a_fault_and_never_an_exception(self):
        event = self.event()
        self.quiet("odoo.addons.ip_event_bus.models.ip_event_dispatch")
        with patch.object(type(self.events), "_claim", side_effect=KeyError("bug")):
            self.dispatch()
        self.assertEqual((self.bridge.state, self.bridge.fault), ("fault", "internal"))
        self.assertEqual((event.state, event.attempts), ("pending", 0))

    def test_nothing_is_sent_and_nothing_alarms_while_settings_are_missing(self):
        event = self.event()
        for name in ("ip.ingest.url", "ip.ingest.token", "ip.hmac.secret"):
            value = self.env["ir.config_parameter"].get_param(name)
            self.set_params({name: False})
            self.dispatch()
            self.assertIn(name, self.bridge.warning)
            self.set_params({name: value})
        self.assertEqual(self.fake_bridge.requests, [])
        self.assertEqual((event.state, self.bridge.state), ("pending", "running"))
        self.dispatch()
        self.assertEqual(event.state, "sent")

    def test_a_backfilled_event_gives_way_to_a_later_live_one(self):
        old = self.event(1, source="backfill")
        other = self.event(2, source="backfill")
        live = self.event(1)
        self.dispatch()
        self.assertEqual(old.state, "superseded")
        self.assertEqual((other.state, live.state), ("sent", "sent"))
        self.assertEqual(self.fake_bridge.record_ids(), [1, 2])

    def test_live_events_go_before_backfilled_ones(self):
        for number in range(150):
            self.event(number + 1, source="backfill")
        self.event(500)
        self.dispatch()
        self.assertEqual(self.fake_bridge.record_ids()[0], 500)
        self.assertEqual(len(self.fake_bridge.stored), 151)

    def test_a_paused_bridge_sends_nothing_until_it_is_resumed(self):
        event = self.event()
        self.bridge.action_pause()
        self.dispatch()
        self.assertEqual(self.fake_bridge.requests, [])
        self.assertIn(self.env.user.name, self.bridge.reason)
        self.bridge.action_resume()
        self.dispatch()
        self.assertEqual(event.state, "sent")
        self.assertEqual(self.bridge.state, "running")

    def test_a_pause_while_a_batch_is_on_its_way_holds(self):
        first = self.event(1)
        second = self.event(1)
        settle = type(self.events)._record_outcomes
        paused_by = self.env.user

        def pause_meanwhile(events, batch, response, bridge):
            bridge.with_user(paused_by).action_pause()
            return settle(events, batch, response, bridge)

        for response, state in ((None, "sent"), ((500, {}, b""), "pending")):
            self.fake_bridge.responses = lambda batch, response=response: response
            with patch.object(type(self.events), "_record_outcomes", pause_meanwhile):
                self.dispatch()
            self.assertEqual(self.bridge.state, "paused")
            self.bridge.action_resume()
            self.assertEqual((first.state, second.state), ("sent", "pending"))
            self.assertIn(state, (first.state, second.state))

    def test_sent_events_are_deleted_after_a_week_and_nothing_unfinished_ever(self):
        kept = self.event(1) + self.event(2, state="dead")
        sent, discarded = self.event(3, state="sent"), self.event(4, state="discarded")
        late = self.event(5, state="sent")
        self.pass_time(days=30)
        late.sent_at = self.bridge._fields["since"].now()
        self.assertEqual(self.events._gc_finished(), (2, False))
        self.assertEqual((kept | late).exists(), kept | late)
        self.assertFalse((sent | discarded).exists())

    def test_what_is_to_be_deleted_when_can_be_set(self):
        event = self.event(state="sent")
        self.pass_time(days=30)
        self.set_params({"ip.event.keep_days": "40"})
        self.events._gc_finished()
        self.assertTrue(event.exists())
        self.set_params({"ip.event.keep_days": "nonsense"})
        self.events._gc_finished()
        self.assertFalse(event.exists())
