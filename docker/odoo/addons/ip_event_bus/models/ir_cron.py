import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _notifydb(self):
        """Wakes the cron workers; for the dispatcher, failing to must not look like a failed commit.

        This runs after the user's transaction is committed. The workers look by themselves every
        minute.
        """
        if not self.env.context.get("ip_event_bus_wake"):
            return super()._notifydb()
        try:
            return super()._notifydb()
        except Exception as error:
            _logger.warning("The cron workers could not be woken: %s", error)
            return None
