"""What a rule watches, cheap to ask, and the values that it reads."""

from collections import defaultdict
from contextlib import contextmanager
from typing import NamedTuple

from . import wire


class Facts(NamedTuple):
    """What a record is like at one moment."""

    values: tuple  # as Odoo caches them, in the order of Watch.reads
    company_id: int | None
    matches: bool  # whether it is in the rule's domain
    payload: dict | None = (
        None  # {field: value as JSON}, where this is all that is known
    )


class Watch(NamedTuple):
    """A rule as the hooks need it. It outlives every cursor, so it holds no records."""

    rule_id: int
    model: str
    on_create: bool
    on_write: bool
    on_unlink: bool
    names: tuple  # the fields whose values are sent
    reads: tuple  # these, and the currencies of those that are amounts
    domain: tuple
    paths: tuple  # the fields of the domain, each as the way to it
    triggers: frozenset  # the fields that change what is sent, or whether it is
    lang: str | None
    by_company: bool  # whether a value depends on the company

    def read(self, records, company_id=None):
        """What the records are like, as stored, whoever asks, in the rule's language.

        Computations that are pending stay pending. Making one here, maybe in the middle
        of another one that it depends on, would give it a value that nobody corrects
        again. So values are taken from the cache, where they lie until such a
        computation replaces them.

        :param company_id: whose values are meant where the record belongs to no company
        :return: {id: Facts}; records that do not exist are missing
        """
        records = records.browse(id_ for id_ in records._ids if id_)
        records = records.with_env(
            records.env(su=True, context={"lang": self.lang, "active_test": False})
        )
        found = {}
        for company, some in self._by_company(self._loaded(records)):
            if self.by_company:
                company = company or company_id or some.env.company.id
                some = self._loaded(some.with_context(allowed_company_ids=[company]))
            found.update(self._facts(some, company))
        return found

    def _loaded(self, records):
        """Brings what is read into the cache, and leaves out what does not exist."""
        fields = [records._fields[name] for name in self.reads]
        if "company_id" in records._fields:
            fields.append(records._fields["company_id"])
        lacking = [
            field
            for field in fields
            if any(True for _missing in field._cache_missing_ids(records))
        ]
        if not lacking:
            return records
        records = records.exists()
        records.fetch([field.name for field in lacking if field.store])
        for field in lacking:
            if not field.store:
                records.mapped(field.name)
        return records

    def _by_company(self, records):
        """The records with the id of their company, in groups."""
        if records._name == "res.company":
            return [(res_id, records.browse(res_id)) for res_id in records._ids]
        field = records._fields.get("company_id")
        if not field or field.comodel_name != "res.company":
            return [(None, records)]
        companies = field._get_cache(records.env)
        groups = defaultdict(list)
        for res_id in records._ids:
            groups[companies[res_id]].append(res_id)
        return [(company, records.browse(ids)) for company, ids in groups.items()]

    def _facts(self, records, company_id):
        columns = [records._fields[name]._get_cache(records.env) for name in self.reads]
        matching = set(records._ids)
        if self.domain:
            with _as_stored(records, self.paths):
                matching = set(records.filtered_domain(list(self.domain))._ids)
        return {
            res_id: Facts(
                tuple(column[res_id] for column in columns),
                company_id,
                res_id in matching,
            )
            for res_id in records._ids
        }

    def payload(self, env, facts):
        """What is sent of a record: {field: value as JSON}."""
        if facts.payload is not None:
            return facts.payload
        fields = env[self.model]._fields
        values = dict(zip(self.reads, facts.values, strict=True))
        return {name: wire.value(env, fields[name], values) for name in self.names}

    def changed(self, env, before, now, payload):
        """What differs: {field: [old, new]}.

        Fields that change with every write, like write_date, are no change of their
        own.
        """
        fields = env[self.model]._fields
        old = dict(zip(self.reads, before.values, strict=True))
        new = dict(zip(self.reads, now.values, strict=True))
        found = {}
        for name in self.names:
            if name not in self.triggers:
                continue
            if before.payload is not None:
                value = before.payload.get(name)
            elif old[name] == new[name] and fields[name].type != "monetary":
                continue
            else:
                value = wire.value(env, fields[name], old)
            if value != payload[name]:
                found[name] = [value, payload[name]]
        return found

    def outcome(self, env, born, before, now):
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
            return _draft(
                "deleted", self.payload(env, before) if before else {}, before
            )
        if born:
            if not (self.on_create and now.matches):
                return None
            return _draft("created", self.payload(env, now), now)
        if not self.on_write or not (now.matches or (before and before.matches)):
            return None
        payload = self.payload(env, now)
        if before is None:
            return _draft("updated", payload, now)
        changed = self.changed(env, before, now, payload)
        if changed or before.matches != now.matches:
            return _draft("updated", payload, now, changed)
        return None


def _draft(op, payload, facts, changed=()):
    return {
        "op": op,
        "payload": payload,
        "changed": dict(changed),
        "company_id": facts.company_id if facts else None,
    }


@contextmanager
def _as_stored(records, paths):
    """Inside, the paths give what is stored, also where a computation is pending."""
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
