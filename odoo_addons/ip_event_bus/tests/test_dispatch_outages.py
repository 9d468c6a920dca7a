from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .dispatch_common import FaultCase


@tagged("post_install", "-at_install")
class TestDispatchOutages(FaultCase):
    """Events wait out an outage, and are then sent in order."""

    def test_an_unreachable_bridge_pauses_and_alarms_when_it_lasts(self):
        self.event()
        self.fake_bridge.stop()
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
        self.set_params({"ip.ingest.url": f"https://127.0.0.1:{self.fake_bridge.port}"})
        self.dispatch()
        self.assertIn(self.bridge.fault, ("not_tls", "broken"))
        self.is_paused(self.bridge.fault)

    def test_it_waits_as_long_as_the_bridge_asks(self):
        event = self.event()
        self.fake_bridge.responses = lambda batch: (
            503,
            {"retry-after": "90"},
            {"code": "busy"},
        )
        self.dispatch()
        self.assertEqual((self.bridge.state, event.attempts), ("waiting", 0))
        self.assertFalse(self.alarms())
        wait = self.bridge.next_try_at - fields.Datetime.now()
        self.assertAlmostEqual(wait, timedelta(seconds=90), delta=timedelta(seconds=3))
        self.fake_bridge.responses = lambda batch: None
        self.dispatch()
        self.assertEqual(event.state, "pending")
        self.pass_time(seconds=91)
        self.dispatch()
        self.assertEqual((event.state, self.bridge.state), ("sent", "running"))

    def test_the_next_attempt_is_scheduled_without_piling_up_triggers(self):
        self.event()
        self.fake_bridge.stop()
        self.dispatch()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertIn(self.bridge.next_try_at, triggers.mapped("call_at"))
        for _ in range(5):
            self.dispatch()
        again = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertLessEqual(len(again), len(triggers))

    def test_target_down_one_hour_then_up_delivers_all_in_order(self):
        self.fake_bridge.stop()
        names = []
        for minute in range(60):
            self.event(minute % 7, name=f"{minute}")
            names.append((minute % 7, f"{minute}"))
            self.dispatch()
            self.pass_time(minutes=1)
        self.is_paused("refused_connection")
        self.fake_bridge.start()
        self.pass_time(minutes=5)
        self.dispatch()
        self.assertEqual(set(self.events.search([]).mapped("state")), {"sent"})
        got = [
            (e["resource_id"], e["payload"]["name"]) for e in self.fake_bridge.stored
        ]
        for record in range(7):
            self.assertEqual(
                [name for number, name in got if number == record],
                [name for number, name in names if number == record],
            )
        self.assertTrue(self.cron.active)

    def test_wrong_secret_for_48_hours_then_corrected_loses_no_event_and_no_attempt(
        self,
    ):
        self.fake_bridge.secret = "what the bridge has"
        for hour in range(48):
            self.event(hour % 3, name=f"{hour}")
            self.dispatch()
            self.pass_time(hours=1)
        self.is_paused("wrong_secret")
        self.assertEqual(self.fake_bridge.stored, [])
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
                for e in self.fake_bridge.stored
                if e["resource_id"] == record
            ]
            self.assertEqual(names, list(range(record, 48, 3)))

    def test_attempts_slow_down_to_five_minutes(self):
        self.event()
        self.fake_bridge.stop()
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
                "ip.hmac.secret.previous": self.fake_bridge.secret,
            }
        )
        events = self.event(1) + self.event(1)
        self.dispatch()
        self.assertEqual(events.mapped("state"), ["sent", "sent"])
        self.assertEqual(self.attempts(), 3, "it keeps to what works")
