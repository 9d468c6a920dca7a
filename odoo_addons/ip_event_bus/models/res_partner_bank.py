from odoo import api, models

from .. import guard

_MONEY = {
    "acc_number",
    "active",
    "allow_out_payment",
    "bank_id",
    "clearing_number",
    "partner_id",
}

_REFUSED = (
    "it would change a bank account, which the bridge does not do;"
    " change it in Odoo"
)


class ResPartnerBank(models.Model):
    """Keeps generic actions from deciding where money goes."""

    _inherit = "res.partner.bank"

    @api.model_create_multi
    def create(self, vals_list):
        guard.refuse(_REFUSED)
        return super().create(vals_list)

    def write(self, vals):
        if not _MONEY.isdisjoint(vals):
            guard.refuse(_REFUSED)
        return super().write(vals)

    def unlink(self):
        guard.refuse(_REFUSED)
        return super().unlink()
