from odoo.tests import tagged

from .capture_common import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureCascades(CaptureCase):
    """Records that PostgreSQL deletes by cascade give events."""

    def test_deleting_a_parent_is_an_event_of_its_children_too(self):
        self.watch("res.partner.category", ["name", "parent_id"])
        tags = self.env["res.partner.category"]
        root = tags.create({"name": "Root"})
        child = tags.create({"name": "Child", "parent_id": root.id})
        grandchild = tags.create(
            {"name": "Grandchild", "parent_id": child.id, "active": False}
        )
        ids = (root | child | grandchild).ids
        self.commit()
        root.unlink()
        self.assertFalse(grandchild.exists())
        bodies = {body["resource_id"]: body for body in self.commit()}
        self.assertEqual(set(bodies), set(ids))
        for body in bodies.values():
            self.assertEqual(body["event_type"], "res.partner.category.deleted")
        self.assertEqual(bodies[ids[2]]["payload"]["name"], "Grandchild")

    def test_a_child_of_another_model_deleted_with_its_parent_is_an_event(self):
        self.watch("res.partner.bank", ["acc_number", "partner_id"])
        partner = self.partner()
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "BE001", "partner_id": partner.id}
        )
        ids = {("res.partner", partner.id), ("res.partner.bank", bank.id)}
        self.commit()
        partner.unlink()
        self.assertFalse(bank.exists())
        bodies = self.commit()
        self.assertEqual(
            {
                (body["event_type"].removesuffix(".deleted"), body["resource_id"])
                for body in bodies
            },
            ids,
        )

    def test_a_child_of_an_unwatched_model_is_an_event_too(self):
        self.rule.action_archive()
        self.watch("res.partner.bank", ["acc_number", "partner_id"])
        partner = self.partner()
        bank_id = (
            self.env["res.partner.bank"]
            .create({"acc_number": "BE001", "partner_id": partner.id})
            .id
        )
        self.commit()
        partner.unlink()
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.bank.deleted")
        self.assertEqual(body["resource_id"], bank_id)
        self.assertEqual(body["payload"]["acc_number"], "BE001")

    def test_a_child_created_in_the_same_transaction_is_no_event(self):
        self.watch("res.partner.bank", ["acc_number", "partner_id"])
        partner = self.partner()
        self.env["res.partner.bank"].create(
            {"acc_number": "BE001", "partner_id": partner.id}
        )
        partner.unlink()
        self.assertEqual(
            [body["event_type"] for body in self.commit()], ["res.partner.deleted"]
        )

    def test_deleting_what_affects_nothing_watched_needs_no_query(self):
        self.rule.action_archive()
        self.assertEqual(self.env["ip.event.rule"]._delete_paths(), {})
