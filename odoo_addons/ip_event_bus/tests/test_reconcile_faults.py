from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .reconcile_common import ReconcileCase

MODULE = "odoo.addons.ip_event_bus.models.ip_event_reconcile"
SENDING = f"{MODULE}_send"


@tagged("post_install", "-at_install")
class TestReconcileFaults(ReconcileCase):
    """A change that cannot be sent stops no others, and raises an alarm."""

    def gap(self, partner, op="touched"):
        return self.env["ip.event.gap"].create(
            {"model": "res.partner", "res_id": partner.id, "op": op}
        )

    def alarm(self):
        return self.env["ip.bridge"]._get_bridge().activity_ids

    def test_a_missed_creation_is_sent_as_created_also_without_updates(self):
        self.rule.on_write = False
        self.gap(self.partners[0], "created")
        self.gap(self.partners[1])
        self.assertEqual(
            self.found(),
            [("res.partner.created", self.partners[0].id, "reconcile")],
        )

    def test_a_missed_change_of_a_record_that_never_matched_is_not_sent(self):
        self.rule.domain = "[('is_company', '=', True)]"
        self.partners[1].is_company = True
        self.commit()
        self.reconcile()
        self.commit()
        self.by_sql(
            "UPDATE res_partner SET is_company = false WHERE id = %s",
            self.partners[1].id,
        )
        self.gap(self.partners[0])
        self.gap(self.partners[1])
        self.assertEqual(
            self.found(),
            [("res.partner.updated", self.partners[1].id, "reconcile")],
            "only that one has left the domain",
        )

    def test_a_gap_that_still_cannot_be_sent_stops_no_others_and_alarms(self):
        bad = self.gap(self.partners[0])
        self.gap(self.partners[1])
        self.sql_rename(self.partners[2], "By SQL")
        rules = type(self.rule)
        real = rules._send_gap

        def send(rule, watch, res_id, gaps):
            if res_id == self.partners[0].id:
                raise ValueError("a secret value")
            return real(rule, watch, res_id, gaps)

        with patch.object(rules, "_send_gap", send):
            with self.assertLogs(SENDING, "ERROR") as logs:
                found = self.found()
            self.assertNotIn("secret", "".join(logs.output))
            with mute_logger(SENDING):
                self.reconcile()
        self.assertEqual(
            sorted(resource for _type, resource, _source in found),
            self.partners.ids[1:],
        )
        self.assertTrue(bad.exists())
        self.assertIn("1", self.rule.reconcile_error)
        self.assertIn(self.rule.name, self.alarm().note)
        self.reconcile()
        self.assertFalse(bad.exists() or self.rule.reconcile_error)
        self.reconcile()
        self.assertFalse(self.alarm())

    def test_records_that_cannot_be_compared_alarm_and_are_compared_again(self):
        error = RuntimeError("a secret value")
        with (
            patch.object(type(self.rule), "_reconcile_changed", side_effect=error),
            mute_logger(MODULE),
        ):
            self.reconcile()
            self.assertEqual(self.rule.reconcile_error, "RuntimeError")
            self.reconcile()
        self.assertIn(self.rule.name, self.alarm().note)
        self.sql_rename(self.partners[0], "By SQL")
        self.assertEqual(len(self.found()), 1)
        self.assertFalse(self.rule.reconcile_error)

    def test_more_than_a_chunk_is_found(self):
        for partner in self.partners:
            self.sql_rename(partner, "By SQL")
        gone = self.env["res.partner"].create([{"name": str(n)} for n in range(3)])
        self.commit()
        self.reconcile()
        self.commit()
        self.by_sql("DELETE FROM res_partner WHERE id IN %s", gone._ids)
        for partner in self.partners:
            self.sql_rename(partner, "By SQL again")
        with patch(f"{MODULE}.CHUNK", 2):
            found = self.found()
        self.assertEqual(
            sorted(resource for _type, resource, _source in found),
            self.partners.ids + gone.ids,
        )
        self.assertEqual(self.rule.reconciled_found, 6)

    def test_a_model_without_write_date_sends_new_and_deleted_records(self):
        rule = self.watch("mail.followers", ["res_model", "res_id"])
        follower = self.env["mail.followers"].create(
            {
                "res_model": "res.partner",
                "res_id": self.partners[0].id,
                "partner_id": self.partners[1].id,
            }
        )
        self.commit()
        self.reconcile()
        self.assertFalse(rule.reconcile_error)
        self.commit()
        sent = self.env["mail.followers"].create(
            {
                "res_model": "res.partner",
                "res_id": self.partners[0].id,
                "partner_id": self.partners[2].id,
            }
        )
        self.env.cr.flush()
        self.reconcile()
        self.assertEqual(self.only(self.commit())["resource_id"], sent.id)
        self.by_sql("DELETE FROM mail_followers WHERE id = %s", follower.id)
        self.by_sql(
            "INSERT INTO mail_followers (res_model, res_id, partner_id)"
            " VALUES ('res.partner', %s, %s) RETURNING id",
            self.partners[0].id,
            self.partners[0].id,
        )
        self.assertEqual(
            [(kind, source) for kind, _resource, source in self.found()],
            [
                ("mail.followers.deleted", "reconcile"),
                ("mail.followers.created", "reconcile"),
            ],
        )

    def test_bookkeeping_clears_no_cache(self):
        with patch.object(type(self.rule), "_clear_watch_cache") as forget:
            self.reconcile()
        self.assertTrue(self.rule.reconciled_at)
        forget.assert_not_called()

    def test_gaps_are_deleted_with_their_rule(self):
        gap = self.gap(self.partners[0])
        self.rule.unlink()
        self.assertFalse(gap.exists())

    def test_changes_while_the_rule_was_broken_are_sent_once_it_is_repaired(self):
        self.by_sql(
            "UPDATE ip_event_rule SET domain = '[(''gone'', ''='', 1)]' WHERE id = %s",
            self.rule.id,
        )
        self.env.registry.clear_cache()
        with mute_logger("odoo.addons.ip_event_bus.models.ip_event_rule_watch"):
            self.partners[0].name = "Unheard"
            self.assertEqual(self.commit(), [])
            # In a test there is one transaction, and so one current time.
            self.sql_rename(self.partners[0], "Unheard")
            self.rule.domain = "[]"
        self.assertEqual(
            self.found(), [("res.partner.updated", self.partners[0].id, "reconcile")]
        )
