from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import origin
from ..api_request import parse_action
from ..models.ip_agent_actions import IpAgentActions
from .api_common import APPLY, BatchCase, batch, envelope


@tagged("post_install", "-at_install")
class TestBatch(BatchCase):
    def test_each_action_has_its_own_outcome(self):
        calls = self.updates({"name": "A"}, {"bank_ids": []}, {"name": "C"})
        results = self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual([each["status"] for each in results], [200, 422, 200])
        self.assertEqual(results[1]["code"], "field_not_allowed")
        self.assertIs(results[1]["ok"], False)
        self.assertIs(results[1]["retryable"], False)
        self.assertEqual(results[0]["result"], {"id": self.partners[0].id})
        for call, result in zip(calls, results, strict=True):
            self.assertEqual(result["idempotency_key"], call["idempotency_key"])
            self.assertEqual(result["correlation_id"], call["correlation_id"])
        self.assertEqual(self.partners.mapped("name"), ["A", "Old", "C"])

    def test_action_that_fails_after_a_partial_write_leaves_nothing(self):
        original = IpAgentActions._update
        second = self.partners[1]
        done = []

        def fail(actions, model, args):
            result = original(actions, model, args)
            if args["id"] == second.id:
                actions.env.flush_all()
                actions.env.cr.postcommit.add(lambda: done.append("phantom"))
                raise UserError("no")
            return result

        calls = self.updates({"name": "A"}, {"name": "B"}, {"name": "C"})
        with patch.object(IpAgentActions, "_update", fail):
            results = self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual([each["status"] for each in results], [200, 422, 200])
        self.assertEqual(self.partners.mapped("name"), ["A", "Old", "C"])
        self.assertFalse(done)
        receipts = self.env["ip.apply.receipt"].search(
            [("key", "in", [call["idempotency_key"] for call in calls])]
        )
        self.assertEqual(len(receipts), 2)

    def test_post_commit_callbacks_of_a_failed_action_are_dropped(self):
        done = []

        def fail(actions, model, args):
            actions.env.cr.postcommit.add(lambda: done.append(args["id"]))
            if args["id"] == self.partners[0].id:
                raise UserError("no")
            return {}

        self.env.cr.flush()  # writes the events of the contacts created above
        before = len(self.env.cr.postcommit)
        with patch.object(IpAgentActions, "_update", fail):
            calls = [
                self._as_action_request(each)
                for each in self.updates({"name": "A"}, {"name": "B"})
            ]
            self.env["ip.apply"]._apply_batch(calls)
        self.assertEqual(len(self.env.cr.postcommit), before + 1)
        self.env.cr.postcommit.run()
        self.assertEqual(done, [self.partners[1].id])

    def _as_action_request(self, body):
        return parse_action(body, keyed=True)

    def test_batch_again_is_replayed_action_by_action(self):
        calls = self.updates({"name": "A"}, {"name": "B"}, {"name": "C"})
        self.results(self.send(APPLY, batch(*calls[:2])))
        results = self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual([each["replayed"] for each in results], [True, True, False])
        self.assertEqual([each["status"] for each in results], [200] * 3)

    def test_records_of_a_batch_are_read_at_once(self):
        partners = self.env["res.partner"].create([{"name": "Many"}] * 20)
        calls = [
            envelope("res.partner.update", {"id": each.id, "values": {"ref": "B"}})
            for each in partners
        ]
        self.results(self.send(APPLY, batch(*calls[:1])))
        queries = {}
        for size in (1, 19):
            chosen = [self._as_action_request(each) for each in calls[1 : 1 + size]]
            calls = calls[size:]
            apply = self.env["ip.apply"].with_user(
                self.env.ref("ip_event_bus.agent_user")
            )
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            apply._apply_batch(chosen)
            queries[size] = self.env.cr.sql_log_count - before
        self.assertLess(queries[19], queries[1] + 18 * 14)

    def test_exhausted_budget_425_for_the_rest(self):
        calls = self.updates({"name": "A"}, {"name": "B"}, {"name": "C"})
        with patch("odoo.addons.ip_event_bus.models.ip_apply.BUDGET_SECONDS", -1):
            results = self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual([each["status"] for each in results], [200, 425, 425])
        for each in results[1:]:
            self.assertEqual(each["code"], "not_run")
            self.assertIs(each["retryable"], True)
        self.assertEqual(self.partners.mapped("name"), ["A", "Old", "Old"])
        results = self.results(self.send(APPLY, batch(*calls[1:])))
        self.assertEqual([each["status"] for each in results], [200, 200])

    def test_second_action_on_a_record_425(self):
        args = {"id": self.partners[0].id}
        calls = [
            envelope("res.partner.update", {**args, "values": {"name": "First"}}),
            envelope("res.partner.update", {**args, "values": {"name": "Second"}}),
            envelope("res.partner.create", {"values": {"name": "Another"}}),
            envelope("res.partner.create", {"values": {"name": "Another"}}),
        ]
        results = self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual([each["status"] for each in results], [200, 425, 200, 200])
        self.assertEqual(self.partners[0].name, "First")

    def test_each_action_runs_and_is_flushed_with_its_own_cause(self):
        seen = []

        def note(actions, model, args):
            actions.env.cr.precommit.add(
                lambda: seen.append((args["id"], origin.cause()["correlation_id"]))
            )
            return {}

        calls = self.updates({"name": "A"}, {"name": "B"}, {"name": "C"})
        with patch.object(IpAgentActions, "_update", note):
            self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual(
            seen, [(call["args"]["id"], call["correlation_id"]) for call in calls]
        )
        self.assertIsNone(origin.cause())

    def test_each_action_is_logged(self):
        calls = self.updates({"name": "A"}, {"bank_ids": []})
        self.results(self.send(APPLY, batch(*calls)))
        for call, code in zip(calls, ("ok", "field_not_allowed"), strict=True):
            line = self.env["ir.logging"].search(
                [("message", "like", call["correlation_id"])]
            )
            self.assertEqual(len(line), 1)
            self.assertIn(f" code={code} ", line.message)

    def test_company_of_one_action_does_not_apply_to_the_next(self):
        seen = []

        def note(actions, model, args):
            seen.append(actions.env.context.get("allowed_company_ids"))
            return {}

        calls = self.updates({"name": "A"}, {"name": "B"})
        calls[0]["args"]["company_id"] = self.env.company.id
        with patch.object(IpAgentActions, "_update", note):
            self.results(self.send(APPLY, batch(*calls)))
        self.assertEqual(seen, [[self.env.company.id], None])
