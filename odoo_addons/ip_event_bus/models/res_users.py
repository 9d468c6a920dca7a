from odoo import api, models
from odoo.exceptions import AccessDenied, UserError

from .. import guard

_ACCESS = {
    "active",
    "company_id",
    "company_ids",
    "email",
    "group_ids",
    "login",
    "new_password",
    "partner_id",
    "password",
    "role",
}

_REFUSED = (
    "it would change a user, which the bridge does not do;"
    " change the user in Odoo"
)


class ResUsers(models.Model):
    """Nobody logs in as the integration user, and generic actions change no user."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        guard.refuse(_REFUSED)
        return super().create(vals_list)

    def write(self, vals):
        if not _ACCESS.isdisjoint(vals):
            guard.refuse(_REFUSED)
        if vals.get("password") or vals.get("new_password"):
            self._ip_refuse_agent()
        return super().write(vals)

    def unlink(self):
        guard.refuse(_REFUSED)
        return super().unlink()

    def _check_credentials(self, credential, env):
        if self._ip_is_agent(self.env.uid):
            raise AccessDenied()
        return super()._check_credentials(credential, env)

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        if self._ip_is_agent(uid):
            raise AccessDenied()
        return super()._check_uid_passwd(uid, passwd)

    def _compute_session_token(self, sid):
        # Whatever a session was started with: without a token it is none.
        if self._ip_is_agent(self.id):
            return False
        return super()._compute_session_token(sid)

    def _action_reset_password(self, *args, **kwargs):
        self._ip_refuse_agent()
        return super()._action_reset_password(*args, **kwargs)

    @api.model
    def _ip_is_agent(self, uid):
        """Whether this is the integration user."""
        return uid and uid == self.env["ir.model.data"]._xmlid_to_res_id(
            "ip_event_bus.agent_user", raise_if_not_found=False
        )

    def _ip_refuse_agent(self):
        if any(self._ip_is_agent(uid) for uid in self._ids):
            raise UserError(
                self.env._(
                    "Nobody can log in as the integration user of the Supabase Bridge,"
                    " so it has neither a password nor API keys."
                )
            )
