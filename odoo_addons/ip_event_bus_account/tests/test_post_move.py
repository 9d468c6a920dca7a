from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from odoo.addons.account.models.account_move import AccountMove
from odoo.addons.ip_event_bus import field_values
from odoo.addons.ip_event_bus.api_error import ApiError
from odoo.addons.ip_event_bus.tests.api_common import INFO, KEY, SignedCase


@tagged("post_install", "-at_install")
class TestPostMove(SignedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.env.ref("ip_event_bus.agent_user")
        cls.move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.partner.id,
                "invoice_line_ids": [
                    Command.create({"name": "Work", "price_unit": 100, "tax_ids": []})
                ],
            }
        )

    def post(self, **args):
        return self.apply("account.move.post", {"id": self.move.id, **args})

    def test_invoice_is_posted_by_the_integration_user(self):
        result = self.assertApplied(self.post())
        self.assertEqual(self.move.state, "posted")
        self.assertEqual(
            result, {"id": self.move.id, "name": self.move.name, "state": "posted"}
        )
        self.assertEqual(self.move.write_uid, self.agent)

    def test_user_without_accounting_rights_403(self):
        invoicing = self.env.ref("account.group_account_invoice")
        self.agent.group_ids = [
            Command.unlink(group.id)
            for group in self.agent.group_ids
            if invoicing in group.all_implied_ids
        ]
        self.assertFalse(self.agent.has_group("account.group_account_invoice"))
        self.assertRefused(self.post(), 403, "forbidden")
        self.assertEqual(self.move.state, "draft")

    def test_what_is_posted_already_is_already_applied(self):
        self.move.action_post()
        result = self.assertApplied(self.post())
        self.assertIs(result["already_applied"], True)
        self.assertEqual(result["name"], self.move.name)

    def test_cancelled_invoice_422(self):
        self.move.button_cancel()
        self.assertRefused(self.post(), 422, "user_error")
        self.assertEqual(self.move.state, "cancel")

    def test_wizard_in_place_of_posting_422_and_nothing_written(self):
        def ask(move):
            move.ref = "Half"
            return {"type": "ir.actions.act_window", "res_model": "x"}

        with patch.object(AccountMove, "action_post", ask):
            self.assertRefused(self.post(), 422, "user_error")
        self.assertFalse(self.move.ref)

    def test_other_arguments_and_missing_moves_are_refused(self):
        self.assertRefused(self.post(force=True), 400, "bad_request")
        self.assertRefused(self.post(id="abc"), 400, "bad_request")
        self.assertRefused(self.post(id=2**31 - 1), 404, "record_missing")

    def test_move_of_a_company_that_is_not_the_users_403(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.assertRefused(self.post(company_id=other.id), 403, "company_not_allowed")
        self.assertEqual(self.move.state, "draft")
        self.assertApplied(self.post(company_id=self.env.company.id))

    def test_expected_values_of_moves_have_the_form_of_events(self):
        self.move.invoice_date = "2026-01-31"
        for name, right, wrong in (
            ("amount_total", {"amount": "100.00", "currency": "USD"}, {"amount": "1"}),
            ("amount_total", {"amount": 100}, {"amount": "100", "currency": "EUR"}),
            ("amount_total", "100.00", 99.99),
            ("invoice_date", "2026-01-31", "2026-01-30"),
            ("partner_id", self.partner.id, None),
        ):
            field = self.move._fields[name]
            self.assertTrue(field_values.equals(self.move, field, right))
            self.assertFalse(field_values.equals(self.move, field, wrong))

    def test_amount_of_an_event_is_taken_as_a_value_in_its_own_currency(self):
        field = self.move._fields["amount_total"]
        for value, amount in (
            ({"amount": "12.50", "currency": "USD"}, 12.5),
            ({"amount": None, "currency": "USD"}, 0),
            ("12.50", 12.5),
            (False, 0),
        ):
            self.assertEqual(field_values.to_odoo(self.move, field, value), amount)
        check = self.env["ip.agent.actions"]._check_currencies
        check(self.move, {"amount_total": {"amount": "1", "currency": "USD"}})
        for other in ("EUR", None):
            with self.assertRaises(ApiError):
                check(self.move, {"amount_total": {"amount": "1", "currency": other}})
        for wrong in ({}, {"currency": "USD"}, {"amount": "1", "x": 1}, {"amount": []}):
            with self.assertRaises(ApiError):
                field_values.to_odoo(self.move, field, wrong)

    def test_posting_is_listed_as_not_batchable(self):
        info = self.url_open(INFO, headers={"x-api-key": KEY}).json()
        self.assertIn(
            {"name": "account.move.post", "batchable": False}, info["actions"]
        )
