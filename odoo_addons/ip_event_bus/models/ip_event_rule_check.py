import ast
import logging

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..closed import CREDENTIAL

_logger = logging.getLogger(__name__)

# Never sent: models that run Odoo or this addon, or hold credentials.
RESERVED = (
    "ip.",
    "ir.",
    "bus.",
    "base_import.",
    "base.",
    "res.users",
    "auth.",
    "auth_",
)
# These compare values of the record itself and search no other records.
PLAIN_OPERATORS = {
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "not in",
    "like",
    "not like",
    "ilike",
    "not ilike",
    "=like",
    "=ilike",
}
REFUSED_TYPES = {"binary", "image", "one2many", "properties", "properties_definition"}


class IpEventRule(models.Model):
    """Checks what can be watched, and whether the selected fields still exist."""

    _inherit = "ip.event.rule"

    @api.constrains("model_id")
    def _check_model(self):
        for rule in self:
            model = self.env.get(rule.model)
            if model is None:
                raise ValidationError(
                    self.env._("There is no model %s in this database.", rule.model)
                )
            if model._abstract or model._transient or not model._auto:
                raise ValidationError(
                    self.env._(
                        "%s has no lasting records, so there is nothing to watch."
                        " Select the model that the data belongs to.",
                        rule.model,
                    )
                )
            if rule.model.startswith(RESERVED):
                raise ValidationError(
                    self.env._(
                        "%s is internal to Odoo and cannot be sent. Select a model with"
                        " business data.",
                        rule.model,
                    )
                )

    @api.constrains("field_ids", "model_id")
    def _check_chosen_fields(self):
        for rule in self:
            if not rule.field_ids:
                raise ValidationError(
                    self.env._("%s: select at least one field to send.", rule.name)
                )
            model = self.env[rule.model]
            for field in rule.field_ids:
                name = field.name
                reason = (
                    self._refused_reason(model, name)
                    if field.model == rule.model
                    else self.env._("it belongs to %s", field.model)
                )
                if reason:
                    raise ValidationError(
                        self.env._(
                            "%(rule)s: the field %(field)s cannot be sent, because"
                            " %(reason)s. Remove it from the list.",
                            rule=rule.name,
                            field=name,
                            reason=reason,
                        )
                    )

    @api.model
    def _refused_reason(self, model, name):
        """Why a field cannot be sent, as the end of a sentence; None if it can."""
        field = model._fields.get(name)
        if field is None:
            return self.env._("%s has no such field", model._name)
        if field.groups:
            return self.env._("only the groups %s can see it", field.groups)
        if CREDENTIAL.search(name):
            return self.env._("it is a credential")
        if field.type == "one2many":
            return self.env._(
                "its lines are separate records; watch their model instead"
            )
        if field.type in REFUSED_TYPES:
            return self.env._("fields of type %s cannot be sent", field.type)
        if not field.store:
            return self.env._(
                "it is not stored, so changes to its value cannot be detected"
            )
        return None

    @api.constrains("domain", "model_id")
    def _check_domain(self):
        for rule in self:
            try:
                domain = rule._get_domain()
                model = self.env[rule.model].sudo()
                with self.env.cr.savepoint():
                    sample = model.with_context(active_test=False).search(
                        domain, limit=1
                    )
                sample.filtered_domain(domain)
            except ValidationError:
                raise
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "%(rule)s: the domain %(domain)s does not work: %(error)s",
                        rule=rule.name,
                        domain=rule.domain,
                        error=error,
                    )
                ) from error

    def _get_domain(self):
        """The domain as a Domain.

        :raise ValidationError: if it cannot be used, with the reason
        """
        self.ensure_one()
        try:
            items = ast.literal_eval(self.domain.strip() or "[]")
        except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
            raise ValidationError(
                self.env._(
                    "%(rule)s: the domain %(domain)s must be a list of plain"
                    " conditions, for example [('is_company', '=', True)]. It is the"
                    " same for all users, so it cannot use uid, context_today() and the"
                    " like.",
                    rule=self.name,
                    domain=self.domain,
                )
            ) from error
        domain = Domain(items)
        for condition in domain.iter_conditions():
            self._check_condition(condition)
        return domain

    def _check_condition(self, condition):
        if condition.operator not in PLAIN_OPERATORS:
            raise ValidationError(
                self.env._(
                    "%(rule)s: the operator %(operator)s searches other records and"
                    " cannot be used here. Use one of %(operators)s.",
                    rule=self.name,
                    operator=condition.operator,
                    operators=", ".join(sorted(PLAIN_OPERATORS)),
                )
            )
        model = self.env[self.model]
        for name in condition.field_expr.split("."):
            field = model._fields.get(name) if model is not None else None
            if field is None or not (field.store or name == "id"):
                raise ValidationError(
                    self.env._(
                        "%(rule)s: the domain uses %(path)s, but %(field)s is not a"
                        " stored field. Use stored fields only.",
                        rule=self.name,
                        path=condition.field_expr,
                        field=name,
                    )
                )
            model = self.env[field.comodel_name] if field.relational else None

    @api.model
    def _changed_reason(self, model, name, kind):
        """What has happened to a field since it was selected; None if nothing has."""
        reason = self._refused_reason(model, name)
        if reason:
            return reason
        if model._fields[name].type != kind:
            return self.env._(
                "it was of type %(then)s and is now %(now)s",
                then=kind,
                now=model._fields[name].type,
            )
        return None

    @api.model
    def _check_fields(self):
        """Updates the state of rules whose fields have changed, or were repaired.

        :return: the broken rules
        """
        broken = self.browse()
        for rule in self.sudo().search([]):
            reason = rule._find_fault()
            if reason:
                broken |= rule
            state = "broken" if reason else "ok"
            if (rule.state, rule.broken_reason or None) != (state, reason):
                rule.write({"state": state, "broken_reason": reason})
                if reason:
                    _logger.error("Event rule %s is broken: %s", rule.name, reason)
        return broken

    def _find_fault(self):
        """Why this rule does not send everything it should; None if it does."""
        self.ensure_one()
        model = self.env.get(self.model)
        if model is None:
            return self.env._("The model %s no longer exists.", self.model)
        if self.model.startswith(RESERVED):
            return self.env._("%s is internal to Odoo and is not sent.", self.model)
        try:
            self._get_domain()
        except Exception as error:  # noqa: BLE001
            return str(error)
        gone = [
            f"{name}: {reason}"
            for name, kind in (self.field_types or {}).items()
            if (reason := self._changed_reason(model, name, kind))
        ]
        return "; ".join(gone) or None
