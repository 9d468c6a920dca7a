from odoo import api, fields, models
from odoo.exceptions import UserError


class IpBackfillWizard(models.TransientModel):
    """Selects existing records to send, and shows how many there are before anything
    is sent.
    """

    _name = "ip.backfill.wizard"
    _description = "Send Existing Records"

    rule_id = fields.Many2one("ip.event.rule", "Event Rule", required=True)
    model = fields.Char(related="rule_id.model")
    domain = fields.Char("Filter", default="[]", required=True)
    rate = fields.Integer(
        "Records per Minute",
        default=0,
        help="The maximum rate. 0 means as fast as the bridge accepts them. Live events"
        " are always sent first.",
    )
    count = fields.Integer("Records", compute="_compute_count")

    @api.depends("rule_id", "domain")
    def _compute_count(self):
        for wizard in self:
            wizard.count = 0
            if wizard.rule_id:
                try:
                    model, domain = self.env["ip.backfill"]._records(
                        wizard.rule_id, wizard.domain
                    )
                    wizard.count = model.search_count(domain)
                except Exception as error:
                    raise UserError(
                        self.env._("The filter cannot be used: %s", error)
                    ) from error

    def action_start(self):
        """Starts the backfill, and shows it."""
        self.ensure_one()
        if self.rate < 0:
            raise UserError(self.env._("Records per Minute must be 0 or more."))
        if not self.count:
            raise UserError(
                self.env._("No record matches, so there is nothing to send.")
            )
        model, domain = self.env["ip.backfill"]._records(self.rule_id, self.domain)
        last = model.search(domain, order="id desc", limit=1)
        job = (
            self.env["ip.backfill"]
            .sudo()
            .create(
                {
                    "rule_id": self.rule_id.id,
                    "domain": self.domain,
                    "rate": self.rate,
                    "total": self.count,
                    "last_id": last.id,
                    "requested_by_id": self.env.uid,
                }
            )
        )
        self.env["ip.bridge"]._log_operation(
            self.env._(
                "Started a backfill of %(records)s: %(count)s records.",
                count=self.count,
                records=self.rule_id.name,
            )
        )
        job._wake()
        return {
            "type": "ir.actions.act_window",
            "res_model": "ip.backfill",
            "res_id": job.id,
            "view_mode": "form",
        }
