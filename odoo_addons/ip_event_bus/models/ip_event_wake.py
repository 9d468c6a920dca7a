from contextlib import contextmanager

from odoo import api, models


class IpEvent(models.Model):
    """Wakes the dispatcher once per transaction that writes events."""

    _inherit = "ip.event"

    @api.model
    def _wake(self):
        """Triggers the dispatcher once per transaction, again only if rolled back."""
        memory = self._transaction_data()
        if "due" in memory:
            memory["due"] = True
            return
        cron = self.env.ref("ip_event_bus.cron_dispatch", raise_if_not_found=False)
        if not cron:
            return
        trigger = self.env["ir.cron.trigger"].sudo().browse(memory.get("trigger"))
        if not trigger.exists():
            trigger = cron.sudo().with_context(ip_event_bus_wake=True)._trigger()
            memory["trigger"] = trigger.id

    @contextmanager
    def _waking_once(self):
        """Defers waking the dispatcher until everything inside, with its savepoints, is
        done.

        An exception rolls the transaction back, and leaves nothing to wake for.
        """
        memory = self._transaction_data()
        memory["due"] = False
        yield
        if memory.pop("due"):
            self._wake()
