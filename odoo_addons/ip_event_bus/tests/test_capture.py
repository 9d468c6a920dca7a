from odoo.exceptions import RedirectWarning
from odoo.tests import tagged

from odoo.addons.ip_event_bus.origin import caused_by

from .capture_common import CaptureCase


@tagged("post_install", "-at_install")
class TestCapture(CaptureCase):
    """Each transaction gives one event per record, with its net change."""

    def test_form_create_with_writes_and_computed_values_is_one_created_event(self):
        partner = self.env["res.partner"].create({"name": "Draft", "is_company": True})
        partner.write({"name": "Acme"})
        partner.email = "info@example.test"
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.created")
        self.assertEqual(body["resource_id"], partner.id)
        self.assertEqual(body["changed"], {})
        self.assertEqual(
            body["payload"],
            {
                "active": True,
                "complete_name": "Acme",
                "email": "info@example.test",
                "name": "Acme",
            },
        )

    def test_two_writes_in_one_button_are_one_event_with_the_first_old_values(self):
        partner = self.partner(email="a@example.test")
        partner.write({"name": "Interim"})
        partner.write({"email": "b@example.test"})
        partner.write({"name": "Final"})
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.updated")
        self.assertEqual(
            body["changed"],
            {
                "name": ["Acme", "Final"],
                "complete_name": ["Acme", "Final"],
                "email": ["a@example.test", "b@example.test"],
            },
        )
        self.assertEqual(body["payload"]["name"], "Final")

    def test_writing_the_same_value_is_no_event(self):
        partner = self.partner(email="a@example.test")
        partner.write({"name": "Acme", "email": "a@example.test"})
        partner.write({})
        self.assertEqual(self.commit(), [])

    def test_writing_forth_and_back_is_no_event(self):
        partner = self.partner()
        partner.name = "Other"
        partner.flush_recordset()
        partner.name = "Acme"
        self.assertEqual(self.commit(), [])

    def test_a_field_that_is_not_sent_is_no_event(self):
        partner = self.partner()
        partner.write({"ref": "R1"})
        self.assertEqual(self.commit(), [])

    def test_an_empty_text_over_nothing_is_no_event(self):
        partner = self.partner()
        partner.email = ""
        self.assertEqual(self.commit(), [])

    def test_create_and_delete_is_no_event(self):
        self.env["res.partner"].create({"name": "Ghost"}).unlink()
        self.assertEqual(self.commit(), [])

    def test_write_and_delete_is_deleted_with_the_values_before_the_transaction(self):
        partner = self.partner(email="a@example.test")
        res_id = partner.id
        partner.name = "Interim"
        partner.unlink()
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.deleted")
        self.assertEqual(body["resource_id"], res_id)
        self.assertEqual(body["payload"]["name"], "Acme")
        self.assertEqual(body["payload"]["email"], "a@example.test")
        self.assertEqual(body["changed"], {})

    def test_a_deletion_that_is_refused_is_no_event(self):
        partner = self.partner()
        self.env["res.users"].create(
            {"name": "U", "login": "capture", "partner_id": partner.id}
        )
        self.commit()
        with self.assertRaises(RedirectWarning):
            partner.unlink()
        self.assertEqual(self.commit(), [])

    def test_archiving_is_an_update(self):
        partner = self.partner()
        partner.action_archive()
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.updated")
        self.assertEqual(body["changed"], {"active": [True, False]})

    def test_a_stored_computed_field_of_another_record_is_an_event(self):
        parent = self.partner(is_company=True)
        child = self.partner(parent_id=parent.id, name="Jo", type="other")
        parent.name = "Acme 2"
        events = {body["resource_id"]: body for body in self.commit()}
        self.assertEqual(set(events), {parent.id, child.id})
        self.assertEqual(
            events[child.id]["changed"], {"complete_name": ["Acme, Jo", "Acme 2, Jo"]}
        )

    def test_a_write_on_a_user_is_an_event_of_its_contact(self):
        user = self.env["res.users"].create({"name": "Jo", "login": "jo@example.test"})
        self.assertEqual(self.only(self.commit())["event_type"], "res.partner.created")
        user.email = "new@example.test"
        body = self.only(self.commit())
        self.assertEqual(body["resource_id"], user.partner_id.id)
        self.assertEqual(body["changed"]["email"][1], "new@example.test")

    def test_a_record_that_is_not_saved_is_no_event(self):
        partner = self.partner()
        draft = self.env["res.partner"].new({"name": "New"}, origin=partner)
        draft.name = "Newer"
        self.assertEqual(draft.complete_name, "Newer")
        self.assertEqual(self.commit(), [])

    def test_a_record_that_does_not_exist_is_no_event(self):
        self.watch("res.partner.category", ["name"])
        tag = self.env["res.partner.category"].create({"name": "Tag"})
        tag.unlink()
        self.commit()
        tag.write({"color": 1, "name": "Nothing"})
        self.assertEqual(self.commit(), [])

    def test_an_archived_rule_watches_nothing(self):
        partner = self.partner()
        self.rule.action_archive()
        partner.name = "Other"
        self.assertEqual(self.commit(), [])

    def test_each_operation_can_be_left_out(self):
        partner = self.partner()
        self.rule.write({"on_create": False, "on_unlink": False})
        other = self.env["res.partner"].create({"name": "Not sent"})
        other.name = "Still not sent"
        partner.name = "Told"
        self.assertEqual(self.only(self.commit())["resource_id"], partner.id)
        partner.unlink()
        self.assertEqual(self.commit(), [])
        self.rule.on_write = False
        other.name = "Not sent at all"
        self.assertEqual(self.commit(), [])

    def test_an_event_names_the_user_even_as_superuser(self):
        partner = self.partner()
        user = self.env.ref("base.user_admin")
        partner.with_user(user).sudo().name = "Other"
        body = self.only(self.commit())
        self.assertEqual(body["uid"], user.id)
        self.assertNotIn("origin", body)
        self.assertTrue(body["db_uuid"])

    def test_all_events_of_a_transaction_share_a_correlation_id(self):
        self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        first = self.commit()
        self.env["res.partner"].create({"name": "C"})
        second = self.commit()
        self.assertEqual(len({body["correlation_id"] for body in first}), 1)
        self.assertEqual(len({body["event_id"] for body in first}), 2)
        self.assertNotEqual(first[0]["correlation_id"], second[0]["correlation_id"])

    def test_events_of_an_action_name_it_as_origin(self):
        parent = self.partner(is_company=True)
        self.partner(parent_id=parent.id, name="Jo", type="other")
        correlation_id = "7f7a2cbc-2f0e-4f0e-9d0a-5c2b8c0c1d11"
        with caused_by("bridge", correlation_id, 2):
            parent.name = "Acme 2"
            self.env.cr.flush()
        self.assertEqual(set(self.env["ip.event"].search([]).mapped("hop")), {2})
        bodies = self.commit()
        self.assertEqual(len(bodies), 2)
        for body in bodies:
            self.assertEqual(body["correlation_id"], correlation_id)
            self.assertEqual(
                body["origin"],
                {"source": "bridge", "correlation_id": correlation_id, "hop": 2},
            )
        parent.name = "Acme 3"
        self.assertNotIn("origin", self.commit()[0])
