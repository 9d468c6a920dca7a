from odoo import fields, models


class IpEventGap(models.Model):
    """A change whose event could not be written: reconciliation will send it.

    Written in the transaction of the change, and deleted once the record is sent.
    """

    _name = "ip.event.gap"
    _description = "Missed Event"
    _order = "id"
    _rec_name = "model"

    model = fields.Char(required=True, readonly=True, index=True)
    res_id = fields.Many2oneReference("Record ID", model_field="model", readonly=True)
    op = fields.Char("Operation", readonly=True)
    error = fields.Char(readonly=True)
