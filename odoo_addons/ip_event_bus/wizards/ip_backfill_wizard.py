from odoo import api, fields, models
from odoo.exceptions import UserError


class IpBackfillWizard(models.TransientModel):
    """Asks which existing records to send, and says how many that are before anything
    is sent.
    """

    _name = "ip.backfill.wizard"
    _description = "Send existing records"

    rule_id = fields.Many2one("ip.event.rule", "What", required=True)
    model = fields.Char(related="rule_id.model")
    domain = fields.Char("Only", default="[]", required=True)
    rate = fields.Integer(
        "Records a minute",
        default=0,
        help="At most. 0: as fast as the bridge takes them, always behind live events.",
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
                        self.env._("The condition cannot be used: %s", error)
                    ) from error

    def action_start(self):
        """Starts the sending, and shows it."""
        self.ensure_one()
        if self.rate < 0:
            raise UserError(self.env._("Records a minute: 0 or more are expected."))
        if not self.count:
            raise UserError(
                self.env._("There is no such record, so nothing would be sent.")
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
        self.env["ip.bridge"]._record_act(
            self.env._(
                "Started to send %(count)s existing %(records)s.",
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
