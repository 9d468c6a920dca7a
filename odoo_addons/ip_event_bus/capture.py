"""Change data capture: what a transaction has changed so far, until precommit.

The values seen first count: events compare each record before and after the
transaction, however often it was written in between. The changes are kept in
``cr.precommit.data``, which Odoo clears when a savepoint is rolled back, and processes
before one is set.

Only database errors are raised from here: the transaction is lost then, and continuing
as if it were not would silently lose the user's work.
"""

import logging
from collections import defaultdict

import psycopg2

from . import origin

_logger = logging.getLogger(__name__)

CHANGES = "ip_event_bus"


class Change:
    """One record that was changed, and by whom."""

    __slots__ = ("cause", "company_id", "op", "snapshot", "uid")

    def __init__(self, env, op, snapshot=None):
        self.op = op  # created, touched or deleted
        self.snapshot = snapshot  # before the change; None if new, or if unknown
        self.uid = env.uid
        self.company_id = _company_id(env)
        self.cause = origin.cause()


def after_create(watch, records):
    """Captures new records."""
    changes = _changes(records.env, watch)
    for res_id in records._ids:
        changes[res_id] = Change(records.env, "created")


def before_update(watch, records):
    """Captures the values of records that are about to change."""
    if not watch.on_write and not watch.on_unlink:
        return
    env = records.env
    changes = _changes(env, watch)
    new_ids = [res_id for res_id in records._ids if res_id and res_id not in changes]
    if not new_ids:
        return
    for res_id, snapshot in _read(watch, records.browse(new_ids)).items():
        changes[res_id] = Change(env, "touched", snapshot)


def before_delete(records):
    """Finds the watched records that a deletion will remove.

    PostgreSQL deletes referring records by cascade, without Odoo noticing. Records that
    only lose their reference are captured as updated.

    :return: [(Watch, {id: Snapshot})], for after_delete() once the records are gone
    """
    rules = records.env["ip.event.rule"]
    found = []
    seen = defaultdict(set)
    todo = [records]
    while todo:
        some = todo.pop()
        some = some.browse(set(some._ids) - seen[some._name] - {False})
        if not some:
            continue
        seen[some._name].update(some._ids)
        watch = rules._watch_for(some._name)
        if watch:
            found.append((watch, _read(watch, some)))
        for model, field, cascades in rules._delete_paths_for(some._name) or ():
            referring = _referring(some, model, field)
            watch = rules._watch_for(model)
            if cascades:
                todo.append(referring)
            elif watch and referring:
                before_update(watch, referring)
    return found


def after_delete(env, found):
    """Captures what before_delete() found, now that it is gone."""
    for watch, snapshots in found:
        changes = _changes(env, watch)
        for res_id, before in snapshots.items():
            change = changes.get(res_id)
            if change is None:
                changes[res_id] = Change(env, "deleted", before)
            elif change.op == "created":
                del changes[res_id]
            else:
                change.op = "deleted"


def _changes(env, watch):
    """The changes of a model; the first of a transaction registers the precommit."""
    data = env.cr.precommit.data
    if CHANGES not in data:
        data[CHANGES] = {}
        events = env(su=True, context={})["ip.event"]
        env.cr.precommit.add(events._write_captured_events)
    return data[CHANGES].setdefault(watch.model, (watch, {}))[1]


def _company_id(env):
    """The company that the user is working in, if one is selected."""
    selected = env.context.get("allowed_company_ids")
    return selected[0] if selected and isinstance(selected, list | tuple) else None


def _read(watch, records):
    """{id: Snapshot}; {id: None} if unreadable: the event then has no old values."""
    try:
        return watch.read(records, _company_id(records.env))
    except psycopg2.Error:
        raise
    except Exception:
        _logger.exception("Cannot read %s before the change", records)
        return dict.fromkeys(records._ids)


def _referring(records, model, field):
    try:
        return (
            records.env[model]
            .sudo()
            .with_context(active_test=False)
            .search([(field, "in", records.ids)], order="id")
        )
    except psycopg2.Error:
        raise
    except Exception:
        _logger.exception("Cannot find which %s refer to %s", model, records)
        return records.env[model]
