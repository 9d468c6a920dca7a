import ast
import logging
import re

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

# Whose changes are never sent: what runs Odoo or this addon, or holds credentials.
RESERVED = (
    "ip.",
    "ir.",
    "bus.",
    "base_import.",
    "base.",
    "res.users.",
    "auth.",
    "auth_",
)
# What compares the values of a record and asks nothing of others.
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
CREDENTIAL = re.compile(r"(^|_)(token|password|passwd|secret|api_key)$")
REFUSED_TYPES = {"binary", "image", "one2many", "properties", "properties_definition"}


class IpEventRule(models.Model):
    """What can be watched, and whether what was chosen is still there."""

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
                        "%s has no records that stay, so there is nothing to watch."
                        " Choose the model that the data belongs to.",
                        rule.model,
                    )
                )
            if rule.model.startswith(RESERVED):
                raise ValidationError(
                    self.env._(
                        "%s belongs to Odoo's own works and is not sent. Choose a model"
                        " that holds business data.",
                        rule.model,
                    )
                )

    @api.constrains("field_ids", "model_id")
    def _check_chosen_fields(self):
        for rule in self:
            if not rule.field_ids:
                raise ValidationError(
                    self.env._("%s: choose at least one field to send.", rule.name)
                )
            model = self.env[rule.model]
            for field in rule.field_ids:
                name = field.name
                reason = (
                    self._refused(model, name)
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
    def _refused(self, model, name):
        """Why a field cannot be sent, as the end of a sentence; None if it can."""
        field = model._fields.get(name)
        if field is None:
            return self.env._("%s has no such field", model._name)
        if field.groups:
            return self.env._("only the groups %s may see it", field.groups)
        if CREDENTIAL.search(name):
            return self.env._("it is a credential")
        if field.type == "one2many":
            return self.env._(
                "its lines are records of their own; watch their model instead"
            )
        if field.type in REFUSED_TYPES:
            return self.env._("fields of type %s are not sent", field.type)
        if not field.store:
            return self.env._(
                "it is not stored, so nobody notices when its value changes"
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
        """The domain as a Domain; ValidationError says why it cannot be used."""
        self.ensure_one()
        try:
            items = ast.literal_eval(self.domain.strip() or "[]")
        except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
            raise ValidationError(
                self.env._(
                    "%(rule)s: the domain %(domain)s must be a list of plain"
                    " conditions, like [('is_company', '=', True)]. It is evaluated for"
                    " everybody alike, so it knows no uid, context_today() and so on.",
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
                        "%(rule)s: the domain uses %(path)s, but %(field)s is no stored"
                        " field there. Use stored fields only.",
                        rule=self.name,
                        path=condition.field_expr,
                        field=name,
                    )
                )
            model = self.env[field.comodel_name] if field.relational else None

    @api.model
    def _gone(self, model, name, kind):
        """What happened to a field since it was chosen; None if nothing did."""
        reason = self._refused(model, name)
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
        """Marks the rules whose fields are no more what they were, and the repaired
        ones.

        :return: the broken rules
        """
        broken = self.browse()
        for rule in self.sudo().search([]):
            reason = rule._fault()
            if reason:
                broken |= rule
            state = "broken" if reason else "ok"
            if (rule.state, rule.broken_reason or None) != (state, reason):
                rule.write({"state": state, "broken_reason": reason})
                if reason:
                    _logger.error("Event rule %s is broken: %s", rule.name, reason)
        return broken

    def _fault(self):
        """Why this rule does not send what it was made to send; None if it does."""
        self.ensure_one()
        model = self.env.get(self.model)
        if model is None:
            return self.env._("There is no model %s any more.", self.model)
        try:
            self._get_domain()
        except Exception as error:  # noqa: BLE001
            return str(error)
        gone = [
            f"{name}: {reason}"
            for name, kind in (self.field_types or {}).items()
            if (reason := self._gone(model, name, kind))
        ]
        return "; ".join(gone) or None
