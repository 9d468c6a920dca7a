from odoo.tests import tagged

from odoo.addons.ip_event_bus.tests.capture_common import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureAccount(CaptureCase):
    """The default rule for invoices and bills, through their life cycle."""

    def setUp(self):
        super().setUp()
        self.rule = self.env.ref("ip_event_bus_account.rule_account_move")
        self.rule.active = True
        self.env["ip.event.rule"].search([("id", "!=", self.rule.id)]).action_archive()
        self.customer = self.env["res.partner"].create({"name": "Customer"})
        self.commit()

    def invoice(self, **values):
        return self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2026-03-01",
                "invoice_line_ids": [
                    (0, 0, {"name": "Work", "price_unit": 100.0, "tax_ids": [(5,)]})
                ],
                **values,
            }
        )

    def test_the_rule_works_out_of_the_box(self):
        self.assertFalse(self.rule._find_fault())

    def test_an_invoice_is_one_created_event_with_its_final_amounts(self):
        move = self.invoice()
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "account.move.created")
        self.assertEqual(body["resource_id"], move.id)
        self.assertEqual(
            body["payload"]["amount_total"],
            {"amount": "100.00", "currency": move.currency_id.name},
        )
        self.assertEqual(body["payload"]["state"], "draft")
        self.assertEqual(body["company_id"], move.company_id.id)

    def test_posting_is_one_event_with_number_and_state(self):
        move = self.invoice()
        self.commit()
        move.action_post()
        body = self.only(self.commit())
        self.assertEqual(body["changed"]["state"], ["draft", "posted"])
        self.assertEqual(body["changed"]["name"][1], move.name)
        self.assertEqual(body["payload"]["payment_state"], "not_paid")

    def test_a_line_that_is_edited_is_an_event_of_its_invoice(self):
        move = self.invoice()
        self.commit()
        move.invoice_line_ids.price_unit = 120.0
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "account.move.updated")
        currency = move.currency_id.name
        self.assertEqual(
            body["changed"]["amount_total"],
            [
                {"amount": "100.00", "currency": currency},
                {"amount": "120.00", "currency": currency},
            ],
        )

    def test_another_currency_is_a_change_of_every_amount(self):
        other = self.env.ref("base.CHF")
        other.active = True
        move = self.invoice()
        currency = move.currency_id.name
        self.commit()
        move.currency_id = other
        body = self.only(self.commit())
        self.assertEqual(
            [amount["currency"] for amount in body["changed"]["amount_total"]],
            [currency, "CHF"],
        )

    def test_a_journal_entry_is_no_event(self):
        self.env["account.move"].create({"move_type": "entry", "date": "2026-03-01"})
        self.assertEqual(self.commit(), [])

    def test_deleting_a_draft_sends_its_last_values(self):
        move = self.invoice()
        self.commit()
        move.unlink()
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "account.move.deleted")
        self.assertEqual(body["payload"]["amount_total"]["amount"], "100.00")

    def test_the_default_rule_sends_no_bank_credit_or_portal_fields(self):
        for rule in (
            self.env["ip.event.rule"].with_context(active_test=False).search([])
        ):
            for name in rule.field_types:
                self.assertNotRegex(name, "bank|iban|credit|token|signup|password")
