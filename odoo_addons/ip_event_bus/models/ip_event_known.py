from odoo import fields, models


class IpEventKnown(models.Model):
    """A watched record as of the last reconciliation."""

    _name = "ip.event.known"
    _description = "Record Known to Reconciliation"
    _log_access = False

    rule_id = fields.Many2one(
        "ip.event.rule", required=True, readonly=True, ondelete="cascade"
    )
    res_id = fields.Integer("Record ID", required=True, readonly=True)
    changed_at = fields.Datetime("Last Updated On", readonly=True)
    digest = fields.Char(
        readonly=True,
        help="The digest of the values to send; empty if the record is not watched.",
    )

    _record_unique = models.Constraint(
        "unique(rule_id, res_id)", "This record is already known to this rule."
    )
