import hashlib
import logging
import os
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# Environment variables of the Odoo server. A variable, or the file that <NAME>_FILE
# names, overrides the system parameter and so keeps the value out of database dumps.
ENVIRONMENT = {
    "ip.hmac.secret": "IP_HMAC_SECRET",
    "ip.hmac.secret.previous": "IP_HMAC_SECRET_PREVIOUS",
    "ip.odoo.api_key": "IP_ODOO_API_KEY",
    "ip.odoo.api_key.previous": "IP_ODOO_API_KEY_PREVIOUS",
    "ip.ingest.url": "IP_INGEST_URL",
    "ip.ingest.token": "IP_INGEST_TOKEN",
}
SECRETS = ("ip.hmac.secret", "ip.odoo.api_key")
PREVIOUS, UNSEEN = ".previous", ".unseen"


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


class IpBridge(models.Model):
    """The bridge: its settings and secrets.

    There is one record. Only the dispatcher and operators write it, so that users'
    transactions never conflict here.
    """

    _name = "ip.bridge"
    _description = "Supabase Bridge"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    name = fields.Char(default="Supabase Bridge", required=True)

    @api.model
    def _get_bridge(self):
        """The one record, as superuser."""
        return self.sudo().env.ref("ip_event_bus.bridge")

    @api.model
    def _setting(self, name):
        """A setting: from the environment, from a file named there, or from the system
        parameters.

        :return: the value without surrounding space; empty if it is not set. Also empty
            if the file cannot be read: an outdated parameter must not be used instead
        """
        variable = ENVIRONMENT.get(name)
        if variable and os.environ.get(variable):
            return os.environ[variable].strip()
        path = variable and os.environ.get(variable + "_FILE")
        if path:
            try:
                with open(path, encoding="utf-8") as file:
                    return file.read().strip()
            except (OSError, UnicodeDecodeError):
                _logger.error(
                    "%s_FILE names a file that cannot be read; the setting is empty",
                    variable,
                )
                return ""
        return (self.env["ir.config_parameter"].sudo().get_param(name) or "").strip()

    @api.model
    def _from_environment(self, name):
        """The environment variable that a setting comes from, or None."""
        variable = ENVIRONMENT[name]
        return next(
            (key for key in (variable, variable + "_FILE") if os.environ.get(key)), None
        )

    @api.model
    def _accepted_values(self, name):
        """The accepted values of a secret: the current one, and the previous one."""
        return [
            value
            for value in (self._setting(name), self._setting(name + PREVIOUS))
            if value
        ]

    @api.model
    def _make_secrets(self):
        """Generates the secrets that are not set yet."""
        parameters = self.env["ir.config_parameter"].sudo()
        for name in SECRETS:
            if not self._setting(name):
                secret = secrets.token_hex(32)
                self._set_secret(name, secret)
                parameters.set_param(name + UNSEEN, digest(secret))

    @api.model
    def _set_secret(self, name, value):
        """Makes a value the current secret; the previous one stays accepted, unless
        nobody knows it.

        :raises UserError: if another one is still accepted besides the current one
        """
        self._require_writable(name)
        parameters = self.env["ir.config_parameter"].sudo()
        before = self._setting(name)
        if before == value:
            return
        if before and not self._is_unseen(name):
            if self._setting(name + PREVIOUS):
                raise UserError(
                    self.env._(
                        "Only two values can be accepted at a time. Click “Revoke"
                        " Previous” first."
                    )
                )
            parameters.set_param(name + PREVIOUS, before)
        parameters.set_param(name, value)
        parameters.set_param(name + UNSEEN, False)

    @api.model
    def _end_previous(self, name):
        """Accepts only the current secret from now on."""
        self._require_writable(name)
        self.env["ir.config_parameter"].sudo().set_param(name + PREVIOUS, False)
        self._log_operation(self.env._("Revoked the previous value of %s.", name))

    @api.model
    def _require_writable(self, name):
        variable = self._from_environment(name)
        if variable:
            raise UserError(
                self.env._(
                    "The value comes from the environment variable %s of the server."
                    " Change it there.",
                    variable,
                )
            )

    @api.model
    def _is_unseen(self, name):
        """Whether the current secret was generated here and has never been shown."""
        unseen = self.env["ir.config_parameter"].sudo().get_param(name + UNSEEN)
        return bool(unseen) and unseen == digest(self._setting(name))

    @api.model
    def _mark_seen(self, name):
        self.env["ir.config_parameter"].sudo().set_param(name + UNSEEN, False)
