from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from .. import field_values
from ..api_error import ApiError
from ..closed import is_closed


class ModelPermissions(NamedTuple):
    """What the bridge may do with a model, and which fields it may set."""

    operations: frozenset
    fields: frozenset


class IpAgentModel(models.Model):
    """Opens a model to the bridge: for which operations, and with which fields."""

    _name = "ip.agent.model"
    _description = "Model Open to the Bridge"
    _order = "model"

    model_id = fields.Many2one(
        "ir.model",
        "Model",
        required=True,
        ondelete="cascade",
        domain=[("transient", "=", False), ("abstract", "=", False)],
    )
    model = fields.Char("Technical Name", related="model_id.model", store=True)
    active = fields.Boolean(default=True)
    allow_create = fields.Boolean("Create")
    allow_update = fields.Boolean("Update")
    allow_archive = fields.Boolean("Archive")
    allow_message = fields.Boolean("Post Messages")
    field_ids = fields.Many2many(
        "ir.model.fields",
        string="Fields",
        domain="[('model_id', '=', model_id)]",
        help="The only fields that the bridge may set when it creates or updates"
        " records. Lines (one2many), files, fields that are restricted to groups, and"
        " those that decide about rights, logins, money or mail can never be set.",
    )

    _model_uniq = models.Constraint(
        "unique(model_id)",
        "This model is already open to the bridge; it may be archived.",
    )

    @api.depends("model")
    def _compute_display_name(self):
        for opened in self:
            opened.display_name = opened.model

    @api.constrains("model_id", "allow_archive", "allow_message", "field_ids")
    def _check_possible(self):
        for opened in self:
            model = self.env.get(opened.model)
            if model is None or is_closed(self.env, opened.model):
                raise ValidationError(
                    self.env._("%s cannot be opened to the bridge.", opened.model)
                )
            if opened.allow_archive and not model._active_name:
                raise ValidationError(
                    self.env._(
                        "Records of %s cannot be archived. Clear “Archive”.",
                        opened.model_id.name,
                    )
                )
            if opened.allow_message and not hasattr(model, "message_post"):
                raise ValidationError(
                    self.env._(
                        "Records of %s have no chatter. Clear “Post Messages”.",
                        opened.model_id.name,
                    )
                )
            for field in opened.field_ids:
                opened._check_field(model, field)

    def _check_field(self, model, field):
        if field.model_id != self.model_id:
            reason = self.env._("it belongs to another model")
        else:
            reason = field_values.refused_reason(model, model._fields[field.name])
        if reason:
            raise ValidationError(
                self.env._(
                    "The field %(field)s cannot be opened: %(reason)s. Remove it.",
                    field=field.name,
                    reason=reason,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _permissions(self):
        """The open models, as ``{model: ModelPermissions}``."""
        found = {}
        for opened in self.sudo().search([]):
            model = self.env.get(opened.model)
            # A model may have been opened before it was closed.
            if model is not None and not is_closed(self.env, opened.model):
                found[opened.model] = opened._to_permissions(model)
        return found

    def _to_permissions(self, model):
        operations = {
            operation
            for operation in ("create", "update", "archive", "message")
            if self["allow_" + operation]
        }
        # A field may have changed since it was opened.
        names = {
            name
            for name in self.field_ids.mapped("name")
            if name in model._fields
            and not field_values.refused_reason(model, model._fields[name])
        }
        return ModelPermissions(frozenset(operations), frozenset(names))

    @api.model
    def _require_permission(self, model, operation):
        """The permissions for a model.

        :raise ApiError: 403 if they do not include the operation
        """
        permissions = self._permissions().get(model)
        if not permissions or operation not in permissions.operations:
            raise ApiError(
                403,
                "action_not_allowed",
                f"{operation} is not allowed for this model;"
                " allow it in Supabase Bridge > Configuration > Open Models",
            )
        return permissions
