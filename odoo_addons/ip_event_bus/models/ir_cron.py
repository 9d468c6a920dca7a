import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _notifydb(self):
        """Wakes the cron workers; for the dispatcher, a failure is only logged.

        This runs after the commit of the user's transaction: an error would look as if
        the commit had failed. The workers also check for work every minute.
        """
        if not self.env.context.get("ip_event_bus_wake"):
            return super()._notifydb()
        try:
            return super()._notifydb()
        except Exception as error:  # noqa: BLE001
            _logger.warning("The cron workers could not be woken: %s", error)
            return None
