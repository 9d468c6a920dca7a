from odoo.tools import mute_logger

from .capture_common import CaptureCase

LOGGER = "odoo.addons.ip_event_bus.models.ip_event_reconcile"


class ReconcileCase(CaptureCase):
    """Three contacts known to reconciliation, and ways to change them unnoticed."""

    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"].create(
            [{"name": f"P{number}"} for number in range(3)]
        )
        self.commit()
        self.reconcile()
        self.assertEqual(self.commit(), [])

    def reconcile(self):
        with self.enter_registry_test_mode():
            self.env.ref("ip_event_bus.cron_reconcile").method_direct_trigger()
        self.env.invalidate_all()

    def by_sql(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(query, params)
        self.env.invalidate_all()

    def sql_rename(self, partner, name):
        self.by_sql(
            "UPDATE res_partner SET name = %s, complete_name = %s,"
            " write_date = write_date + interval '1 second' WHERE id = %s",
            name,
            name,
            partner.id,
        )

    def found(self):
        with mute_logger(LOGGER):
            self.reconcile()
        return [
            (body["event_type"], body["resource_id"], body["origin"]["source"])
            for body in self.commit()
        ]
