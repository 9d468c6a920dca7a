from odoo import api, models

from .. import capture


class Base(models.AbstractModel):
    """Notices what happens to records of watched models.

    A class in every model's inheritance, and no patch of the models: those are taken
    away again whenever somebody edits an automation rule.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        watch = self._ip_watch()
        if watch:
            capture.created(watch, records)
        return records

    def write(self, vals):
        watch = self._ip_watch()
        if watch and not watch.triggers.isdisjoint(vals):
            capture.touched(watch, self)
        return super().write(vals)

    def _compute_field_value(self, field):
        watch = self._ip_watch()
        if watch and not watch.triggers.isdisjoint(
            other.name for other in self.pool.field_computed[field] if other.store
        ):
            capture.touched(watch, self)
        return super()._compute_field_value(field)

    def unlink(self):
        if not self._ip_reaches_watched():
            return super().unlink()
        doomed = capture.doomed(self)
        result = super().unlink()
        capture.deleted(self.env, doomed)
        return result

    def _ip_watch(self):
        """What is watched here: None for most, and while modules are installed."""
        if not self.pool.ready:
            return None
        return self.env["ip.event.rule"]._for(self._name)

    def _ip_reaches_watched(self):
        """Whether a deletion of this model touches anything watched."""
        if not self.pool.ready:
            return False
        return self.env["ip.event.rule"]._reach(self._name) is not None
