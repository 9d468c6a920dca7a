from odoo import api, models

from .. import guard


class ResGroups(models.Model):
    """Keeps generic actions from giving rights, as by naming somebody's manager."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        self._ip_refuse()
        return super().create(vals_list)

    def write(self, vals):
        self._ip_refuse()
        return super().write(vals)

    def unlink(self):
        self._ip_refuse()
        return super().unlink()

    def _ip_refuse(self):
        if guard.is_on():
            raise guard.refused(
                "it would change who has which rights, which the bridge does not do;"
                " change them in Odoo"
            )
