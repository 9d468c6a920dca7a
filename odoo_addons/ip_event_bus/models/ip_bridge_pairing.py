import json

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from .ip_bridge import digest

PAIRING = "ip.pairing"


class IpBridge(models.Model):
    """Whether this database is the one paired with the bridge, or a copy of it."""

    _inherit = "ip.bridge"

    paired_name = fields.Char(string="Paired Database", compute="_compute_pairing")
    paired_url = fields.Char(string="Paired Address", compute="_compute_pairing")
    paired_at = fields.Datetime(string="Paired On", compute="_compute_pairing")
    paired_by = fields.Char(compute="_compute_pairing")
    this_name = fields.Char(string="This Database", compute="_compute_pairing")
    this_url = fields.Char(string="This Address", compute="_compute_pairing")
    db_uuid = fields.Char(string="UUID", compute="_compute_pairing")
    pairing = fields.Selection(
        [
            ("none", "Not Paired Yet"),
            ("this", "Paired"),
            ("copy", "Copied or Moved"),
            ("neutralized", "Neutralized"),
        ],
        compute="_compute_pairing",
    )

    def _compute_pairing(self):
        base_url = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        paired = self._paired()
        if self._is_neutralized():
            pairing = "neutralized"
        elif not paired:
            pairing = "none"
        else:
            pairing = "this" if self._is_paired() else "copy"
        for bridge in self:
            bridge.pairing = pairing
            bridge.paired_name = paired.get("name")
            bridge.paired_url = paired.get("base_url")
            bridge.paired_at = paired.get("at")
            bridge.paired_by = paired.get("by")
            bridge.this_name = self.env.cr.dbname
            bridge.this_url = base_url
            bridge.db_uuid = self._db_uuid()

    @api.model
    def _db_uuid(self):
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""

    @api.model
    def _fingerprint(self):
        """Identifies this very database; a copy differs, however it was made.

        Copies by pg_dump or from a template keep database.uuid, but get another OID, or
        are in another server. Some hosting providers do not allow reading the server's
        identifier: it is empty then, and a table's OID, also assigned by the server,
        has to suffice.
        """
        cr = self.env.cr
        cr.execute(
            """select has_function_privilege('pg_control_system()', 'execute'),
                      current_database(),
                      (select oid from pg_database where datname = current_database()),
                      'ir_config_parameter'::regclass::oid"""
        )
        allowed, *identifiers = cr.fetchone()
        own = "\n".join([self._db_uuid(), *map(str, identifiers)])
        server = self._server_identifier() if allowed else ""
        return {
            "database": digest(own),
            "server": digest(server) if server else "",
        }

    @api.model
    def _server_identifier(self):
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    "select system_identifier from pg_control_system()",
                    log_exceptions=False,
                )
                return str(self.env.cr.fetchone()[0])
        except psycopg2.Error:
            return ""

    @api.model
    def _paired(self):
        """What was stored when a database was paired; empty if none ever was."""
        try:
            paired = json.loads(self._setting(PAIRING) or "{}")
        except ValueError:
            return {"database": "", "server": ""}
        return paired if isinstance(paired, dict) else {"database": "", "server": ""}

    @api.model
    def _is_neutralized(self):
        parameters = self.env["ir.config_parameter"].sudo()
        return bool(parameters.get_param("database.is_neutralized"))

    @api.model
    def _is_paired(self):
        """Whether this database is the one paired with the bridge, and not a copy.

        The first caller pairs it: what is configured for the first time is not a copy.
        """
        if self._is_neutralized():
            return False
        paired = self._paired()
        if not paired:
            if not self.env.cr.readonly:
                self._pair_first()
            return True
        fingerprint = self._fingerprint()
        return paired.get("database") == fingerprint["database"] and (
            not paired.get("server")
            or not fingerprint["server"]
            or paired["server"] == fingerprint["server"]
        )

    @api.model
    def _pairing(self):
        parameters = self.env["ir.config_parameter"].sudo()
        return {
            **self._fingerprint(),
            "name": self.env.cr.dbname,
            "base_url": parameters.get_param("web.base.url") or "",
            "at": fields.Datetime.to_string(fields.Datetime.now()),
            "by": self.env.user.login,
        }

    @api.model
    def _pair_first(self):
        # Of two concurrent callers the second waits, and is then retried by Odoo
        # instead of violating the unique key.
        self.env["ir.config_parameter"].flush_model()
        self.env.cr.execute(
            SQL(
                """insert into ir_config_parameter
                          (key, value, create_uid, create_date, write_uid, write_date)
                   values (%(key)s, %(value)s, %(uid)s, now() at time zone 'UTC',
                           %(uid)s, now() at time zone 'UTC')
                   on conflict (key) do nothing""",
                key=PAIRING,
                value=json.dumps(self._pairing()),
                uid=self.env.uid,
            )
        )
        self.env["ir.config_parameter"].invalidate_model()
        self.env.registry.clear_cache("stable")

    @api.model
    def _pair(self):
        """Makes this database the one paired with the bridge."""
        self.env["ir.config_parameter"].sudo().set_param(
            PAIRING, json.dumps(self._pairing())
        )
