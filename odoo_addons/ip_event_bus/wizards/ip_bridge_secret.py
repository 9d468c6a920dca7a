import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

SHOWN_FOR = timedelta(minutes=10)
MIN_LENGTH = 16  # characters of a secret that a user enters


class IpBridgeSecret(models.TransientModel):
    """Shows a secret once, or takes a new one; only the system parameters store it."""

    _name = "ip.bridge.secret"
    _description = "Supabase Bridge Secret"

    name = fields.Selection(
        [("ip.hmac.secret", "HMAC Secret"), ("ip.odoo.api_key", "API Key")],
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
            if (
                len(value) < MIN_LENGTH
                or not value.isascii()
                or not value.isprintable()
            ):
                raise UserError(
                    self.env._(
                        "The secret must have at least %s characters, and consist only"
                        " of ASCII letters, digits and symbols.",
                        MIN_LENGTH,
                    )
                )
            bridge = self.env["ip.bridge"]
            bridge._set_secret(wizard.name, value)
            bridge._log_operation(self.env._("Entered a new %s.", wizard.name))

    @api.model
    def _open(self, name, shows):
        title = self.env._("Copy It Now") if shows else self.env._("Enter a Secret")
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
        """Shows the current secret, if it has never been shown."""
        bridge = self.env["ip.bridge"]
        if not bridge._is_unseen(name):
            raise UserError(
                self.env._("It has been shown before. Rotate it to get a new one.")
            )
        bridge._mark_seen(name)
        bridge._log_operation(self.env._("Viewed %s.", name))
        return self._open(name, True)

    @api.model
    def _rotate(self, name):
        """Generates a new secret and shows it; the previous one is accepted until it is
        revoked.
        """
        bridge = self.env["ip.bridge"]
        bridge._set_secret(name, secrets.token_hex(32))
        bridge._log_operation(self.env._("Rotated %s.", name))
        return self._open(name, True)

    def action_save(self):
        """The value is saved with the form."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}
