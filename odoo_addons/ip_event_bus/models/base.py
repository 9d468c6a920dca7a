from odoo import api, models

from .. import capture


class Base(models.AbstractModel):
    """Captures changes to records of watched models.

    It is inherited by every model. Patching the models would not do: patches are
    removed whenever someone edits an automation rule.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        watch = self._ip_watch()
        if watch:
            capture.after_create(watch, records)
        return records

    def write(self, vals):
        watch = self._ip_watch()
        if watch and not watch.triggers.isdisjoint(vals):
            capture.before_update(watch, self)
        return super().write(vals)

    def _compute_field_value(self, field):
        watch = self._ip_watch()
        if watch and not watch.triggers.isdisjoint(
            other.name for other in self.pool.field_computed[field] if other.store
        ):
            capture.before_update(watch, self)
        return super()._compute_field_value(field)

    def unlink(self):
        if not self._ip_delete_is_watched():
            return super().unlink()
        watched = capture.before_delete(self)
        result = super().unlink()
        capture.after_delete(self.env, watched)
        return result

    def _update_field_translations(self, field_name, *args, **kwargs):
        # Odoo updates the translations by SQL, and only then calls write().
        watch = self._ip_watch()
        if watch and field_name in watch.triggers:
            capture.before_update(watch, self)
        return super()._update_field_translations(field_name, *args, **kwargs)

    def _ip_check_reachable(self):
        """Refuses records of users and companies to generic actions: see res.partner.

        :raise ApiError: 403
        """
        for parent, name in self._inherits.items():
            if parent == "res.partner":
                self[name]._ip_check_reachable()

    def _ip_watch(self):
        """The Watch of this model: None for most, and while modules are installed."""
        if not self.pool.ready:
            return None
        return self.env["ip.event.rule"]._watch_for(self._name)

    def _ip_delete_is_watched(self):
        """Whether deleting records of this model affects watched ones."""
        if not self.pool.ready:
            return False
        return self.env["ip.event.rule"]._delete_paths_for(self._name) is not None
