import json
import uuid
from unittest.mock import patch

import psycopg2.errors

from odoo.exceptions import LockError, RedirectWarning, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.ip_agent_actions import IpAgentActions
from .api_common import APPLY, SignedCase, envelope


@tagged("post_install", "-at_install")
class TestApply(SignedCase):
    def test_update_is_applied_as_the_integration_user(self):
        result = self.assertApplied(
            self.update({"name": "New", "email": "n@example.com"})
        )
        self.assertEqual(result, {"id": self.partner.id})
        self.assertEqual(self.partner.name, "New")
        self.assertEqual(self.partner.email, "n@example.com")
        agent = self.env.ref("ip_event_bus.agent_user")
        self.assertEqual(self.partner.write_uid, agent)
        self.assertFalse(agent.has_group("base.group_system"))

    def test_bare_form_of_the_original_contract_is_applied_without_a_receipt(self):
        args = {"id": self.partner.id, "values": {"name": "Bare"}}
        before = self.env["ip.apply.receipt"].search_count([])
        response = self.send(
            "/api/agent/apply", {"action": "res.partner.update", "args": args}
        )
        self.assertApplied(response)
        self.assertEqual(self.partner.name, "Bare")
        self.assertEqual(self.env["ip.apply.receipt"].search_count([]), before)
        self.assertTrue(uuid.UUID(response.json()["correlation_id"]))

    def test_ping_answers_and_leaves_no_receipt(self):
        for _ in range(2):
            result = self.assertApplied(self.apply("bridge.ping", {}, key="ping-1"))
            self.assertEqual(result, {"pong": True})
        self.assertFalse(self.env["ip.apply.receipt"].search([("key", "=", "ping-1")]))

    def test_heartbeat_is_answered_by_an_event_with_the_same_correlation_id(self):
        call = envelope("bridge.ping", {"heartbeat": True})
        self.assertApplied(self.send(APPLY, call))
        event = self.env["ip.event"].search(
            [("correlation_id", "=", call["correlation_id"])]
        )
        self.assertEqual(event.event_type, "bridge.heartbeat")
        self.assertEqual(event.state, "pending")
        body = json.loads(event.body)
        self.assertIsNone(body["resource_id"])
        self.assertEqual(body["origin"]["source"], "bridge")
        self.assertTrue(event.read())
        # Anything else is a ping.
        for args in ({}, {"heartbeat": 1}, {"heartbeat": "true"}):
            call = envelope("bridge.ping", args)
            self.assertApplied(self.send(APPLY, call))
            self.assertFalse(
                self.env["ip.event"].search(
                    [("correlation_id", "=", call["correlation_id"])]
                )
            )

    def test_same_key_again_has_one_effect_and_the_same_response(self):
        first = self.apply("res.partner.create", {"values": {"name": "Once"}}, key="k1")
        again = self.apply("res.partner.create", {"values": {"name": "Once"}}, key="k1")
        result = self.assertApplied(first)
        self.assertEqual(self.assertApplied(again, replayed=True), result)
        self.assertEqual(
            self.env["res.partner"].search_count([("name", "=", "Once")]), 1
        )

    def test_same_key_other_body_422_and_failed_then_fixed_same_key_200(self):
        self.assertApplied(self.update({"name": "One"}, key="k2"))
        other = self.update({"name": "Two"}, key="k2")
        self.assertRefused(other, 422, "idempotency_key_reused")
        self.assertEqual(self.partner.name, "One")
        failed = self.update({"bank_ids": []}, key="k3")
        self.assertRefused(failed, 422, "field_not_allowed")
        self.assertApplied(self.update({"name": "Three"}, key="k3"))
        self.assertEqual(self.partner.name, "Three")

    def test_order_of_keys_and_a_new_timestamp_are_the_same_body(self):
        one = {"id": self.partner.id, "values": {"name": "A", "ref": "B"}}
        two = {"values": {"ref": "B", "name": "A"}, "id": self.partner.id}
        self.assertApplied(self.apply("res.partner.update", one, key="k4"))
        response = self.apply("res.partner.update", two, key="k4", hop=2)
        self.assertApplied(response, replayed=True)

    def test_user_error_after_a_partial_write_422_and_nothing_written(self):
        def fail(actions, model, args):
            actions.env[model].browse(args["id"]).name = "Half"
            actions.env.flush_all()
            raise UserError("the second half is impossible")

        with patch.object(IpAgentActions, "_update", fail):
            response = self.update({"name": "Whole"}, key="k5")
        body = self.assertRefused(response, 422, "user_error")
        self.assertEqual(body["message"], "the second half is impossible")
        self.assertEqual(self.partner.name, "Acme")
        self.assertFalse(self.env["ip.apply.receipt"].search([("key", "=", "k5")]))

    def test_forced_serialization_failure_5_times_503_and_nothing_written(self):
        tries = []

        def fail(actions, model, args):
            tries.append(args["id"])
            actions.env[model].browse(args["id"]).name = "Half"
            actions.env.flush_all()
            actions.env.cr.execute(
                "do $$ begin raise exception using errcode = '40001'; end $$",
                log_exceptions=False,
            )

        with (
            patch.object(IpAgentActions, "_update", fail),
            patch("odoo.service.model.time.sleep"),
        ):
            response = self.update({"name": "Whole"}, key="k6")
        self.assertRefused(response, 503, "busy", retryable=True)
        self.assertEqual(response.headers["Retry-After"], "5")
        self.assertEqual(len(tries), 5)
        self.assertEqual(self.partner.name, "Acme")
        self.assertFalse(self.env["ip.apply.receipt"].search([("key", "=", "k6")]))

    def test_exceptions_give_the_responses_of_the_contract(self):
        for exception, status, code, retryable in (
            (LockError("another one works on it"), 409, "locked", True),
            (RedirectWarning("configure it first", 1, "Go"), 422, "user_error", False),
            (
                psycopg2.errors.NumericValueOutOfRange("x"),
                422,
                "validation_error",
                False,
            ),
            (psycopg2.OperationalError("gone"), 503, "unavailable", True),
            (KeyError("secret detail"), 500, "internal", True),
        ):
            with (
                self.subTest(code=code),
                patch.object(IpAgentActions, "_update", side_effect=exception),
                mute_logger("odoo.http"),
            ):
                response = self.update({"name": "X"})
            self.assertRefused(response, status, code, retryable)
            self.assertNotIn("secret detail", response.text)

    def test_missing_record_404(self):
        gone = self.env["res.partner"].create({"name": "Gone"})
        number = gone.id
        gone.unlink()
        response = self.apply(
            "res.partner.update", {"id": number, "values": {"name": "X"}}
        )
        self.assertRefused(response, 404, "record_missing")

    def test_record_that_the_integration_user_may_not_change_403(self):
        other = self.env.ref("base.user_admin").partner_id
        name = other.name
        response = self.apply(
            "res.partner.update", {"id": other.id, "values": {"name": "X"}}
        )
        self.assertRefused(response, 403, "forbidden")
        self.assertEqual(other.name, name)

    def test_company_of_the_user_counts_and_another_one_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        response = self.update({"name": "New"}, company_id=other.id)
        self.assertRefused(response, 403, "company_not_allowed")
        self.assertEqual(self.partner.name, "Acme")
        self.assertApplied(self.update({"name": "New"}, company_id=self.env.company.id))
        self.partner.company_id = other
        for args in ({}, {"company_id": self.env.company.id}):
            self.assertRefused(self.update({"name": "Newer"}, **args), 403, "forbidden")

    def test_archive_is_applied_once_and_then_already_applied(self):
        args = {"id": self.partner.id, "expect": {"name": "Acme"}}
        self.assertApplied(self.apply("res.partner.archive", args))
        self.assertFalse(self.partner.active)
        result = self.assertApplied(self.apply("res.partner.archive", args))
        self.assertIs(result["already_applied"], True)

    def test_message_is_posted_as_plain_text_by_the_integration_user(self):
        args = {"model": "res.partner", "id": self.partner.id, "body": "<b>1 < 2</b>"}
        result = self.assertApplied(self.apply("mail.message.post", args))
        message = self.env["mail.message"].browse(result["message_id"])
        self.assertIn("&lt;b&gt;1 &lt; 2", message.body)
        self.assertTrue(message.subtype_id.internal)
        agent = self.env.ref("ip_event_bus.agent_user")
        self.assertEqual(message.author_id, agent.partner_id)
        for wrong in ({"subtype": "x"}, {"subtype": []}, {"body": " "}, {"model": 1}):
            response = self.apply("mail.message.post", {**args, **wrong})
            self.assertRefused(response, 400, "bad_request")
        response = self.apply("mail.message.post", {**args, "model": "res.users"})
        self.assertRefused(response, 403, "action_not_allowed")

    def test_route_runs_once_with_the_readonly_test_cursor(self):
        runs = []
        original = IpAgentActions._update

        def count(actions, model, args):
            runs.append(actions.env.cr.readonly)
            return original(actions, model, args)

        with patch.object(IpAgentActions, "_update", count):
            self.assertApplied(self.update({"name": "Once"}))
        self.assertEqual(runs, [False])

    def test_what_is_applied_is_logged_without_its_payload(self):
        body = self.update({"name": "Very Secret"}).json()
        line = self.env["ir.logging"].search(
            [("message", "like", body["correlation_id"])]
        )
        self.assertEqual(len(line), 1)
        self.assertEqual(line.level, "INFO")
        self.assertRegex(
            line.message,
            r"^res\.partner\.update code=ok status=200 "
            r"correlation_id=\S+ duration_ms=\d+$",
        )

    def test_old_receipts_are_deleted_and_recent_ones_stay(self):
        receipts = self.env["ip.apply.receipt"]
        self.assertApplied(self.update({"name": "A"}, key="old"))
        self.assertApplied(self.update({"name": "B"}, key="young"))
        self.env["ir.config_parameter"].set_param("ip.receipts.keep_days", "1")
        self._age(receipts.search([("key", "=", "old")]), 31)
        self._age(receipts.search([("key", "=", "young")]), 29)
        receipts._gc_receipts()
        self.assertEqual(
            receipts.search([("key", "in", ("old", "young"))]).mapped("key"), ["young"]
        )

    def test_our_old_log_lines_are_deleted_and_those_of_others_stay(self):
        logging = self.env["ir.logging"]
        self.assertApplied(self.update({"name": "A"}))
        ours = logging.search([("name", "=", "ip_event_bus")])
        others = ours[0].copy({"name": "other"})
        self._age(ours + others, 91)
        logging._gc_ip_event_bus()
        self.assertFalse(ours.exists())
        self.assertTrue(others.exists())

    def _age(self, records, days):
        records.flush_recordset()
        self.env.cr.execute(
            f"update {records._table}"
            " set create_date = create_date - %s * interval '1 day'"
            " where id = any(%s)",
            (days, records.ids),
        )
        records.invalidate_recordset()
