import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _notifydb(self):
        """Wakes the cron workers, and for the dispatcher does not mind a failure.

        This runs after the user's transaction is committed, which an error would make
        look like it was not. The workers look by themselves every minute.
        """
        if not self.env.context.get("ip_event_bus_wake"):
            return super()._notifydb()
        try:
            return super()._notifydb()
        except Exception as error:  # noqa: BLE001
            _logger.warning("The cron workers could not be woken: %s", error)
            return None
