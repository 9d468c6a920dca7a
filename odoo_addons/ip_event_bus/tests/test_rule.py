from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .capture_common import CaptureCase


@tagged("post_install", "-at_install")
class TestRule(CaptureCase):
    """What can be watched, and how a broken rule reports its fault."""

    def refused(self, *arguments, message="", **values):
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self.watch(*arguments, **values)
        self.assertIn(message, str(caught.exception))

    def test_a_field_restricted_to_groups_is_refused(self):
        field = self.env["res.partner"]._fields["ref"]
        self.addCleanup(setattr, field, "groups", field.groups)
        field.groups = "base.group_system"
        self.refused(
            "res.partner", ["name", "ref"], message="the field ref cannot be sent"
        )

    def test_a_file_is_refused(self):
        self.refused("res.partner", ["image_1920"], message="fields of type binary")

    def test_a_field_that_is_not_stored_is_refused(self):
        self.refused("res.partner", ["contact_address"], message="it is not stored")

    def test_lines_are_refused(self):
        self.refused("res.partner", ["child_ids"], message="watch their model instead")

    def test_a_credential_is_refused(self):
        rules = self.env["ip.event.rule"]
        partners = self.env["res.partner"]
        self.patch(
            type(partners),
            "_fields",
            {**partners._fields, "access_token": partners._fields["ref"]},
        )
        self.assertEqual(
            rules._refused_reason(partners, "access_token"), "it is a credential"
        )

    def test_a_field_of_another_model_is_refused(self):
        field = self.env["ir.model.fields"]._get("res.country", "code")
        with self.assertRaises(ValidationError) as caught:
            self.rule.field_ids = [(4, field.id)]
        self.assertIn("it belongs to res.country", str(caught.exception))

    def test_a_rule_without_fields_is_refused(self):
        with self.assertRaises(ValidationError) as caught:
            self.rule.field_ids = [(5,)]
        self.assertIn("select at least one field", str(caught.exception))

    def test_what_runs_odoo_or_the_bridge_is_refused(self):
        for model, names in (
            ("ir.config_parameter", ["value"]),
            ("ip.bridge", ["name"]),
            ("ir.attachment", ["name"]),
            ("bus.bus", ["channel"]),
            ("res.users", ["login"]),
            ("res.users.log", ["create_date"]),
        ):
            with self.subTest(model):
                self.refused(model, names, message="cannot be sent")

    def test_a_model_that_was_watched_before_it_was_reserved_is_no_longer_sent(self):
        self.env.cr.execute(
            "UPDATE ip_event_rule SET model_id = %s, model = 'res.users' WHERE id = %s",
            [self.env["ir.model"]._get_id("res.users"), self.rule.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertFalse(self.rule._watch_for("res.users"))
        self.assertIn("internal to Odoo", self.rule._find_fault())

    def test_what_has_no_lasting_records_is_refused(self):
        for model, names in (
            ("res.config.settings", ["company_id"]),
            ("res.users.apikeys", ["name"]),
        ):
            with self.subTest(model):
                self.refused(model, names, message="no lasting records")

    def test_a_domain_that_does_not_work_is_refused_with_the_reason(self):
        for domain, message in (
            ("[('is_company', '=', ", "must be a list of plain conditions"),
            ("[('user_id', '=', uid)]", "cannot use uid"),
            ("[('nothing', '=', 1)]", "nothing is not a stored field"),
            (
                "[('contact_address', '=', 'x')]",
                "contact_address is not a stored field",
            ),
            ("[('country_id.nothing', '=', 1)]", "nothing is not a stored field"),
            ("[('name.length', '=', 1)]", "length is not a stored field"),
            ("[('parent_id', 'child_of', 1)]", "the operator child_of"),
            ("[('is_company', '~~', 1)]", "does not work"),
            ("42", "does not work"),
            ("{}['x']", "must be a list"),
        ):
            with self.subTest(domain):
                self.refused("res.partner", ["name"], message=message, domain=domain)

    def test_an_administrator_makes_a_rule_in_the_form(self):
        administrator = self.env.ref("base.user_admin")
        with Form(self.env["ip.event.rule"].with_user(administrator)) as form:
            form.name = "Industries"
            form.model_id = self.env["ir.model"]._get("res.partner.industry")
            for name in ("name", "active"):
                field = self.env["ir.model.fields"]._get("res.partner.industry", name)
                form.field_ids.add(field)
            form.on_unlink = False
        self.env["res.partner.industry"].create({"name": "I"})
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.industry.created")
        self.assertEqual(body["payload"], {"active": True, "name": "I"})

    def test_a_model_is_watched_by_one_rule(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.rule.copy({"field_ids": [(6, 0, self.rule.field_ids.ids)]})

    def test_only_administrators_change_rules_and_operators_read_them(self):
        user = self.env["res.users"].create(
            {
                "name": "O",
                "login": "operator-capture",
                "group_ids": [(6, 0, self.env.ref("ip_event_bus.group_operator").ids)],
            }
        )
        rule = self.rule.with_user(user)
        self.assertTrue(rule.field_names)
        with self.assertRaises(AccessError):
            rule.active = False
        user.group_ids = [(6, 0, self.env.ref("base.group_user").ids)]
        with self.assertRaises(AccessError):
            rule.read(["name"])

    def test_a_record_outside_the_domain_is_no_event(self):
        self.rule.domain = "[('is_company', '=', True)]"
        person = self.partner()
        person.name = "Other"
        person.unlink()
        self.assertEqual(self.commit(), [])

    def test_entering_and_leaving_the_domain_are_updates(self):
        self.rule.domain = "[('is_company', '=', True)]"
        partner = self.partner()
        partner.is_company = True
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.updated")
        self.assertEqual(body["changed"], {})
        partner.is_company = False
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.updated")
        partner.name = "Other"
        self.assertEqual(self.commit(), [])

    def test_a_domain_may_follow_relations(self):
        belgium = self.env.ref("base.be")
        self.rule.domain = "[('country_id.code', '=', 'BE')]"
        partner = self.partner()
        partner.country_id = belgium
        self.assertEqual(len(self.commit()), 1)
        partner.name = "Other"
        self.assertEqual(len(self.commit()), 1)

    def test_a_rule_whose_field_is_gone_is_flagged_and_sends_the_rest(self):
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_capture",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "ttype": "char",
            }
        )
        self.rule.field_ids = [(4, field.id)]
        partner = self.partner(x_capture="X")
        self.assertEqual(self.env["ip.event.rule"]._check_fields(), self.rule.browse())
        field.unlink()
        self.assertIn("x_capture", self.rule.field_types)
        with self.assertLogs(
            "odoo.addons.ip_event_bus.models.ip_event_rule_check", "ERROR"
        ):
            self.assertEqual(self.env["ip.event.rule"]._check_fields(), self.rule)
        self.assertEqual(self.rule.state, "broken")
        self.assertIn(
            "x_capture: res.partner has no such field", self.rule.broken_reason
        )
        partner.name = "Other"
        self.assertNotIn("x_capture", self.only(self.commit())["payload"])
        self.rule.field_ids = [(6, 0, self.rule.field_ids.ids)]
        self.assertEqual(self.rule.state, "ok")
        self.assertFalse(self.env["ip.event.rule"]._check_fields())

    def test_a_rule_whose_domain_is_broken_stays_flagged_when_its_fields_are_accepted(
        self,
    ):
        self.env.cr.execute(
            "UPDATE ip_event_rule SET domain = '[(''gone'', ''='', 1)]' WHERE id = %s",
            [self.rule.id],
        )
        self.rule.invalidate_recordset()
        with mute_logger("odoo.addons.ip_event_bus.models.ip_event_rule_check"):
            self.rule.action_accept()
        self.assertEqual(self.rule.state, "broken")
        self.assertIn("gone", self.rule.broken_reason)

    def test_a_rule_whose_field_changed_its_type_is_flagged(self):
        self.rule.field_types = {**self.rule.field_types, "email": "integer"}
        with self.assertLogs(
            "odoo.addons.ip_event_bus.models.ip_event_rule_check", "ERROR"
        ):
            self.env["ip.event.rule"]._check_fields()
        self.assertEqual(self.rule.state, "broken")
        self.assertIn("it was of type integer and is now char", self.rule.broken_reason)

    def test_the_default_rule_for_contacts_works_and_is_found_out_of_the_box(self):
        rule = self.env.ref("ip_event_bus.rule_res_partner")
        self.assertEqual(rule.model, "res.partner")
        self.assertFalse(rule._find_fault())
