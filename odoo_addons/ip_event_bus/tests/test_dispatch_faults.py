from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .. import channel
from .common import DispatchCase

HTML = {"content-type": "text/html; charset=utf-8"}


@tagged("post_install", "-at_install")
class TestDispatchFaults(DispatchCase):
    def is_paused(self, kind):
        """Nothing was sent, nothing counted, somebody was told."""
        events = self.events.search([])
        self.assertEqual(set(events.mapped("state")), {"pending"})
        self.assertEqual(set(events.mapped("attempts")), {0})
        self.assertEqual((self.bridge.state, self.bridge.fault), ("fault", kind))
        self.assertTrue(self.bridge.reason)

    def alarms(self):
        return self.bridge.activity_ids.filtered(
            lambda a: a.activity_type_id == self.env.ref("ip_event_bus.activity_fault")
        )

    def every_answer_pauses(self, kind, *answer):
        self.receiver.answers = lambda pack: answer
        event = self.event()
        self.dispatch()
        self.is_paused(kind)
        self.assertEqual(self.attempts(), 1)
        self.dispatch()
        self.assertEqual(self.attempts(), 0, "tried again before its time")
        self.pass_time(minutes=6)
        self.dispatch()
        self.is_paused(kind)
        self.assertEqual(len(self.alarms()), 1)
        self.receiver.answers = lambda pack: None
        self.pass_time(minutes=6)
        self.dispatch()
        self.assertEqual((event.state, self.bridge.state), ("sent", "running"))
        self.assertFalse(self.alarms(), "the alarm ends by itself")

    def test_401_of_a_gateway_pauses(self):
        self.every_answer_pauses(
            "wrong_token", 401, {}, {"message": "No API key found"}
        )

    def test_403_not_paired_pauses(self):
        self.every_answer_pauses(
            "not_paired",
            403,
            {},
            {"code": "not_paired", "message": "Another is paired"},
        )

    def test_403_of_a_firewall_pauses(self):
        self.every_answer_pauses("forbidden", 403, HTML, b"<h1>Forbidden</h1>")

    def test_404_pauses(self):
        self.every_answer_pauses("wrong_path", 404, HTML, b"<h1>Not Found</h1>")

    def test_a_login_page_pauses(self):
        self.every_answer_pauses("web_page", 200, HTML, b"<form>Sign in</form>")

    def test_a_redirect_pauses_and_is_not_followed(self):
        elsewhere = {"location": f"{self.receiver.url}/login"}
        self.every_answer_pauses("redirect", 302, elsewhere, b"")

    def test_200_that_is_not_the_bridges_pauses(self):
        self.every_answer_pauses("not_understood", 200, {}, {"ok": True, "id": 5})

    def test_200_with_fewer_results_than_events_pauses(self):
        self.every_answer_pauses("not_understood", 200, {}, {"ok": True, "results": []})

    def test_500_pauses(self):
        self.every_answer_pauses("server_error", 500, {}, b"oops")

    def test_html_with_status_400_pauses(self):
        self.every_answer_pauses("web_page", 400, HTML, b"<h1>Bad Request</h1>")

    def test_a_result_that_says_not_paired_pauses(self):
        result = {"ok": False, "status": 403, "code": "not_paired", "message": "copy"}
        self.every_answer_pauses(
            "not_paired", 200, {}, {"ok": False, "results": [result]}
        )

    def test_a_broken_connection_pauses(self):
        self.event()
        self.receiver.answers = lambda pack: "break"
        self.dispatch()
        self.is_paused("broken")

    def test_an_answer_that_drips_for_ever_or_stalls_is_a_timeout(self):
        self.event()
        self.receiver.answers = lambda pack: "drip"
        with patch.object(channel, "WHOLE", 0.3):
            self.dispatch()
        self.is_paused("timeout")
        self.pass_time(minutes=6)
        self.receiver.pause = 5
        with patch.object(channel, "READ", 0.3):
            self.dispatch()
        self.is_paused("timeout")

    def test_an_answer_that_has_no_end_is_not_read_to_it(self):
        self.event()
        self.receiver.answers = lambda pack: (200, {}, b" " * (channel.MAX_ANSWER + 9))
        self.dispatch()
        self.is_paused("not_understood")

    def test_a_bridge_that_asks_to_wait_for_long_alarms(self):
        self.event()
        self.receiver.answers = lambda pack: (429, {"retry-after": "60"}, {})
        for _ in range(10):
            self.dispatch()
            self.pass_time(minutes=2)
        self.assertEqual(self.bridge.state, "waiting")
        self.assertEqual(len(self.alarms()), 1)

    def test_an_unreachable_bridge_pauses_and_alarms_when_it_lasts(self):
        self.event()
        self.receiver.stop()
        self.dispatch()
        self.is_paused("refused_connection")
        self.assertFalse(self.alarms(), "a restart is no alarm")
        self.pass_time(minutes=3)
        self.dispatch()
        self.is_paused("refused_connection")
        self.assertEqual(len(self.alarms()), 1)
        self.assertEqual(self.alarms().user_id, self.bridge.responsible_id)

    def test_an_unknown_host_and_a_wrong_address_pause(self):
        self.event()
        self.set_params({"ip.ingest.url": "http://bridge.invalid"})
        self.dispatch()
        self.is_paused("dns")
        self.set_params({"ip.ingest.url": "http://user:pass@127.0.0.1"})
        self.pass_time(minutes=6)
        self.dispatch()
        self.is_paused("bad_url")

    def test_a_token_with_a_line_break_pauses_and_is_not_sent(self):
        self.event()
        self.set_params({"ip.ingest.token": "abc\ndef"})
        self.dispatch()
        self.is_paused("bad_token")
        self.assertEqual(self.attempts(), 0)

    def test_https_to_a_port_without_it_pauses(self):
        self.event()
        self.set_params({"ip.ingest.url": f"https://127.0.0.1:{self.receiver.port}"})
        self.dispatch()
        self.assertIn(self.bridge.fault, ("not_tls", "broken"))
        self.is_paused(self.bridge.fault)

    def test_it_waits_as_long_as_the_bridge_asks(self):
        event = self.event()
        self.receiver.answers = lambda pack: (
            503,
            {"retry-after": "90"},
            {"code": "busy"},
        )
        self.dispatch()
        self.assertEqual((self.bridge.state, event.attempts), ("waiting", 0))
        self.assertFalse(self.alarms())
        wait = self.bridge.next_try_at - fields.Datetime.now()
        self.assertAlmostEqual(wait, timedelta(seconds=90), delta=timedelta(seconds=3))
        self.receiver.answers = lambda pack: None
        self.dispatch()
        self.assertEqual(event.state, "pending")
        self.pass_time(seconds=91)
        self.dispatch()
        self.assertEqual((event.state, self.bridge.state), ("sent", "running"))

    def test_the_next_attempt_is_planned_without_piling_up_triggers(self):
        self.event()
        self.receiver.stop()
        self.dispatch()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertIn(self.bridge.next_try_at, triggers.mapped("call_at"))
        for _ in range(5):
            self.dispatch()
        again = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertLessEqual(len(again), len(triggers))

    def test_target_down_one_hour_then_up_delivers_all_in_order(self):
        self.receiver.stop()
        names = []
        for minute in range(60):
            self.event(minute % 7, name=f"{minute}")
            names.append((minute % 7, f"{minute}"))
            self.dispatch()
            self.pass_time(minutes=1)
        self.is_paused("refused_connection")
        self.receiver.start()
        self.pass_time(minutes=5)
        self.dispatch()
        self.assertEqual(set(self.events.search([]).mapped("state")), {"sent"})
        got = [(e["resource_id"], e["payload"]["name"]) for e in self.receiver.stored]
        for record in range(7):
            self.assertEqual(
                [name for number, name in got if number == record],
                [name for number, name in names if number == record],
            )
        self.assertTrue(self.cron.active)

    def test_wrong_secret_for_48_hours_then_corrected_loses_and_burns_nothing(self):
        self.receiver.secret = "what the bridge has"
        for hour in range(48):
            self.event(hour % 3, name=f"{hour}")
            self.dispatch()
            self.pass_time(hours=1)
        self.is_paused("wrong_secret")
        self.assertEqual(self.receiver.stored, [])
        self.assertEqual(len(self.alarms()), 1)
        self.assertLessEqual(self.attempts(), 48)
        self.set_params({"ip.hmac.secret": "what the bridge has"})
        self.dispatch()
        events = self.events.search([])
        self.assertEqual(set(events.mapped("state")), {"sent"})
        self.assertEqual(set(events.mapped("attempts")), {1})
        for record in range(3):
            names = [
                int(e["payload"]["name"])
                for e in self.receiver.stored
                if e["resource_id"] == record
            ]
            self.assertEqual(names, list(range(record, 48, 3)))

    def test_attempts_slow_down_to_five_minutes(self):
        self.event()
        self.receiver.stop()
        waits = []
        for _ in range(8):
            self.dispatch()
            waits.append(
                (self.bridge.next_try_at - fields.Datetime.now()).total_seconds()
            )
            self.pass_time(seconds=301)
        for wait, wanted in zip(
            waits, [15, 30, 60, 120, 240, 300, 300, 300], strict=True
        ):
            self.assertAlmostEqual(wait, wanted, delta=3)

    def test_a_bridge_that_knows_only_the_previous_secret_gets_events(self):
        self.set_params(
            {
                "ip.hmac.secret": "the new one",
                "ip.hmac.secret.previous": self.receiver.secret,
            }
        )
        events = self.event(1) + self.event(1)
        self.dispatch()
        self.assertEqual(events.mapped("state"), ["sent", "sent"])
        self.assertEqual(self.attempts(), 3, "it keeps to what works")
