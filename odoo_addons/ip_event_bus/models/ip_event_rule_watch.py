import logging
from collections import defaultdict

from odoo import api, models, tools
from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tools import sql

from ..watch import Watch

_logger = logging.getLogger(__name__)


class IpEventRule(models.Model):
    """What the hooks ask: answered from a cache that any change of a rule empties."""

    _inherit = "ip.event.rule"

    @api.model
    @tools.ormcache()
    def _watched(self):
        """What is watched: {model: Watch}. Asked at each create, write and unlink."""
        watched = {}
        if not self._is_upgraded():
            _logger.error(
                "The tables of ip_event_bus are those of an older version:"
                " nothing is watched until it is upgraded, as by -u ip_event_bus"
            )
            return watched
        with self.env.cr.savepoint(flush=False):
            rules = self.sudo().search([])
        for rule in rules:
            try:
                watched[rule.model] = rule._watch()
            except Exception:
                _logger.exception(
                    "Rule %s cannot be used; its model is not watched", rule.id
                )
        return watched

    @api.model
    def _is_upgraded(self):
        """Whether the table has what this code reads.

        Between the arrival of new code and the upgrade it may not, and a query that
        fails would break the transaction of whoever writes something then.
        """
        columns = sql.table_columns(self.env.cr, self._table)
        return all(
            field.name in columns
            for field in self._fields.values()
            if field.store and field.column_type
        )

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
        """What a deletion of its records touches, see _deletes(); None if nothing."""
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
        """What a deletion means for watched records: {model: ((model, field, cascades),
        ...)}.

        Each field refers to the model that is deleted: its record goes too, or loses a
        value that is sent. Models by which nothing watched is reached are missing.
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
                model
                for model, some in edges.items()
                if any(edge[0] in reached for edge in some)
            )
        return {
            model: tuple(
                edge for edge in edges[model] if not edge[2] or edge[0] in reached
            )
            for model in reached
        }

    def _watch(self):
        """This rule as a Watch, without the fields that are no more what they were."""
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
        triggers = {*names, *currencies, *(path.split(".")[0] for path in conditions)}
        lang = self.lang if self.env["res.lang"]._get_data(code=self.lang) else None
        return Watch(
            rule_id=self.id,
            model=self.model,
            on_create=self.on_create,
            on_write=self.on_write,
            on_unlink=self.on_unlink,
            names=names,
            reads=tuple(dict.fromkeys((*names, *sorted(currencies)))),
            domain=tuple(domain) if not domain.is_true() else (),
            paths=tuple(tuple(path.split(".")) for path in sorted(conditions)),
            triggers=frozenset(triggers.difference(LOG_ACCESS_COLUMNS)),
            lang=lang,
            by_company=any(model._fields[name].company_dependent for name in names),
        )
