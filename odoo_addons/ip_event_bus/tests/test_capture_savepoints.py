from contextlib import contextmanager

from odoo.tests import tagged

from odoo.addons.ip_event_bus.origin import caused_by

from .capture_common import CaptureCase


class Undone(Exception):
    pass


@tagged("post_install", "-at_install")
class TestCaptureSavepoints(CaptureCase):
    """Savepoints run the precommit hooks early, and can roll back what they wrote."""

    @contextmanager
    def undone(self, flush=True):
        """A savepoint that ends with an exception."""
        with self.assertRaises(Undone), self.env.cr.savepoint(flush=flush):
            yield
            raise Undone

    def test_an_exception_inside_a_savepoint_leaves_no_event_and_the_outer_change_one(
        self,
    ):
        partner = self.partner()
        partner.email = "outer@example.test"
        with self.undone():
            partner.name = "Undone"
            self.env["res.partner"].create({"name": "Ghost"})
            self.env.cr.flush()
        body = self.only(self.commit())
        self.assertEqual(body["resource_id"], partner.id)
        self.assertEqual(body["changed"], {"email": [None, "outer@example.test"]})
        self.assertEqual(body["payload"]["name"], "Acme")

    def test_a_savepoint_that_does_not_flush_leaves_no_event(self):
        partner = self.partner()
        with self.undone(flush=False):
            partner.name = "Undone"
            self.env["res.partner"].create({"name": "Ghost"})
            self.env.flush_all()
        self.env.invalidate_all(flush=False)
        self.assertEqual(self.commit(), [])

    def test_a_deletion_that_is_rolled_back_leaves_no_event(self):
        partner = self.partner()
        for flush in (True, False):
            with self.undone(flush):
                partner.unlink()
                self.env.flush_all()
            self.env.invalidate_all(flush=False)
            self.assertTrue(partner.exists())
            self.assertEqual(self.commit(), [])

    def test_writes_around_a_savepoint_are_one_event(self):
        partner = self.partner()
        partner.name = "First"
        with self.env.cr.savepoint():
            partner.email = "a@example.test"
        partner.name = "Last"
        body = self.only(self.commit())
        self.assertEqual(
            body["changed"],
            {
                "name": ["Acme", "Last"],
                "complete_name": ["Acme", "Last"],
                "email": [None, "a@example.test"],
            },
        )
        self.assertEqual(body["payload"]["name"], "Last")

    def test_a_change_that_is_reverted_after_a_savepoint_is_no_event(self):
        partner = self.partner()
        partner.name = "First"
        with self.env.cr.savepoint():
            pass
        partner.name = "Acme"
        self.assertEqual(self.commit(), [])

    def test_create_and_write_around_a_savepoint_are_one_created_event(self):
        partner = self.env["res.partner"].create({"name": "Draft"})
        with self.env.cr.savepoint():
            partner.name = "Interim"
        partner.name = "Acme"
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.created")
        self.assertEqual(body["payload"]["name"], "Acme")

    def test_create_and_delete_around_a_savepoint_are_no_event(self):
        partner = self.env["res.partner"].create({"name": "Ghost"})
        with self.env.cr.savepoint():
            pass
        partner.unlink()
        self.assertEqual(self.commit(), [])

    def test_write_and_delete_around_a_savepoint_are_deleted_with_the_first_values(
        self,
    ):
        partner = self.partner(email="a@example.test")
        partner.name = "Interim"
        with self.env.cr.savepoint():
            pass
        partner.unlink()
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.deleted")
        self.assertEqual(body["payload"]["name"], "Acme")
        self.assertEqual(body["changed"], {})

    def test_a_record_that_enters_the_domain_after_a_savepoint_is_still_created(self):
        self.rule.domain = "[('is_company', '=', True)]"
        partner = self.env["res.partner"].create({"name": "Acme"})
        with self.env.cr.savepoint():
            pass
        partner.is_company = True
        self.assertEqual(self.only(self.commit())["event_type"], "res.partner.created")

    def test_two_causes_in_one_transaction_are_two_events(self):
        partner = self.partner()
        causes = [
            "7f7a2cbc-2f0e-4f0e-9d0a-5c2b8c0c1d11",
            "0b5b1b52-63b5-4a9b-8f0f-2f5d1f6b0f22",
        ]
        for number, correlation_id in enumerate(causes):
            with caused_by("bridge", correlation_id, 1):
                partner.name = f"Name {number}"
                self.env.cr.flush()
        bodies = self.commit()
        self.assertEqual([body["correlation_id"] for body in bodies], causes)
        self.assertEqual(bodies[0]["changed"]["name"], ["Acme", "Name 0"])
        self.assertEqual(bodies[1]["changed"]["name"], ["Name 0", "Name 1"])

    def test_a_created_record_is_not_created_again_by_another_cause(self):
        partner = self.env["res.partner"].create({"name": "Acme"})
        self.env.cr.flush()
        with caused_by("bridge", "7f7a2cbc-2f0e-4f0e-9d0a-5c2b8c0c1d11", 1):
            partner.name = "Other"
            self.env.cr.flush()
        self.assertEqual(
            [body["event_type"] for body in self.commit()],
            ["res.partner.created", "res.partner.updated"],
        )

    def test_the_dispatcher_is_woken_although_the_first_wake_up_was_rolled_back(self):
        partner = self.partner()
        cron = self.dispatcher()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        triggers.unlink()
        with self.undone():
            partner.name = "Undone"
            self.env.cr.flush()
        partner.name = "Other"
        self.commit()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(triggers), 1)

    def test_a_test_import_leaves_no_event_and_an_import_does(self):
        if "base_import.import" not in self.env:
            self.skipTest("base_import is not installed")
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "res.partner",
                "file": b"name,email\nOne,1@x.test\nTwo,2@x.test\n",
                "file_name": "contacts.csv",
                "file_type": "text/csv",
            }
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        arguments = (["name", "email"], ["name", "email"], options)
        result = wizard.execute_import(*arguments, dryrun=True)
        self.assertEqual(len(result["ids"]), 2, result)
        self.assertEqual(self.commit(), [])
        wizard.execute_import(*arguments)
        self.assertEqual(
            [body["event_type"] for body in self.commit()], ["res.partner.created"] * 2
        )

    def test_editing_an_automation_rule_removes_no_hook(self):
        if "base.automation" not in self.env:
            self.skipTest("base_automation is not installed")
        partner = self.partner()
        automation = self.env["base.automation"].create(
            {
                "name": "Capture",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "trigger": "on_create_or_write",
            }
        )
        automation.name = "Edited"
        partner.name = "Other"
        self.assertEqual(self.only(self.commit())["changed"]["name"], ["Acme", "Other"])
        automation.unlink()
        partner.name = "Another"
        self.assertEqual(
            self.only(self.commit())["changed"]["name"], ["Other", "Another"]
        )
