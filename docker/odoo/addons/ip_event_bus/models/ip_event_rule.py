import ast
import logging
import re
from collections import defaultdict

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.models import LOG_ACCESS_COLUMNS

from ..watch import Watch

_logger = logging.getLogger(__name__)

# Whose changes are never sent: what runs Odoo or this addon, or holds credentials.
RESERVED = ("ip.", "ir.", "bus.", "base_import.", "base.", "res.users.", "auth.", "auth_")
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
    """What is watched: a model, what happens to its records, and which fields are sent."""

    _name = "ip.event.rule"
    _description = "Event Rule"
    _order = "model"

    name = fields.Char(required=True)
    model_id = fields.Many2one(
        "ir.model",
        required=True,
        ondelete="cascade",
        domain=[("transient", "=", False), ("abstract", "=", False)],
        help="Each change of one of its records becomes an event.",
    )
    model = fields.Char(
        "Model Name", related="model_id.model", store=True, index=True, readonly=True
    )
    active = fields.Boolean(default=True)
    on_create = fields.Boolean("When Created", default=True)
    on_write = fields.Boolean(
        "When Updated",
        default=True,
        help="Only if one of the fields below changes, also one that is computed.",
    )
    on_unlink = fields.Boolean("When Deleted", default=True)
    field_ids = fields.Many2many(
        "ir.model.fields",
        string="Fields",
        help="What is sent. Fields that only some groups may see, files and fields that are not"
        " stored are refused.",
    )
    field_types = fields.Json(readonly=True, copy=False)
    field_names = fields.Char(compute="_compute_field_names", string="Field Names")
    domain = fields.Char(
        default="[]",
        required=True,
        help="Only records that match are sent. One that enters or leaves is sent as updated.",
    )
    lang = fields.Selection(
        "_get_langs",
        "Language",
        required=True,
        default=lambda self: self._get_lang(),
        help="In which language translated texts are sent, whoever changes them.",
    )
    state = fields.Selection(
        [("ok", "Works"), ("broken", "Broken")], default="ok", required=True, readonly=True
    )
    broken_reason = fields.Char(readonly=True)

    _model_unique = models.Constraint(
        "unique(model_id)",
        "There is a rule for this model already; perhaps it is archived.",
    )

    @api.model
    def _get_langs(self):
        return self.env["res.lang"].get_installed()

    @api.model
    def _get_lang(self):
        return self.env.company.partner_id.lang or self.env.lang or "en_US"

    @api.depends("field_types")
    def _compute_field_names(self):
        for rule in self:
            rule.field_names = ", ".join(sorted(rule.field_types or {}))

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._remember_fields()
        rules._forget_watched()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if "field_ids" in vals or "model_id" in vals:
            self._remember_fields()
        self._forget_watched()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_watched()
        return result

    def _forget_watched(self):
        """Makes all workers ask again what is watched, now and once this is committed.

        Now for this transaction; then because another thread may have asked in between.
        """
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    def _remember_fields(self):
        """Keeps names and types of the chosen fields, so that one that vanishes is missed."""
        for rule in self:
            super(IpEventRule, rule).write(
                {
                    "field_types": {
                        field.name: field.ttype for field in rule.field_ids.sorted("name")
                    },
                    "state": "ok",
                    "broken_reason": False,
                }
            )

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
                    sample = model.with_context(active_test=False).search(domain, limit=1)
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
                    "%(rule)s: the domain %(domain)s must be a list of plain conditions,"
                    " like [('is_company', '=', True)]. It is evaluated for everybody"
                    " alike, so it knows no uid, context_today() and the like.",
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
                    "%(rule)s: the operator %(operator)s searches other records and cannot"
                    " be used here. Use one of %(operators)s.",
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
    @tools.ormcache()
    def _watched(self):
        """What is watched: {model: Watch}. Asked at each create, write and unlink."""
        watched = {}
        with self.env.cr.savepoint(flush=False):
            rules = self.sudo().search([])
        for rule in rules:
            try:
                watched[rule.model] = rule._watch()
            except Exception:
                _logger.exception("Rule %s cannot be used; its model is not watched", rule.id)
        return watched

    @api.model
    def _for(self, model_name):
        """The Watch of a model, or None."""
        try:
            return self._watched().get(model_name)
        except Exception:
            _logger.exception("What is watched is not known: this change is not sent")
            return None

    @api.model
    def _reach(self, model_name):
        """What a deletion of the model's records touches, see _deletes(); None if nothing."""
        try:
            return self._deletes().get(model_name)
        except Exception:
            _logger.exception("What is watched is not known: this deletion is not sent")
            return None

    def _ip_watch(self):
        return None  # rules are asked for in the middle of their own computations

    def _ip_reaches_watched(self):
        return False

    @api.model
    @tools.ormcache()
    def _deletes(self):
        """What a deletion means for watched records: {model: ((model, field, cascades), ...)}.

        Each field refers to the model that is deleted: its record goes too, or loses a value that
        is sent. Models by which nothing watched is reached are missing.
        """
        watched = self._watched()
        edges = defaultdict(list)
        for model in self.env.registry.values():
            if model._abstract or model._transient or not model._auto:
                continue
            for name, field in model._fields.items():
                sent = model._name in watched and name in watched[model._name].names
                if not field.store or field.company_dependent or not field.relational:
                    continue
                cascades = field.type == "many2one" and field.ondelete == "cascade"
                if cascades or (sent and field.type in ("many2one", "many2many")):
                    edges[field.comodel_name].append((model._name, name, cascades))
        reached = set(watched)
        reached.update(
            model for model, some in edges.items() if not all(edge[2] for edge in some)
        )
        size = 0
        while size != len(reached):
            size = len(reached)
            reached.update(
                model for model, some in edges.items() if any(edge[0] in reached for edge in some)
            )
        return {
            model: tuple(
                edge for edge in edges[model] if not edge[2] or edge[0] in reached
            )
            for model in reached
        }

    def _watch(self):
        """This rule as a Watch: without the fields that are gone or are no more what they were."""
        self.ensure_one()
        model = self.env[self.model]
        names = tuple(
            name
            for name, kind in sorted((self.field_types or {}).items())
            if not self._gone(model, name, kind)
        )
        domain = self._get_domain()
        conditions = {condition.field_expr for condition in domain.iter_conditions()}
        currencies = {
            currency
            for name in names
            if model._fields[name].type == "monetary"
            and (currency := model._fields[name].get_currency_field(model))
        }
        own = dict.fromkeys(names)
        own.update(dict.fromkeys(currencies))
        if "company_id" in model._fields:
            own["company_id"] = None
        paths = [(name,) for name in own]
        paths += [tuple(path.split(".")) for path in sorted(conditions - own.keys())]
        triggers = {*names, *currencies, *(path.split(".")[0] for path in conditions)}
        lang = self.lang if self.env["res.lang"]._get_data(code=self.lang) else None
        return Watch(
            rule_id=self.id,
            model=self.model,
            on_create=self.on_create,
            on_write=self.on_write,
            on_unlink=self.on_unlink,
            names=names,
            domain=tuple(domain) if not domain.is_true() else (),
            paths=tuple(paths),
            triggers=frozenset(triggers.difference(LOG_ACCESS_COLUMNS)),
            lang=lang,
            by_company=any(
                getattr(model._fields[name], "company_dependent", False) for name in own
            ),
        )

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
        """Marks the rules whose fields are no more what they were, and the repaired ones.

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
        except Exception as error:
            return str(error)
        gone = [
            f"{name}: {reason}"
            for name, kind in (self.field_types or {}).items()
            if (reason := self._gone(model, name, kind))
        ]
        return "; ".join(gone) or None
