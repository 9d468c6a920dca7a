import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

SHOWN_FOR = timedelta(minutes=10)
SHORTEST = 16  # characters of a secret that somebody brings along


class IpBridgeSecret(models.TransientModel):
    """Shows a secret once, or takes another one; it is kept in the system parameters
    alone.
    """

    _name = "ip.bridge.secret"
    _description = "Secret of the Supabase Bridge"

    name = fields.Selection(
        [("ip.hmac.secret", "HMAC secret"), ("ip.odoo.api_key", "API key of Odoo")],
        required=True,
        readonly=True,
    )
    shows = fields.Boolean(readonly=True)
    value = fields.Char(compute="_compute_value", inverse="_inverse_value", copy=False)

    @api.depends("name", "shows")
    @api.depends_context("uid")
    def _compute_value(self):
        soon = fields.Datetime.now() - SHOWN_FOR
        for wizard in self:
            shown = (
                wizard.shows
                and wizard.create_uid == self.env.user
                and wizard.create_date > soon
            )
            wizard.value = shown and self.env["ip.bridge"]._setting(wizard.name)

    def _inverse_value(self):
        for wizard in self.filtered(lambda wizard: not wizard.shows):
            value = (wizard.value or "").strip()
            if len(value) < SHORTEST or not value.isascii() or not value.isprintable():
                raise UserError(
                    self.env._(
                        "A secret has at least %s characters, letters, digits and"
                        " signs of ASCII alone.",
                        SHORTEST,
                    )
                )
            bridge = self.env["ip.bridge"]
            bridge._set_secret(wizard.name, value)
            bridge._record_act(self.env._("Entered the secret %s.", wizard.name))

    @api.model
    def _open(self, name, shows):
        title = self.env._("Copy it now") if shows else self.env._("Enter a secret")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.create({"name": name, "shows": shows}).id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _show_once(self, name):
        """Shows what is in force, if nobody has seen it."""
        bridge = self.env["ip.bridge"]
        if not bridge._is_unseen(name):
            raise UserError(
                self.env._("It was shown before. Rotate it to get a new one.")
            )
        bridge._mark_seen(name)
        bridge._record_act(self.env._("Looked at the secret %s.", name))
        return self._open(name, True)

    @api.model
    def _rotate(self, name):
        """Puts a new one in force and shows it; the one before is accepted until it is
        ended.
        """
        bridge = self.env["ip.bridge"]
        bridge._set_secret(name, secrets.token_hex(32))
        bridge._record_act(self.env._("Rotated the secret %s.", name))
        return self._open(name, True)

    def action_save(self):
        """The value is saved with the form."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}
