"""What a rule watches, in a form that costs nothing to ask, and the values that it reads."""

from collections import defaultdict
from contextlib import contextmanager
from typing import NamedTuple

from . import wire


class Facts(NamedTuple):
    """What a record is like at one moment."""

    payload: dict  # {field: value as JSON}
    company_id: int | None
    matches: bool  # whether it is in the rule's domain


class Watch(NamedTuple):
    """A rule as the hooks need it. It outlives every cursor, so it holds no records."""

    rule_id: int
    model: str
    on_create: bool
    on_write: bool
    on_unlink: bool
    names: tuple  # the fields whose values are sent
    domain: tuple
    paths: tuple  # every field that is read, each as the way to it
    triggers: frozenset  # the fields that change what is sent, or whether it is
    lang: str | None
    by_company: bool  # whether a value depends on the company

    def read(self, records, company_id=None):
        """What the records are like, as stored, whoever asks, in the rule's language.

        Computations that are pending stay pending. Making one here, maybe in the middle of
        another one that it depends on, would give it a value that nobody corrects again.

        :param company_id: whose values are meant where the record belongs to no company
        :return: {id: Facts}; records that do not exist are missing
        """
        records = records.browse(id_ for id_ in records._ids if id_)
        records = records.with_env(
            records.env(su=True, context={"lang": self.lang, "active_test": False})
        )
        with _as_stored(records, self.paths):
            records = self._fetch(records)
            found = {}
            for company, some in self._by_company(records):
                found.update(self._facts(some, company, company_id))
        return found

    def _fetch(self, records):
        """Reads what the cache lacks, and leaves out what does not exist."""
        columns = [
            field
            for path in self.paths
            if len(path) == 1 and (field := records._fields[path[0]]).column_type
        ]
        if not columns:
            return records.exists()
        if not any(_missing(records, field) for field in columns):
            return records
        records.fetch([field.name for field in columns])
        return records - records.browse(_missing(records, columns[0]))

    def _by_company(self, records):
        """The records with the id of their company, in groups if values depend on it."""
        if "company_id" not in records._fields:
            return [(None, records)]
        if records._name == "res.company":
            return [(record.id, record) for record in records]
        groups = defaultdict(list)
        for record in records:
            groups[record.company_id.id or None].append(record.id)
        return [(company, records.browse(ids)) for company, ids in groups.items()]

    def _facts(self, records, company_id, fallback_id):
        if self.by_company:
            company_id = company_id or fallback_id or records.env.company.id
            records = records.with_context(allowed_company_ids=[company_id])
        fields = [records._fields[name] for name in self.names]
        inside = records
        if self.domain:
            inside = records.filtered_domain(list(self.domain))
        matching = set(inside._ids)
        return {
            record.id: Facts(
                {field.name: wire.value(record, field) for field in fields},
                company_id,
                record.id in matching,
            )
            for record in records
        }

    def outcome(self, born, before, now):
        """The event that a transaction amounts to for one record.

        A record that enters or leaves the domain is an update: it still exists.

        :param born: whether the record is new
        :param before: Facts before the transaction; None if new, or not known
        :param now: Facts; None if it is gone
        :return: {op, payload, changed, company_id}, or None if there is nothing to tell
        """
        if now is None:
            if born or not self.on_unlink or (before and not before.matches):
                return None
            gone = before or Facts({}, None, True)
            return _draft("deleted", gone)
        if born:
            return _draft("created", now) if self.on_create and now.matches else None
        if not self.on_write:
            return None
        if before is None:
            return _draft("updated", now) if now.matches else None
        changed = self.changed(before.payload, now.payload)
        moved = before.matches != now.matches
        if moved or (changed and now.matches):
            return _draft("updated", now, changed)
        return None

    def changed(self, before, after):
        """What differs between two payloads: {field: [old, new]}.

        Fields that change with every write, like write_date, are no change of their own.
        """
        return {
            name: [before.get(name), after[name]]
            for name in self.names
            if name in self.triggers and before.get(name) != after[name]
        }


def _draft(op, facts, changed=()):
    return {
        "op": op,
        "payload": facts.payload,
        "changed": dict(changed),
        "company_id": facts.company_id,
    }


def _missing(records, field):
    return list(field._cache_missing_ids(records))


@contextmanager
def _as_stored(records, paths):
    """Inside, reading the paths gives what is stored, also where a computation is pending."""
    env = records.env
    held = []
    try:
        for path in paths:
            some = records
            for step, name in enumerate(path, start=1):
                field = some._fields[name]
                if field in env.fields_to_compute():
                    pending = some - env.not_to_compute(field, some)
                    env.remove_to_compute(field, pending)
                    held.append((field, pending))
                if step < len(path):
                    some = some[name]
        yield
    finally:
        for field, pending in held:
            env.add_to_compute(field, pending)
