import uuid
from unittest.mock import patch

import psycopg2

from odoo.exceptions import LockError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.ip_agent_actions import IpAgentActions
from .api_common import APPLY, BatchCase, batch, envelope


@tagged("post_install", "-at_install")
class TestBatchFaults(BatchCase):
    """Faults that fail one action of a batch, and faults that fail all of them."""

    def test_constraint_of_the_database_fails_its_action_only(self):
        def violate(actions, model, args):
            if args["id"] != self.partners[1].id:
                return {}
            for _ in range(2):
                actions.env["ir.config_parameter"].sudo().create(
                    {"key": "ip.test.twice", "value": "x"}
                )

        calls = self.updates({"name": "A"}, {"name": "B"}, {"name": "C"})
        with (
            patch.object(IpAgentActions, "_update", violate),
            mute_logger("odoo.sql_db"),
        ):
            results = self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual([each["status"] for each in results], [200, 422, 200])
        self.assertEqual(results[1]["code"], "validation_error")
        self.assertNotIn("ip.test.twice", results[1]["message"])

    def test_missing_and_forbidden_records_fail_alone(self):
        gone = self.env["res.partner"].create({"name": "Gone"})
        forbidden = self.env["res.partner"].create(
            {
                "name": "Theirs",
                "company_id": self.env["res.company"].create({"name": "Other"}).id,
            }
        )
        numbers = [gone.id, self.partners[0].id, forbidden.id, self.partners[1].id]
        gone.unlink()
        calls = [
            envelope("res.partner.update", {"id": number, "values": {"name": "A"}})
            for number in numbers
        ]
        results = self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual([each["status"] for each in results], [404, 200, 403, 200])
        self.assertEqual(forbidden.name, "Theirs")

    def test_locked_record_is_retryable(self):
        with patch.object(IpAgentActions, "_update", side_effect=LockError("busy")):
            results = self.results(
                self.send(APPLY, batch(*self.updates({"name": "A"})))
            )
        self.assertEqual(results[0]["status"], 409)
        self.assertEqual(results[0]["code"], "locked")
        self.assertIs(results[0]["retryable"], True)

    def test_serialization_failure_repeats_the_whole_batch(self):
        runs = []

        def fail(actions, model, args):
            runs.append(args["id"])
            if args["id"] == self.partners[1].id:
                actions.env.cr.execute(
                    "do $$ begin raise exception using errcode = '40001'; end $$",
                    log_exceptions=False,
                )
            return {}

        calls = self.updates({"name": "A"}, {"name": "B"}, {"name": "C"})
        with (
            patch.object(IpAgentActions, "_update", fail),
            patch("odoo.service.model.time.sleep"),
        ):
            response = self.send(APPLY, batch(*calls))
        self.assertRefused(response, 503, "busy", retryable=True)
        self.assertEqual(runs, self.partners[:2].ids * 5)

    def test_unexpected_error_fails_the_whole_batch(self):
        with (
            patch.object(
                IpAgentActions, "_update", side_effect=psycopg2.DataError("x")
            ),
            mute_logger("odoo.http"),
        ):
            response = self.send(
                APPLY, batch(*self.updates({"name": "A"}, {"name": "B"}))
            )
        self.assertRefused(response, 422, "validation_error")
        with (
            patch.object(IpAgentActions, "_update", side_effect=ZeroDivisionError),
            mute_logger("odoo.http"),
        ):
            response = self.send(
                APPLY, batch(*self.updates({"name": "A"}, {"name": "B"}))
            )
        self.assertRefused(response, 500, "internal", retryable=True)

    def test_malformed_batches_are_refused_as_a_whole(self):
        good = self.updates({"name": "A"}, {"name": "B"})
        twice = batch(*good)
        twice["actions"][1]["idempotency_key"] = twice["actions"][0]["idempotency_key"]
        keyless = batch(*good)
        del keyless["actions"][1]["idempotency_key"]
        strange = batch(*good)
        strange["actions"][1] = "x"
        for body in (
            twice,
            keyless,
            strange,
            {**batch(*good), "actions": []},
            {**batch(*good), "actions": {}},
            {**batch(*good), "actions": None},
            batch(*[envelope("res.partner.update", {}) for _ in range(21)]),
        ):
            self.assertRefused(self.send(APPLY, body), 400, "bad_request")
        self.assertEqual(self.partners.mapped("name"), ["Old"] * 3)

    def test_action_that_is_not_batchable_or_unknown_refuses_the_whole_batch(self):
        good = self.updates({"name": "A"})
        ping = envelope("bridge.ping", {})
        response = self.send(APPLY, batch(*good, ping))
        self.assertRefused(response, 422, "not_batchable")
        response = self.send(APPLY, batch(*good, envelope("no.such.action", {})))
        self.assertRefused(response, 422, "unknown_action")
        self.assertEqual(self.partners.mapped("name"), ["Old"] * 3)

    def test_keys_that_were_used_for_something_else_fail_alone(self):
        key = str(uuid.uuid4())
        self.assertApplied(self.update({"name": "X"}, key=key))
        calls = self.updates({"name": "A"}, {"name": "B"})
        calls[0]["idempotency_key"] = key
        results = self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual([each["status"] for each in results], [422, 200])
        self.assertEqual(results[0]["code"], "idempotency_key_reused")
