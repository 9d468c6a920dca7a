from odoo import fields, models


class IpEventGap(models.Model):
    """A change that could not be written down as an event: reconciliation sends it.

    Written in the user's transaction, whose change it is about, and deleted by whoever
    emits the record again.
    """

    _name = "ip.event.gap"
    _description = "Missed Event"
    _order = "id"
    _rec_name = "model"

    model = fields.Char(required=True, readonly=True, index=True)
    res_id = fields.Many2oneReference("Record ID", model_field="model", readonly=True)
    op = fields.Char("What happened", readonly=True)
    error = fields.Char(readonly=True)
