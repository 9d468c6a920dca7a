from odoo import models


class ResUsersApikeys(models.Model):
    """The integration user has no API keys."""

    _inherit = "res.users.apikeys"

    def _check_credentials(self, *, scope, key):
        uid = super()._check_credentials(scope=scope, key=key)
        return None if self.env["res.users"]._ip_is_agent(uid) else uid

    def _generate(self, scope, name, expiration_date):
        self.env.user._ip_refuse_agent()
        return super()._generate(scope, name, expiration_date)
