import hashlib
import logging
import os
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# What a setting is called in the environment of the Odoo server: there, or in the file
# that <NAME>_FILE names, it takes the place of the system parameter and stands in no
# dump.
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
    """The other side: its settings and secrets.

    There is one record. Its columns belong to the dispatcher and to operators, so that
    no user's transaction can conflict here.
    """

    _name = "ip.bridge"
    _description = "Supabase Bridge"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    name = fields.Char(default="Supabase Bridge", required=True)

    @api.model
    def _the(self):
        """The one record, as superuser."""
        return self.sudo().env.ref("ip_event_bus.bridge")

    @api.model
    def _setting(self, name):
        """A setting of the environment, of a file that it names, or of the system
        parameters.

        :return: the text without surrounding space; empty if it is not set, or if the
            file cannot be read, which then must not fall back to a parameter of another
            time
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
                _logger.error("%s_FILE names a file that cannot be read", variable)
                return ""
        return (self.env["ir.config_parameter"].sudo().get_param(name) or "").strip()

    @api.model
    def _from_environment(self, name):
        """The variable of the environment that a setting comes from, or None."""
        variable = ENVIRONMENT[name]
        return next(
            (key for key in (variable, variable + "_FILE") if os.environ.get(key)), None
        )

    @api.model
    def _live(self, name):
        """The values that count for a secret: the one in force, and the one it
        replaces.
        """
        return [
            value
            for value in (self._setting(name), self._setting(name + PREVIOUS))
            if value
        ]

    @api.model
    def _make_secrets(self):
        """Makes the secrets that are not set yet."""
        parameters = self.env["ir.config_parameter"].sudo()
        for name in SECRETS:
            if not self._setting(name):
                secret = secrets.token_hex(32)
                self._set_secret(name, secret)
                parameters.set_param(name + UNSEEN, digest(secret))

    @api.model
    def _set_secret(self, name, value):
        """Puts a secret in force; the one before stays live, unless nobody knows it.

        :raises UserError: if the one before is not the only one that is live
        """
        self._require_writable(name)
        parameters = self.env["ir.config_parameter"].sudo()
        before = self._setting(name)
        if before == value:
            return
        if before and not self._is_unseen(name):
            if self._setting(name + PREVIOUS):
                raise UserError(
                    self.env._("End the previous one first: only two can be accepted.")
                )
            parameters.set_param(name + PREVIOUS, before)
        parameters.set_param(name, value)
        parameters.set_param(name + UNSEEN, False)

    @api.model
    def _end_previous(self, name):
        """Accepts only the secret that is in force from now on."""
        self._require_writable(name)
        self.env["ir.config_parameter"].sudo().set_param(name + PREVIOUS, False)
        self._record_act(self.env._("Ended the previous secret %s.", name))

    @api.model
    def _require_writable(self, name):
        variable = self._from_environment(name)
        if variable:
            raise UserError(
                self.env._("It comes from %s of the server: change it there.", variable)
            )

    @api.model
    def _is_unseen(self, name):
        """Whether the secret in force was made here and nobody has seen it."""
        unseen = self.env["ir.config_parameter"].sudo().get_param(name + UNSEEN)
        return bool(unseen) and unseen == digest(self._setting(name))

    @api.model
    def _mark_seen(self, name):
        self.env["ir.config_parameter"].sudo().set_param(name + UNSEEN, False)
