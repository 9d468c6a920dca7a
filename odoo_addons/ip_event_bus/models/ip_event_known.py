from odoo import fields, models


class IpEventKnown(models.Model):
    """What a watched record was like when reconciliation looked last."""

    _name = "ip.event.known"
    _description = "Record known to reconciliation"
    _log_access = False

    rule_id = fields.Many2one(
        "ip.event.rule", required=True, readonly=True, ondelete="cascade"
    )
    res_id = fields.Integer("Record ID", required=True, readonly=True)
    changed_at = fields.Datetime("write_date of the record", readonly=True)
    digest = fields.Char(
        readonly=True, help="Of the values that are sent; empty: not watched."
    )

    _record_unique = models.Constraint(
        "unique(rule_id, res_id)", "It is known already."
    )
