from datetime import timedelta

from odoo import fields, models
from odoo.tools import config

from .. import bridge_client
from ..delivery_result import DeliveryResult

CRON_OVERDUE = timedelta(minutes=15)


class IpBridge(models.Model):
    """Warns of what stops events from being sent while the bridge refuses nothing."""

    _inherit = "ip.bridge"

    last_run_at = fields.Datetime(string="Last Run", compute="_compute_warning")
    cron_active = fields.Boolean(compute="_compute_warning")
    warning = fields.Text(compute="_compute_warning")

    def _compute_warning(self):
        cron = self._dispatch_cron()
        active = bool(cron) and all(self._all_crons().mapped("active"))
        for bridge in self:
            bridge.last_run_at = cron.lastcall
            bridge.cron_active = active
            bridge.warning = "\n".join(bridge._warnings()) or False

    def _warnings(self):
        _ = self.env._
        cron = self._dispatch_cron()
        overdue = (
            not cron.lastcall or fields.Datetime.now() - cron.lastcall > CRON_OVERDUE
        )
        found = []
        if self._is_neutralized():
            found.append(
                _("This database is neutralized (a copy for testing). Nothing is sent.")
            )
        elif self._missing_settings():
            names = {
                "ip.ingest.url": _("address"),
                "ip.ingest.token": _("token"),
                "ip.hmac.secret": _("HMAC secret"),
            }
            missing = [f"{names[name]} ({name})" for name in self._missing_settings()]
            found.append(
                _("Events are waiting for missing settings: %s.", ", ".join(missing))
            )
        elif not bridge_client.ingest_url(self._setting("ip.ingest.url")):
            found.append(self._explain(DeliveryResult("bad_url")))
        if not cron.active:
            found.append(
                _(
                    "The scheduled action “%s” is not active, so nothing is sent."
                    " Activate it.",
                    cron.name or "",
                )
            )
        elif not config["max_cron_threads"] and overdue:
            found.append(
                _(
                    "This server runs no scheduled actions (max_cron_threads is 0), and"
                    " no other server has run them recently. Set max_cron_threads to 1"
                    " or more in the server's configuration and restart it."
                )
            )
        elif overdue and self.oldest_pending_at:
            found.append(
                _(
                    "Events are waiting, but the scheduled action has not run for 15"
                    " minutes. Check the server's log for what keeps its cron workers"
                    " busy."
                )
            )
        others = (self._all_crons() - cron).filtered(lambda other: not other.active)
        if others and not self._is_neutralized():
            names = ", ".join(others.mapped("cron_name"))
            found.append(
                _("These scheduled actions are not active: %s. Activate them.", names)
            )
        return found
