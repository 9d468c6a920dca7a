from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .. import origin
from ..models.ip_event_inbox import IpEventInbox
from .api_common import EVENT_PUSH, SignedCase, event

ORDER = "app.order.paid"


@tagged("post_install", "-at_install")
class TestEventPush(SignedCase):
    def push(self, **other):
        body = {**event(ORDER, {"amount": "12.50", "lines": [1, 2]}), **other}
        return body, self.send(EVENT_PUSH, body)

    def stored(self, body):
        return self.env["ip.event.inbox"].search([("event_id", "=", body["event_id"])])

    def handled_by(self, method):
        """Handles all events with one method, as another addon would."""
        patcher = patch.object(IpEventInbox, "_on_test", method, create=True)
        known = patch.object(
            IpEventInbox, "_all_handlers", lambda self: [("_on_test", ("app.order.*",))]
        )
        patcher.start()
        known.start()
        self.addCleanup(patcher.stop)
        self.addCleanup(known.stop)

    def handle(self):
        with patch.object(self.env.cr, "commit", lambda: None):
            self.env["ip.event.inbox"]._cron_handle()

    def test_event_is_stored_once_202_and_then_duplicate_200(self):
        body, response = self.push()
        self.assertEqual(response.status_code, 202)
        self.assertEqual(response.json()["ok"], True)
        self.assertEqual(response.json()["duplicate"], False)
        self.assertEqual(response.json()["correlation_id"], body["correlation_id"])
        stored = self.stored(body)
        self.assertEqual(stored.payload, body["payload"])
        self.assertEqual(stored.resource_id, "42")
        self.assertEqual(stored.event_type, ORDER)
        self.assertEqual(stored.state, "stored")
        again = self.send(EVENT_PUSH, {**body, "hop": 2})
        self.assertEqual(again.status_code, 200)
        self.assertEqual(again.json()["duplicate"], True)
        self.assertEqual(len(self.stored(body)), 1)

    def test_event_id_of_another_event_422(self):
        body, _respond = self.push()
        other = {**body, "payload": {"amount": "99"}}
        response = self.send(EVENT_PUSH, other)
        self.assertRefused(response, 422, "idempotency_key_reused")

    def test_hostile_events_400(self):
        for wrong in (
            {"event_id": None},
            {"event_id": ""},
            {"event_id": 7},
            {"event_id": "x" * 501},
            {"event_type": "a b"},
            {"event_type": None},
            {"resource_id": {}},
            {"resource_id": [1]},
            {"resource_id": "x" * 501},
            {"source": 7},
            {"causation_id": "x"},
            {"correlation_id": "x"},
            {"hop": "x"},
        ):
            with self.subTest(wrong=wrong):
                _body, response = self.push(**wrong)
                self.assertRefused(response, 400, "bad_request")

    def test_payload_of_any_type_is_kept(self):
        for payload in ({"a": {"b": None}}, [1, "x"], "text", 1.5, True):
            body = event(ORDER, payload)
            self.assertEqual(self.send(EVENT_PUSH, body).status_code, 202)
            self.assertEqual(self.stored(body).payload, payload)

    def test_handler_is_called_by_the_cron_job_as_the_integration_user(self):
        seen = []

        def handle(inbox):
            seen.append((inbox.payload["amount"], inbox.env.user.login, inbox.env.su))
            seen.append(origin.cause())

        self.handled_by(handle)
        triggers = self.env["ir.cron.trigger"].search_count([])
        body, _respond = self.push(hop=2)
        self.assertGreater(self.env["ir.cron.trigger"].search_count([]), triggers)
        self.assertEqual(self.stored(body).state, "waiting")
        self.assertFalse(seen)
        self.handle()
        cause = {"source": "bridge", "correlation_id": body["correlation_id"], "hop": 2}
        self.assertEqual(seen, [("12.50", "ip_event_bus", False), cause])
        self.assertEqual(self.stored(body).state, "done")
        self.handle()
        self.assertEqual(len(seen), 2)

    def test_handler_that_fails_is_tried_again_later_and_then_failed(self):
        def fail(inbox):
            inbox.env["res.partner"].browse(partner.id).name = "Half"
            raise UserError("the order is unknown")

        partner = self.partner
        self.handled_by(fail)
        body, _respond = self.push()
        stored = self.stored(body)
        for attempt in range(1, 6):
            with mute_logger("odoo.addons.ip_event_bus.models.ip_event_inbox"):
                self.handle()
            self.assertEqual(stored.attempts, attempt)
            self.assertEqual(stored.state, "waiting" if attempt < 5 else "failed")
            self.assertEqual(stored.last_error, "user_error: the order is unknown")
            self.assertEqual(bool(stored.next_try_at), attempt < 5)
            self.handle()
            self.assertEqual(stored.attempts, attempt, "it is tried before its time")
            stored.next_try_at = False
        self.assertEqual(partner.name, "Acme")
        stored.action_retry()
        self.assertEqual((stored.state, stored.attempts), ("waiting", 0))

    def test_handler_that_fails_holds_no_other_event_up(self):
        def handle(inbox):
            if inbox.event_id == first["event_id"]:
                inbox.env.cr.execute("select 1 / 0", log_exceptions=False)

        self.handled_by(handle)
        first, _respond = self.push()
        second, _respond = self.push()
        with mute_logger("odoo.addons.ip_event_bus.models.ip_event_inbox"):
            self.handle()
        self.assertEqual(self.stored(first).state, "waiting")
        self.assertEqual(self.stored(second).state, "done")

    def test_patterns_are_those_of_the_bridge(self):
        inbox = self.env["ip.event.inbox"]
        for pattern, event_type, fits in (
            ("app.order.paid", "app.order.paid", True),
            ("app.order.*", "app.order.paid", True),
            ("app.order.*", "app.order.line.added", True),
            ("app.order.*", "app.order", False),
            ("app.order.*", "app.orders.paid", False),
            ("app.*.paid", "app.order.paid", False),
            ("*", "anything", True),
        ):
            with patch.object(
                IpEventInbox, "_all_handlers", lambda self, p=pattern: [("_on", (p,))]
            ):
                self.assertEqual(bool(inbox._handlers(event_type)), fits, pattern)

    def test_only_operators_retry_and_nobody_edits(self):
        body, _respond = self.push()
        stored = self.stored(body)
        user = new_test_user(self.env, "nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            stored.with_user(user).action_retry()
        operator = new_test_user(self.env, "op", groups="ip_event_bus.group_operator")
        with self.assertRaises(AccessError):
            stored.with_user(operator).write({"payload": {}})
        stored.with_user(operator).action_retry()
        self.assertEqual(stored.state, "waiting")
        self.handle()
        self.assertEqual(stored.state, "stored", "nobody handles it")

    def test_automation_rule_on_a_new_event_runs_and_can_refuse_it(self):
        if "base.automation" not in self.env:
            self.skipTest("base_automation is not installed")
        self.env["base.automation"].create(
            {
                "name": "Orders",
                "model_id": self.env["ir.model"]._get_id("ip.event.inbox"),
                "trigger": "on_create",
                "filter_domain": f"[('event_type', '=', '{ORDER}')]",
                "action_server_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Note the order",
                            "model_id": self.env["ir.model"]._get_id("ip.event.inbox"),
                            "state": "code",
                            "code": "if record.resource_id == '13':\n"
                            "    raise UserError('unlucky')\n"
                            f"env['res.partner'].browse({self.partner.id}).write("
                            "{'ref': record.payload['amount']})",
                        },
                    )
                ],
            }
        )
        _body, response = self.push()
        self.assertEqual(response.status_code, 202)
        self.assertEqual(self.partner.ref, "12.50")
        body, response = self.push(resource_id="13")
        self.assertRefused(response, 422, "user_error")
        self.assertFalse(self.stored(body))

    def test_event_is_logged_without_its_payload(self):
        body, _respond = self.push()
        line = self.env["ir.logging"].search(
            [("message", "like", body["correlation_id"])]
        )
        self.assertRegex(
            line.message,
            r"^app\.order\.paid code=stored status=202 "
            r"correlation_id=\S+ duration_ms=\d+$",
        )

    def test_finished_events_are_deleted_in_time_and_failed_ones_stay(self):
        events = self.env["ip.event.inbox"]
        for state in ("stored", "waiting", "done", "failed"):
            body, _respond = self.push()
            self.stored(body).state = state
            events += self.stored(body)
        events.flush_recordset()
        self.env.cr.execute(
            "update ip_event_inbox set create_date = create_date - interval '91 days'"
            " where id = any(%s)",
            (events.ids,),
        )
        events.invalidate_recordset()
        self.env["ip.event.inbox"]._gc_events()
        self.assertEqual(events.exists().mapped("state"), ["waiting", "failed"])

    def test_failure_of_the_database_refuses_the_event_so_that_it_comes_again(self):
        with (
            patch.object(
                IpEventInbox, "_handlers", side_effect=psycopg2.OperationalError("gone")
            ),
            mute_logger("odoo.http"),
        ):
            body, response = self.push()
        self.assertRefused(response, 503, "unavailable", retryable=True)
        self.assertFalse(self.stored(body))
