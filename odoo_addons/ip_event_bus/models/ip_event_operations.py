from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .ip_bridge_state import ACTIVITIES

KEEP_DAYS = "ip.event.keep_days"
GC_BATCH = 10_000


class IpEvent(models.Model):
    """What operators can do with events, and how long finished ones are kept."""

    _inherit = "ip.event"

    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    decided_at = fields.Datetime("Decided On", readonly=True)

    def _locked_for_decision(self, states):
        """Locks those that are in one of the states, and not being sent."""
        self.env["ip.bridge"]._require_operator()
        self.check_access("read")
        locked = self.sudo().try_lock_for_update()
        locked.invalidate_recordset()
        return locked.filtered(lambda event: event.state in states)

    def _decide(self, vals, operation):
        self.write(
            {
                **vals,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        numbers = ", ".join(map(str, self.ids[:20])) + (" …" if len(self) > 20 else "")
        bridge = self.env["ip.bridge"]._get_bridge()
        if not self.search_count([("state", "=", "dead")], limit=1):
            bridge.activity_feedback([ACTIVITIES["refused"]])
        bridge._log_operation(f"{operation} {numbers}")

    def _notify(self, done, text):
        """Reports how many were changed, and how many could not be."""
        rest = len(self) - len(done)
        if rest:
            text += " " + self.env._(
                "%s left unchanged: in another state, or being sent right now.",
                rest,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if rest else "success",
                "message": text,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_retry(self):
        """Sends rejected events again, and held ones now.

        :raises UserError: if a later event about the same record was already sent: the
            receiver would take the older values for the newest
        """
        events = self._locked_for_decision(["dead", "pending"])
        if not self.env.context.get("out_of_order"):
            events._require_order()
        if events:
            vals = {"state": "pending", "attempts": 0, "next_try_at": False}
            events._decide(vals, self.env._("Retried events:"))
            self.env["ip.bridge"]._get_bridge()._wake()
        return self._notify(
            events, self.env._("Events waiting to be sent: %s.", len(events))
        )

    def _require_order(self):
        overtaken = self.filtered(
            lambda event: event.state == "dead" and event._is_overtaken()
        )
        if overtaken:
            raise UserError(
                self.env._(
                    "Later events about the same records have already been sent, so"
                    " these cannot simply be retried: %s. Discard them, or open each"
                    " and click “Retry Out of Order”.",
                    ", ".join(map(str, overtaken.ids[:20])),
                )
            )

    def _is_overtaken(self):
        """Whether a later event of the lane was sent, or is being sent right now."""
        later = self.search([("lane", "=", self.lane), ("id", ">", self.id)])
        waiting = later.filtered(lambda event: event.state == "pending")
        return (
            "sent" in later.mapped("state") or waiting.try_lock_for_update() != waiting
        )

    def action_discard(self):
        """Drops events; later ones about the same records are sent."""
        events = self._locked_for_decision(["dead", "pending"])
        if events:
            events._decide(
                {"state": "discarded", "next_try_at": False},
                self.env._("Discarded events:"),
            )
            self.env["ip.bridge"]._get_bridge()._wake()
        return self._notify(events, self.env._("Events discarded: %s.", len(events)))

    @api.autovacuum
    def _gc_finished(self):
        """Deletes finished events after a week; never pending or dead ones.

        :return: how many were deleted, and whether there are more
        """
        keep = self.env["ir.config_parameter"].sudo().get_param(KEEP_DAYS)
        try:
            days = max(1, int(keep or 7))
        except ValueError:
            days = 7
        before = fields.Datetime.now() - timedelta(days=days)
        finished = self.search(
            [
                ("state", "in", ["sent", "discarded", "superseded"]),
                ("occurred_at", "<", before),
                # After a long fault, an old event may have been sent only today.
                "|",
                ("sent_at", "=", False),
                ("sent_at", "<", before),
                "|",
                ("decided_at", "=", False),
                ("decided_at", "<", before),
            ],
            order="id",
            limit=GC_BATCH,
        )
        finished.unlink()
        return len(finished), len(finished) == GC_BATCH
