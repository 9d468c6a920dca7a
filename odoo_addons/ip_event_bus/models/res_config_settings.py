from odoo import api, fields, models

from .ip_bridge import PREVIOUS


class ResConfigSettings(models.TransientModel):
    """Settings → Supabase Bridge. Secrets are sent to the server, but never back."""

    _inherit = "res.config.settings"

    ip_ingest_url = fields.Char("Bridge Address", config_parameter="ip.ingest.url")
    ip_ingest_token = fields.Char("New Token", copy=False)
    ip_event_keep_days = fields.Integer(
        "Keep Sent Events For", config_parameter="ip.event.keep_days", default=7
    )
    ip_bridge_id = fields.Many2one(
        "ip.bridge", default=lambda self: self.env["ip.bridge"]._get_bridge().id
    )
    ip_bridge_state = fields.Selection(related="ip_bridge_id.state")
    ip_bridge_reason = fields.Char(related="ip_bridge_id.reason")
    ip_bridge_warning = fields.Text(related="ip_bridge_id.warning")
    ip_bridge_last_run_at = fields.Datetime(related="ip_bridge_id.last_run_at")
    ip_bridge_last_success_at = fields.Datetime(related="ip_bridge_id.last_success_at")
    ip_bridge_oldest_pending_at = fields.Datetime(
        related="ip_bridge_id.oldest_pending_at"
    )
    ip_bridge_pending_count = fields.Integer(related="ip_bridge_id.pending_count")
    ip_bridge_dead_count = fields.Integer(related="ip_bridge_id.dead_count")
    ip_bridge_pairing = fields.Selection(related="ip_bridge_id.pairing")
    ip_bridge_cron_active = fields.Boolean(related="ip_bridge_id.cron_active")
    ip_bridge_responsible_id = fields.Many2one(
        related="ip_bridge_id.responsible_id", readonly=False
    )

    ip_url_variable = fields.Char(compute="_compute_ip_bridge_secrets")
    ip_token_variable = fields.Char(compute="_compute_ip_bridge_secrets")
    ip_token_set = fields.Boolean(compute="_compute_ip_bridge_secrets")
    ip_secret_variable = fields.Char(compute="_compute_ip_bridge_secrets")
    ip_secret_set = fields.Boolean(compute="_compute_ip_bridge_secrets")
    ip_secret_unseen = fields.Boolean(compute="_compute_ip_bridge_secrets")
    ip_secret_previous = fields.Boolean(compute="_compute_ip_bridge_secrets")
    ip_key_variable = fields.Char(compute="_compute_ip_bridge_secrets")
    ip_key_set = fields.Boolean(compute="_compute_ip_bridge_secrets")
    ip_key_unseen = fields.Boolean(compute="_compute_ip_bridge_secrets")
    ip_key_previous = fields.Boolean(compute="_compute_ip_bridge_secrets")

    @api.depends("ip_bridge_id")
    def _compute_ip_bridge_secrets(self):
        bridge = self.env["ip.bridge"]
        secret, key = "ip.hmac.secret", "ip.odoo.api_key"
        for settings in self:
            settings.ip_url_variable = bridge._from_environment("ip.ingest.url")
            settings.ip_token_variable = bridge._from_environment("ip.ingest.token")
            settings.ip_token_set = bool(bridge._setting("ip.ingest.token"))
            settings.ip_secret_variable = bridge._from_environment(secret)
            settings.ip_secret_set = bool(bridge._setting(secret))
            settings.ip_secret_unseen = bridge._is_unseen(secret)
            settings.ip_secret_previous = bool(bridge._setting(secret + PREVIOUS))
            settings.ip_key_variable = bridge._from_environment(key)
            settings.ip_key_set = bool(bridge._setting(key))
            settings.ip_key_unseen = bridge._is_unseen(key)
            settings.ip_key_previous = bool(bridge._setting(key + PREVIOUS))

    def set_values(self):
        bridge = self.env["ip.bridge"]
        parameters = self.env["ir.config_parameter"].sudo()
        before = parameters.get_param("ip.ingest.url")
        if self.ip_ingest_url and self.ip_ingest_url != before:
            bridge._require_address(self.ip_ingest_url)
        result = super().set_values()
        changed = (self.ip_ingest_url or False) != before
        if self.ip_ingest_token:
            parameters.set_param("ip.ingest.token", self.ip_ingest_token.strip())
            # It is in the parameters now, so the row of this form must not keep it.
            self.ip_ingest_token = False
            changed = True
        if changed:
            bridge._log_operation(self.env._("Changed the address or the token."))
            # A database that is configured for the first time is not a copy.
            bridge._is_paired()
            bridge.action_resume()
        return result

    def action_ip_test_connection(self):
        return self.env["ip.bridge"].action_test_connection()

    def action_ip_activate_cron(self):
        self.env["ip.bridge"].action_activate_cron()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_ip_secret(self):
        """Shows, rotates, enters or revokes a secret; the button's context has the
        secret and the operation.
        """
        self.env["ip.bridge"]._require_administrator()
        name = self.env.context["ip_secret"]
        wizard = self.env["ip.bridge.secret"]
        operation = self.env.context["ip_operation"]
        if operation == "show":
            return wizard._show_once(name)
        if operation == "rotate":
            return wizard._rotate(name)
        if operation == "enter":
            return wizard._open(name, False)
        self.env["ip.bridge"]._end_previous(name)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
