import hashlib
import os
import secrets

from odoo import api, fields, models

# What a setting is called in the environment of the Odoo server: there, or in the file that
# <NAME>_FILE names, it takes the place of the system parameter and stands in no database dump.
ENVIRONMENT = {
    "ip.hmac.secret": "IP_HMAC_SECRET",
    "ip.hmac.secret.previous": "IP_HMAC_SECRET_PREVIOUS",
    "ip.odoo.api_key": "IP_ODOO_API_KEY",
    "ip.odoo.api_key.previous": "IP_ODOO_API_KEY_PREVIOUS",
    "ip.ingest.url": "IP_INGEST_URL",
    "ip.ingest.token": "IP_INGEST_TOKEN",
}


class IpBridge(models.Model):
    """The other side: how it is reached, whether it is, and whether this is the Odoo it knows.

    There is one record. Only the dispatcher writes to it, so that no user's transaction can
    conflict here.
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
        """A setting of the environment, of a file that it names, or of the system parameters.

        :return: the text without surrounding space; empty if it is not set
        """
        variable = ENVIRONMENT.get(name)
        if variable:
            if os.environ.get(variable):
                return os.environ[variable].strip()
            path = os.environ.get(variable + "_FILE")
            if path:
                with open(path, encoding="utf-8") as file:
                    return file.read().strip()
        return (self.env["ir.config_parameter"].sudo().get_param(name) or "").strip()

    @api.model
    def _live(self, name):
        """The values that count for a secret: the one in force, and the one it replaces."""
        return [
            value
            for value in (self._setting(name), self._setting(name + ".previous"))
            if value
        ]

    @api.model
    def _make_secrets(self):
        """Makes the secrets that are not set yet."""
        parameters = self.env["ir.config_parameter"].sudo()
        for name in ("ip.hmac.secret", "ip.odoo.api_key"):
            if not self._setting(name):
                parameters.set_param(name, secrets.token_hex(32))

    @api.model
    def _db_uuid(self):
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""

    @api.model
    def _fingerprint(self):
        """Names this very database: a copy has another one, wherever and however it was made.

        A copy keeps database.uuid when it was made by pg_dump or by a template, but not its
        name and number in a server, or not the server.
        """
        self.env.cr.execute(
            "select d.datname, d.oid, c.system_identifier from pg_database d, pg_control_system() c"
            " where d.datname = current_database()"
        )
        facts = [self._db_uuid(), *map(str, self.env.cr.fetchone())]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()

    @api.model
    def _is_paired(self):
        """Whether this database is the one that was paired with the bridge, and no copy of it.

        The first one to ask is paired: what is configured for the first time is no copy.
        """
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param("database.is_neutralized"):
            return False
        known = parameters.get_param("ip.pairing.fingerprint")
        if not known:
            self._pair()
            return True
        return known == self._fingerprint()

    @api.model
    def _pair(self):
        """Makes this database the one that speaks with the bridge."""
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("ip.pairing.fingerprint", self._fingerprint())
        parameters.set_param("ip.pairing.base_url", parameters.get_param("web.base.url") or "")
