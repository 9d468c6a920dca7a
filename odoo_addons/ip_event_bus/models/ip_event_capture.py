import json
import logging
from collections import defaultdict

from odoo import api, models

from .. import capture, wire
from ..watch import Facts

_logger = logging.getLogger(__name__)

# When so many records of one model fail in one transaction, the others will as well.
MAX_FAILURES = 10


class IpEvent(models.Model):
    """From the notes of a transaction to its events."""

    _inherit = "ip.event"

    @api.model
    def _write_down(self):
        """Makes events of what was noted. Runs before each commit and each savepoint.

        Whatever fails here is undone and logged and leaves a gap, and the user's
        transaction goes on. What the user changed is flushed first, or undoing our part
        would undo that too.
        """
        self.env.flush_all()
        notes = self.env.cr.precommit.data.pop(capture.NOTES, {})
        if self._try(self._write_all, notes) is None:
            return
        for watch, some in notes.values():
            error = self._try(self._write_model, watch, some)
            if error:
                self._write_each(watch, some, error)
        error = self._try(self._wake)
        if error:
            _logger.error("The dispatcher was not woken", exc_info=error)

    def _write_all(self, notes):
        written = self.browse()
        for watch, some in notes.values():
            written |= self._write_model(watch, some)
        if written:
            self._wake()

    def _write_each(self, watch, notes, error):
        """Tries what failed together record by record; one that fails leaves a gap."""
        gaps = []
        for res_id, note in notes.items():
            if len(notes) > 1 and len(gaps) < MAX_FAILURES:
                error = self._try(self._write_model, watch, {res_id: note})
            if not error:
                continue
            _logger.error(
                "%s %s was %s, and no event says so: reconciliation will",
                watch.model,
                res_id,
                note.op,
                exc_info=error if len(gaps) < MAX_FAILURES else None,
            )
            gaps.append(
                {
                    "model": watch.model,
                    "res_id": res_id,
                    "op": note.op,
                    "error": f"{type(error).__name__}: {error}"[:500].replace("\0", ""),
                }
            )
        error = gaps and self._try(self.env["ip.event.gap"].create, gaps)
        if error:
            _logger.error("The gap could not be written down either", exc_info=error)

    def _try(self, function, *args):
        """Calls inside a savepoint; an error is undone and returned.

        If undoing fails, the transaction itself is broken and would end without a trace
        when it is committed: that error is raised.
        """
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            function(*args)
        except Exception as error:  # noqa: BLE001
            savepoint.close(rollback=True)
            return error
        savepoint.close(rollback=False)
        return None

    def _write_model(self, watch, notes):
        """Makes the events of one model.

        :return: the new ones
        """
        memory = self._memory()
        now = self._read_now(watch, notes)
        prior = self._prior(watch, notes)
        drafts, kept, dropped = [], [], []
        for res_id, note in notes.items():
            row = prior.get(res_id)
            born = note.op == "created"
            if row is None:
                born = born or (watch.model, res_id) in memory["created"]
            elif row["correlation_id"] != self._correlation_id(note.cause):
                row = None
            else:
                born = row["op"] == "created"
            draft = watch.outcome(
                self.env, born, self._before(watch, note, row), now.get(res_id)
            )
            if draft and row:
                kept.append((row, draft))
            elif draft:
                drafts.append(
                    {**draft, "res_id": res_id, "uid": note.uid, "cause": note.cause}
                )
            elif row:
                dropped.append(row["id"])
        self._rewrite(watch, kept)
        self._withdraw(dropped)
        events = self._insert(watch, drafts)
        memory["created"].update(
            (watch.model, res_id)
            for res_id, note in notes.items()
            if note.op == "created"
        )
        memory["rows"].update(
            ((watch.model, draft["res_id"]), event_id)
            for draft, event_id in zip(drafts, events.ids, strict=True)
        )
        return events

    def _read_now(self, watch, notes):
        """{id: Facts} of the records that still exist."""
        groups = defaultdict(list)
        for res_id, note in notes.items():
            groups[note.company_id if watch.by_company else None].append(res_id)
        found = {}
        for company_id, ids in groups.items():
            records = self.env[watch.model].browse(ids).exists()
            found.update(watch.read(records, company_id))
        return found

    def _prior(self, watch, notes):
        """The events that this transaction wrote about the same records: {id: row}.

        A savepoint made it write them before it was over.
        """
        rows = self._memory()["rows"]
        ids = [
            event_id
            for res_id in notes
            if (event_id := rows.get((watch.model, res_id)))
        ]
        if not ids:
            return {}
        self.env.cr.execute(
            "SELECT id, res_id, op, correlation_id, body FROM ip_event"
            " WHERE id = ANY(%s) AND state = 'pending'"
            " AND xact = pg_current_xact_id()::text",
            [ids],
        )
        return {row["res_id"]: row for row in self.env.cr.dictfetchall()}

    def _before(self, watch, note, row):
        """What the record was like before the transaction; None if unknown."""
        if row is None:
            return note.facts
        body = json.loads(row["body"])
        if body.get("thin") or not note.facts:
            return None
        old = {name: pair[0] for name, pair in body["changed"].items()}
        payload = {**watch.payload(self.env, note.facts), **old}
        return Facts(note.facts.values, body["company_id"], True, payload)

    def _rewrite(self, watch, kept):
        """Gives events of this transaction the outcome that it has by now."""
        if not kept:
            return
        rows = []
        for row, draft in kept:
            event_type = f"{watch.model}.{draft['op']}"
            body = {**json.loads(row["body"]), **draft, "event_type": event_type}
            del body["op"]
            body.pop("thin", None)
            rows.append(
                (
                    row["id"],
                    draft["op"],
                    event_type,
                    draft["company_id"],
                    wire.dump(body),
                )
            )
        self._execute_rows(
            "UPDATE ip_event SET op = new.op, event_type = new.event_type,"
            " company_id = new.company_id::int, body = new.body FROM (VALUES %s)"
            " new (id, op, event_type, company_id, body) WHERE ip_event.id = new.id",
            rows,
        )
        self.browse(row[0] for row in rows).invalidate_recordset(flush=False)

    def _withdraw(self, ids):
        """Deletes events of this transaction that nothing is left of."""
        if ids:
            self.env.cr.execute("DELETE FROM ip_event WHERE id = ANY(%s)", [ids])
            self.browse(ids).invalidate_recordset(flush=False)
