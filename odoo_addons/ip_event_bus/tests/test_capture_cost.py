from unittest.mock import patch

from odoo.tests import tagged

from .capture_common import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureCost(CaptureCase):
    """Capturing costs users little, however many records they write."""

    def partners(self, count):
        quick = self.env["res.partner"].with_context(tracking_disable=True)
        partners = quick.create([{"name": f"P{number}"} for number in range(count)])
        self.commit()
        self.env.invalidate_all()
        return partners

    def queries(self, records, values):
        before = self.env.cr.sql_log_count
        records.write(values)
        self.env.cr.flush()
        return self.env.cr.sql_log_count - before

    def test_a_thousand_records_take_few_queries_and_one_trigger(self):
        cron = self.dispatcher()
        partners = self.partners(1000)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        triggers.unlink()
        self.env.cr.flush()
        self.rule.action_archive()
        plain = self.queries(partners, {"email": "a@example.test"})
        self.commit()
        self.env.invalidate_all()
        self.rule.action_unarchive()
        with patch("requests.Session.request", side_effect=AssertionError("HTTP")):
            watched = self.queries(partners, {"email": "b@example.test"})
        self.assertEqual(len(self.commit()), 1000)
        self.assertLessEqual(watched - plain, 20)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(triggers), 1)

    def test_the_number_of_queries_does_not_depend_on_the_number_of_records(self):
        added = []
        for count in (2, 100):
            partners = self.partners(count)
            self.rule.action_archive()
            self.env["ip.event.rule"]._watches()
            plain = self.queries(partners, {"email": "a@example.test"})
            self.commit()
            self.env.invalidate_all()
            self.rule.action_unarchive()
            self.env["ip.event.rule"]._watches()
            watched = self.queries(partners, {"email": "b@example.test"})
            self.assertEqual(len(self.commit()), count)
            added.append(watched - plain)
        self.assertLessEqual(added[1], added[0] + 2)

    def test_an_unwatched_write_needs_no_further_query(self):
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        self.commit()
        self.env["ip.event.rule"]._watches()
        self.env["ip.event.rule"]._delete_paths()
        self.env.invalidate_all()
        with_hooks = self.queries(tags, {"name": "C"})
        self.commit()
        self.env.invalidate_all()
        with patch.object(self.env.registry["base"], "_ip_watch", lambda self: None):
            without = self.queries(tags, {"name": "D"})
        self.assertEqual(with_hooks, without)
