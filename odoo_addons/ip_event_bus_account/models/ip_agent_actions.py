from odoo import models

from odoo.addons.ip_event_bus.actions import ApiError, action


class IpAgentActions(models.AbstractModel):
    _inherit = "ip.agent.actions"

    @action("account.move.post")
    def _post_move(self, args):
        """Posts a journal entry, an invoice or a bill, unless it is posted already."""
        self._check_arg_names(args, "id")
        move = self._get_record("account.move", args)
        if move.state == "posted":
            return {**self._as_posted(move), "already_applied": True}
        move.with_company(move.company_id).action_post()
        if move.state != "posted":
            # Odoo has opened a wizard instead, with a question for a user.
            raise ApiError(
                422,
                "user_error",
                "Odoo did not post it because a user has to answer a question;"
                " post it in Odoo",
            )
        return self._as_posted(move)

    def _as_posted(self, move):
        return {"id": move.id, "name": move.name, "state": move.state}
