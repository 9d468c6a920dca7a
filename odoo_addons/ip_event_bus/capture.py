"""What changed in a transaction so far, until it is written down at precommit.

The first values that are seen count: what is compared in the end is a record before and
after the transaction, however often it was written in between. The notes lie in
``cr.precommit.data``, which Odoo clears when a savepoint is rolled back, and works off
before one is set.

Nothing here raises, except what the database says: then the transaction is lost, and
whoever goes on as if it were not would lose the user's work in silence.
"""

import logging
from collections import defaultdict

import psycopg2

from . import origin

_logger = logging.getLogger(__name__)

NOTES = "ip_event_bus"


class Note:
    """One record that was touched, and by whom."""

    __slots__ = ("cause", "company_id", "facts", "op", "uid")

    def __init__(self, env, op, facts=None):
        self.op = op  # created, touched or deleted
        self.facts = facts  # before the change; None if new, or if unknown
        self.uid = env.uid
        self.company_id = _company_id(env)
        self.cause = origin.cause()


def created(watch, records):
    """Notes new records."""
    notes = _notes(records.env, watch)
    for res_id in records._ids:
        notes[res_id] = Note(records.env, "created")


def touched(watch, records):
    """Notes what records are like that are about to change."""
    if not watch.on_write and not watch.on_unlink:
        return
    env = records.env
    notes = _notes(env, watch)
    fresh = [res_id for res_id in records._ids if res_id and res_id not in notes]
    if not fresh:
        return
    for res_id, facts in _read(watch, records.browse(fresh)).items():
        notes[res_id] = Note(env, "touched", facts)


def doomed(records):
    """What a deletion will take with it, as far as it is watched.

    PostgreSQL deletes what refers to the records by a cascade, without Odoo hearing of
    it. What only loses its reference is noted as touched.

    :return: [(Watch, {id: Facts})], for deleted() once the records are gone
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
        watch = rules._for(some._name)
        if watch:
            found.append((watch, _read(watch, some)))
        for model, field, cascades in rules._reach(some._name) or ():
            referring = _referring(some, model, field)
            watch = rules._for(model)
            if cascades:
                todo.append(referring)
            elif watch and referring:
                touched(watch, referring)
    return found


def deleted(env, found):
    """Notes what doomed() found, now that it is gone."""
    for watch, facts in found:
        notes = _notes(env, watch)
        for res_id, before in facts.items():
            note = notes.get(res_id)
            if note is None:
                notes[res_id] = Note(env, "deleted", before)
            elif note.op == "created":
                del notes[res_id]
            else:
                note.op = "deleted"


def _notes(env, watch):
    """The notes about a model; the first of a transaction asks for the precommit."""
    data = env.cr.precommit.data
    if NOTES not in data:
        data[NOTES] = {}
        events = env(su=True, context={})["ip.event"]
        env.cr.precommit.add(events._write_down)
    return data[NOTES].setdefault(watch.model, (watch, {}))[1]


def _company_id(env):
    """The company that the user works in, if one was chosen."""
    chosen = env.context.get("allowed_company_ids")
    return chosen[0] if chosen and isinstance(chosen, list | tuple) else None


def _read(watch, records):
    """{id: Facts}; {id: None} if they cannot be read: then no old values are told."""
    try:
        return watch.read(records, _company_id(records.env))
    except psycopg2.Error:
        raise
    except Exception:
        _logger.exception("What %s were like before is not known", records)
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
        _logger.exception("Which %s refer to %s is not known", model, records)
        return records.env[model]
