import logging
from collections import defaultdict

from odoo import api, models, tools
from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tools import sql

from ..watch import Watch
from .ip_event_rule_check import RESERVED

_logger = logging.getLogger(__name__)


class IpEventRule(models.Model):
    """Answers the hooks, from a cache that any change to a rule clears."""

    _inherit = "ip.event.rule"

    @api.model
    @tools.ormcache()
    def _watches(self):
        """{model: Watch}. Read at each create, write and unlink."""
        watched = {}
        if not self._is_upgraded():
            _logger.error(
                "The tables of ip_event_bus belong to an older version:"
                " no events are recorded until it is upgraded with -u ip_event_bus"
            )
            return watched
        with self.env.cr.savepoint(flush=False):
            rules = self.sudo().search([])
        for rule in rules:
            if rule.model.startswith(RESERVED):
                continue  # it was made before the model was reserved
            try:
                watched[rule.model] = rule._watch()
            except Exception:
                _logger.exception(
                    "Event rule %s cannot be used: its model is not watched", rule.id
                )
        return watched

    @api.model
    def _is_upgraded(self):
        """Whether the table has the columns that this code reads.

        New code may run before the upgrade, when a failing query would break the
        transaction of any user who writes something.
        """
        columns = sql.table_columns(self.env.cr, self._table)
        return all(
            field.name in columns
            for field in self._fields.values()
            if field.store and field.column_type
        )

    @api.model
    def _watch_for(self, model_name):
        """The Watch of a model, or None."""
        try:
            return self._watches().get(model_name)
        except Exception:
            _logger.exception("The event rules cannot be read: a change is not sent")
            return None

    @api.model
    def _delete_paths_for(self, model_name):
        """What deleting its records affects: see _delete_paths(); None if nothing."""
        try:
            return self._delete_paths().get(model_name)
        except Exception:
            _logger.exception("The event rules cannot be read: a deletion is not sent")
            return None

    def _ip_watch(self):
        return None  # rules are read while their own fields are being computed

    def _ip_delete_is_watched(self):
        return False

    @api.model
    @tools.ormcache()
    def _delete_paths(self):
        """How deletions affect watched records: {model: ((model, field, cascades),
        ...)}.

        Each field refers to the deleted model: its record is deleted too, or loses a
        value that is sent. Models whose deletion affects nothing watched are left out.
        """
        watched = self._watches()
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
        """This rule as a Watch, without fields that are gone or have changed."""
        self.ensure_one()
        model = self.env[self.model]
        names = tuple(
            name
            for name, kind in sorted((self.field_types or {}).items())
            if not self._changed_reason(model, name, kind)
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
            translated=tuple(name for name in names if model._fields[name].translate),
            by_company=any(model._fields[name].company_dependent for name in names),
        )
