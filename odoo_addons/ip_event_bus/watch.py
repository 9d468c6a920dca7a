"""A rule in the form that the hooks use: what it watches, and how it reads values."""

from collections import defaultdict
from contextlib import contextmanager
from typing import NamedTuple

from . import wire


class Snapshot(NamedTuple):
    """A record at one moment."""

    values: tuple  # as Odoo caches them, in the order of Watch.reads
    company_id: int | None
    matches: bool  # whether it matches the rule's domain
    payload: dict | None = None  # {field: value as JSON}, if only this is known
    texts: dict = {}  # {other language: values of Watch.translated}


class Watch(NamedTuple):
    """A rule as the hooks use it. It outlives cursors, so it holds no records."""

    rule_id: int
    model: str
    on_create: bool
    on_write: bool
    on_unlink: bool
    names: tuple  # the fields whose values are sent
    reads: tuple  # these, and the currencies of amounts
    domain: tuple
    paths: tuple  # the fields of the domain, each as a path of names
    triggers: frozenset  # fields that affect what is sent, or whether it is sent
    lang: str | None
    translated: tuple  # those of the names that have a text in each language
    by_company: bool  # whether a value depends on the company

    def read(self, records, company_id=None):
        """Reads the records as stored, in the rule's language, whoever the user is.

        Pending computations stay pending. Running one here, perhaps in the middle of
        another that it depends on, could give it a wrong value that is never corrected.
        So values come from the cache, where they stay until such a computation replaces
        them.

        :param company_id: the company to use for records that belong to none
        :return: {id: Snapshot}; records that do not exist are left out
        """
        records = records.browse(id_ for id_ in records._ids if id_)
        records = records.with_env(
            records.env(su=True, context={"lang": self.lang, "active_test": False})
        )
        found = {}
        names = self.reads
        for company, some in self._by_company(self._loaded(records, names)):
            if self.by_company:
                company = company or company_id or some.env.company.id
                some = some.with_context(allowed_company_ids=[company])
                some = self._loaded(some, names)
            found.update(self._snapshots(some, company))
        return found

    def _loaded(self, records, names):
        """Loads the values into the cache, and leaves out records that are gone."""
        fields = [records._fields[name] for name in names]
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
        """The records grouped by company id."""
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

    def _columns(self, records, names):
        return [records._fields[name]._get_cache(records.env) for name in names]

    def _texts(self, records):
        """{other language: the columns of the translated fields}"""
        if not self.translated:
            return {}
        found = {}
        for lang, _name in records.env["res.lang"].get_installed():
            if lang != (self.lang or "en_US"):
                some = records.with_context(lang=lang)
                some = self._loaded(some, self.translated)
                found[lang] = self._columns(some, self.translated)
        return found

    def _snapshots(self, records, company_id):
        columns = self._columns(records, self.reads)
        texts = self._texts(records)
        matching = set(records._ids)
        if self.domain:
            with _as_stored(records, self.paths):
                matching = set(records.filtered_domain(list(self.domain))._ids)
        return {
            res_id: Snapshot(
                tuple(column[res_id] for column in columns),
                company_id,
                res_id in matching,
                texts={
                    lang: tuple(column[res_id] for column in some)
                    for lang, some in texts.items()
                },
            )
            for res_id in records._ids
        }

    def payload(self, env, snapshot):
        """The values to send: {field: value as JSON}."""
        if snapshot.payload is not None:
            return {name: snapshot.payload.get(name) for name in self.names}
        fields = env[self.model]._fields
        values = dict(zip(self.reads, snapshot.values, strict=True))
        return {name: wire.value(env, fields[name], values) for name in self.names}

    def changed(self, env, before, now, payload):
        """The differences: {field: [old, new]}, in the rule's language, and
        {field@language: [old, new]} for texts that changed in another one.

        Fields that every write changes, like write_date, do not count.
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
        return {**found, **self._changed_texts(before, now, found)}

    def _changed_texts(self, before, now, changed):
        found = {}
        for lang, texts in sorted(now.texts.items()):
            if lang not in before.texts:
                continue  # it has just been activated
            old = zip(self.translated, before.texts[lang], texts, strict=True)
            for name, *pair in old:
                pair = [str(text) if text else None for text in pair]
                key = f"{name}@{lang}"
                if before.payload is not None and key in before.payload:
                    pair[0] = before.payload[key]
                # A language without a translation follows the others.
                if pair[0] != pair[1] and pair != changed.get(name):
                    found[key] = pair
        return found

    def net_change(self, env, is_new, before, now):
        """The net change of one record in a transaction, as a draft of its event.

        A record that starts or stops matching the domain is updated: it still exists.

        :param is_new: whether the transaction created the record
        :param before: Snapshot before the transaction; None if new, or unknown
        :param now: Snapshot; None if it is gone
        :return: {op, payload, changed, company_id}, or None if there is no event;
            ``changed`` is None if unknown
        """
        if now is None:
            if is_new or not self.on_unlink or (before and not before.matches):
                return None
            return _draft(
                "deleted", self.payload(env, before) if before else {}, before
            )
        if is_new:
            if not (self.on_create and now.matches):
                return None
            return _draft("created", self.payload(env, now), now)
        if not self.on_write or not (now.matches or (before and before.matches)):
            return None
        payload = self.payload(env, now)
        if before is None:
            return _draft("updated", payload, now, None)
        changed = self.changed(env, before, now, payload)
        if changed or before.matches != now.matches:
            return _draft("updated", payload, now, changed)
        return None


def _draft(op, payload, snapshot, changed=()):
    return {
        "op": op,
        "payload": payload,
        "changed": None if changed is None else dict(changed),
        "company_id": snapshot.company_id if snapshot else None,
    }


@contextmanager
def _as_stored(records, paths):
    """Inside, the paths give stored values, even where a computation is pending."""
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
