from odoo import fields, models


class IpBridge(models.Model):
    """The scheduled actions of this addon."""

    _inherit = "ip.bridge"

    def _wake(self, at=None):
        """Runs the dispatcher now, or at the given time unless it runs before."""
        cron = self._dispatch_cron()
        planned = at and self.env["ir.cron.trigger"].sudo().search_count(
            [
                ("cron_id", "=", cron.id),
                ("call_at", ">", fields.Datetime.now()),
                ("call_at", "<=", at),
            ],
            limit=1,
        )
        if cron and not planned:
            cron._trigger(at)

    def _all_crons(self):
        """All scheduled actions of this addon."""
        crons = self._dispatch_cron()
        for name in ("backfill", "reconcile", "inbox"):
            crons |= self.env.ref(f"ip_event_bus.cron_{name}", False) or crons
        return crons

    def _dispatch_cron(self):
        cron = self.env.ref("ip_event_bus.cron_dispatch", raise_if_not_found=False)
        return (cron or self.env["ir.cron"]).sudo()
