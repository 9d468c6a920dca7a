from odoo import models

from odoo.addons.ip_event_bus.actions import Refused, action


class IpAgentActions(models.AbstractModel):
    _inherit = "ip.agent.actions"

    @action("account.move.post")
    def _post_move(self, args):
        """Posts an entry, an invoice or a bill, unless it is posted already."""
        self._only(args, "id")
        move = self._record("account.move", args)
        if move.state == "posted":
            return {**self._as_posted(move), "already_applied": True}
        move.with_company(move.company_id).action_post()
        if move.state != "posted":
            # Odoo wanted to ask a person something, with a wizard.
            raise Refused(
                422,
                "user_error",
                "Odoo did not post it: it has a question that a person must answer",
            )
        return self._as_posted(move)

    def _as_posted(self, move):
        return {"id": move.id, "name": move.name, "state": move.state}
