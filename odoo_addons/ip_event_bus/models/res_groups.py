from odoo import api, models

from .. import guard

_REFUSED = (
    "it would change who has which rights, which the bridge does not do;"
    " change them in Odoo"
)


class ResGroups(models.Model):
    """Keeps generic actions from giving rights, as by naming somebody's manager."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        guard.refuse(_REFUSED)
        return super().create(vals_list)

    def write(self, vals):
        guard.refuse(_REFUSED)
        return super().write(vals)

    def unlink(self):
        guard.refuse(_REFUSED)
        return super().unlink()
