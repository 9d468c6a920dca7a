from odoo.tests import tagged

from odoo.addons.ip_event_bus.tests.capture_common import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureSale(CaptureCase):
    """The default rule for sales orders."""

    def setUp(self):
        super().setUp()
        self.rule = self.env.ref("ip_event_bus_sale.rule_sale_order")
        self.rule.active = True
        self.env["ip.event.rule"].search([("id", "!=", self.rule.id)]).action_archive()
        self.product = self.env["product.product"].create(
            {"name": "Work", "type": "service", "taxes_id": [(5,)]}
        )
        self.customer = self.env["res.partner"].create({"name": "Customer"})
        self.commit()

    def order(self):
        return self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    (0, 0, {"product_id": self.product.id, "price_unit": 100.0})
                ],
            }
        )

    def test_the_rule_works_out_of_the_box(self):
        self.assertFalse(self.rule._find_fault())

    def test_an_order_is_one_created_event_and_its_confirmation_one_update(self):
        order = self.order()
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "sale.order.created")
        self.assertEqual(body["payload"]["amount_total"]["amount"], "100.00")
        order.action_confirm()
        body = self.only(self.commit())
        self.assertEqual(body["changed"]["state"], ["draft", "sale"])

    def test_a_line_that_is_edited_is_an_event_of_its_order(self):
        order = self.order()
        self.commit()
        order.order_line.price_unit = 80.0
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "sale.order.updated")
        self.assertEqual(body["changed"]["amount_total"][1]["amount"], "80.00")

    def test_an_order_that_is_deleted_with_its_lines_is_one_event(self):
        order = self.order()
        self.commit()
        order.unlink()
        self.assertEqual(self.only(self.commit())["event_type"], "sale.order.deleted")
