import json

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from .ip_bridge import digest

PAIRING = "ip.pairing"


class IpBridge(models.Model):
    """Whether the bridge is to speak with this database, or it is a copy."""

    _inherit = "ip.bridge"

    paired_name = fields.Char(string="Paired database", compute="_compute_pairing")
    paired_url = fields.Char(string="Its address", compute="_compute_pairing")
    paired_at = fields.Datetime(string="Paired on", compute="_compute_pairing")
    paired_by = fields.Char(compute="_compute_pairing")
    this_name = fields.Char(string="This database", compute="_compute_pairing")
    this_url = fields.Char(string="This address", compute="_compute_pairing")
    db_uuid = fields.Char(string="UUID", compute="_compute_pairing")
    pairing = fields.Selection(
        [
            ("none", "Not paired yet"),
            ("this", "Paired"),
            ("copy", "A copy, or moved"),
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
    def _facts(self):
        """What names this very database; a copy has other facts, however it was made.

        pg_dump and a template keep database.uuid, but not the database's number in its
        server, or not the server. Some hosters let nobody ask for the server's
        identifier: then it is empty, and the number of a table, given by the server as
        well, has to do.
        """
        cr = self.env.cr
        cr.execute(
            """select has_function_privilege('pg_control_system()', 'execute'),
                      current_database(),
                      (select oid from pg_database where datname = current_database()),
                      'ir_config_parameter'::regclass::oid"""
        )
        allowed, *facts = cr.fetchone()
        own = "\n".join([self._db_uuid(), *map(str, facts)])
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
        """What was noted when a database was paired; empty if none ever was."""
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
        """Whether this database is the one that was paired with the bridge, and no copy
        of it.

        The first one to ask is paired: what is configured for the first time is no
        copy.
        """
        if self._is_neutralized():
            return False
        paired = self._paired()
        if not paired:
            if not self.env.cr.readonly:
                self._pair_first()
            return True
        facts = self._facts()
        return paired.get("database") == facts["database"] and (
            not paired.get("server")
            or not facts["server"]
            or paired["server"] == facts["server"]
        )

    @api.model
    def _pairing(self):
        parameters = self.env["ir.config_parameter"].sudo()
        return {
            **self._facts(),
            "name": self.env.cr.dbname,
            "base_url": parameters.get_param("web.base.url") or "",
            "at": fields.Datetime.to_string(fields.Datetime.now()),
            "by": self.env.user.login,
        }

    @api.model
    def _pair_first(self):
        # Two who ask at once: the second waits, and is then repeated by Odoo instead of
        # failing on the key.
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
        """Makes this database the one that speaks with the bridge."""
        self.env["ir.config_parameter"].sudo().set_param(
            PAIRING, json.dumps(self._pairing())
        )
