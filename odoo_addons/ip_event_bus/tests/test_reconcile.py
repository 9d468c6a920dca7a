from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .reconcile_common import LOGGER, ReconcileCase


@tagged("post_install", "-at_install")
class TestReconcile(ReconcileCase):
    """Changes made behind Odoo's back become events, once, and nothing else does."""

    def test_the_first_search_sends_nothing(self):
        self.assertTrue(self.rule.known_since)
        self.assertEqual(self.rule.reconciled_found, 0)

    def test_a_change_by_sql_is_sent_once_with_the_current_values(self):
        self.sql_rename(self.partners[1], "By SQL")
        with self.assertLogs(LOGGER, "WARNING"):
            self.reconcile()
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.updated")
        self.assertEqual(body["resource_id"], self.partners[1].id)
        self.assertEqual(body["payload"]["name"], "By SQL")
        self.assertEqual(body["origin"]["source"], "reconcile")
        self.assertEqual(self.rule.reconciled_found, 1)
        self.assertEqual(self.found(), [])

    def test_a_row_deleted_by_sql_is_sent_as_deleted(self):
        gone = self.partners[0].id
        self.by_sql("DELETE FROM res_partner WHERE id = %s", gone)
        self.assertEqual(self.found(), [("res.partner.deleted", gone, "reconcile")])
        self.assertEqual(self.found(), [])

    def test_a_row_inserted_by_sql_is_sent_as_created(self):
        self.env.cr.execute(
            "INSERT INTO res_partner"
            " (name, complete_name, active, autopost_bills, write_date)"
            " SELECT 'New', 'New', true, autopost_bills,"
            " write_date + interval '1 second'"
            " FROM res_partner WHERE id = %s RETURNING id",
            [self.partners[0].id],
        )
        new = self.env.cr.fetchone()[0]
        self.assertEqual(self.found(), [("res.partner.created", new, "reconcile")])
        self.assertEqual(self.found(), [])

    def test_a_change_that_had_an_event_is_not_sent_again(self):
        self.partners[0].name = "Told"
        self.partners[1].unlink()
        created = self.env["res.partner"].create({"name": "Also sent"})
        self.env.cr.flush()
        self.reconcile()
        self.assertEqual(
            sorted((body["event_type"], body["resource_id"]) for body in self.commit()),
            sorted(
                [
                    ("res.partner.updated", self.partners[0].id),
                    ("res.partner.deleted", self.partners.ids[1]),
                    ("res.partner.created", created.id),
                ]
            ),
        )

    def test_a_change_of_an_unsent_field_is_not_sent(self):
        self.by_sql(
            "UPDATE res_partner SET city = 'Elsewhere',"
            " write_date = write_date + interval '1 second' WHERE id = %s",
            self.partners[0].id,
        )
        self.assertEqual(self.found(), [])

    def test_a_missed_change_outside_the_domain_is_not_sent(self):
        self.rule.domain = "[('is_company', '=', True)]"
        self.reconcile()
        self.commit()
        self.sql_rename(self.partners[0], "Not watched")
        self.by_sql("DELETE FROM res_partner WHERE id = %s", self.partners[1].id)
        self.assertEqual(self.found(), [])

    def test_operations_that_the_rule_leaves_out_are_not_sent(self):
        self.rule.write({"on_write": False, "on_unlink": False})
        self.sql_rename(self.partners[0], "Other")
        self.by_sql("DELETE FROM res_partner WHERE id = %s", self.partners[1].id)
        self.assertEqual(self.found(), [])

    def test_a_changed_rule_starts_over(self):
        self.rule.field_ids = self.env["ir.model.fields"].search(
            [("model", "=", "res.partner"), ("name", "in", ["name", "city"])]
        )
        self.assertFalse(self.rule.known_since)
        self.sql_rename(self.partners[0], "Before it was known")
        self.assertEqual(self.found(), [])
        self.sql_rename(self.partners[0], "After")
        self.assertEqual(
            self.found(), [("res.partner.updated", self.partners[0].id, "reconcile")]
        )

    def test_a_gap_is_sent_and_deleted(self):
        gone = self.partners.ids[2]
        self.env["ip.event.gap"].create(
            [
                {
                    "model": "res.partner",
                    "res_id": self.partners[0].id,
                    "op": "touched",
                },
                {
                    "model": "res.partner",
                    "res_id": self.partners[0].id,
                    "op": "touched",
                },
                {"model": "res.partner", "res_id": gone, "op": "deleted"},
            ]
        )
        self.by_sql("DELETE FROM res_partner WHERE id = %s", gone)
        self.assertEqual(
            sorted(self.found()),
            [
                ("res.partner.deleted", gone, "reconcile"),
                ("res.partner.updated", self.partners[0].id, "reconcile"),
            ],
        )
        self.assertFalse(self.env["ip.event.gap"].search([]))

    def test_only_operators_start_a_search(self):
        user = self.env["res.users"].create({"name": "U", "login": "reconcile-user"})
        with self.assertRaisesRegex(Exception, "operators"):
            self.rule.with_user(user).sudo(False).action_reconcile()

    def test_a_rule_whose_field_is_gone_is_marked_and_alarms_until_repaired(self):
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_reconcile",
                "field_description": "Gone soon",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "ttype": "char",
            }
        )
        self.rule.field_ids |= field
        bridge = self.env["ip.bridge"]._get_bridge()
        bridge.responsible_id = self.env.ref("base.user_admin")
        self.reconcile()
        self.assertFalse(bridge.activity_ids)
        field.unlink()
        with mute_logger("odoo.addons.ip_event_bus.models.ip_event_rule_check"):
            self.reconcile()
        self.assertEqual(self.rule.state, "broken")
        self.assertIn("x_reconcile", self.rule.broken_reason)
        alarm = bridge.activity_ids
        self.assertEqual(
            alarm.activity_type_id, self.env.ref("ip_event_bus.activity_rule")
        )
        self.assertIn(self.rule.name, alarm.note)
        self.partners[0].name = "Still sent"
        self.only(self.commit())
        operator = new_test_user(
            self.env, "reconcile-operator", "ip_event_bus.group_operator"
        )
        with self.assertRaises(AccessError):
            self.rule.browse().with_user(operator).action_accept()
        self.rule.with_user(self.env.ref("base.user_admin")).action_accept()
        self.assertEqual(self.rule.state, "ok")
        self.reconcile()
        self.assertEqual(self.rule.state, "ok")
        self.assertFalse(bridge.activity_ids)
