import json
import logging
from collections import defaultdict

from odoo import api, models

from .. import capture, wire

_logger = logging.getLogger(__name__)

# If this many records of a model fail in one transaction, the others will as well.
MAX_FAILURES = 10


class IpEvent(models.Model):
    """Turns the captured changes of a transaction into events."""

    _inherit = "ip.event"

    @api.model
    def _write_captured_events(self):
        """Writes the events. Runs before each commit and each savepoint.

        A failure here is rolled back and logged, and leaves a gap; the user's
        transaction continues. The user's changes are flushed first, or rolling back our
        part would undo them too.
        """
        self.env.flush_all()
        changes = self.env.cr.precommit.data.pop(capture.CHANGES, {})
        if self._try(self._write_all, changes) is None:
            return
        for watch, some in changes.values():
            error = self._try(self._write_model, watch, some)
            if error:
                self._write_each(watch, some, error)
        error = self._try(self._wake)
        if error:
            _logger.error("The dispatcher could not be woken", exc_info=error)

    def _write_all(self, changes):
        written = self.browse()
        for watch, some in changes.values():
            written |= self._write_model(watch, some)
        if written:
            self._wake()

    def _write_each(self, watch, changes, error):
        """Retries record by record; each that fails leaves a gap."""
        gaps = []
        for res_id, change in changes.items():
            if len(changes) > 1 and len(gaps) < MAX_FAILURES:
                error = self._try(self._write_model, watch, {res_id: change})
            if not error:
                continue
            _logger.error(
                "No event could be written for %s %s (%s): reconciliation will send it",
                watch.model,
                res_id,
                change.op,
                exc_info=error if len(gaps) < MAX_FAILURES else None,
            )
            gaps.append(
                {
                    "model": watch.model,
                    "res_id": res_id,
                    "op": change.op,
                    "error": f"{type(error).__name__}: {error}"[:500].replace("\0", ""),
                }
            )
        error = gaps and self._try(self.env["ip.event.gap"].create, gaps)
        if error:
            _logger.error("The gap could not be recorded either", exc_info=error)

    def _try(self, function, *args):
        """Calls the function inside a savepoint; an error is rolled back and returned.

        If the rollback fails, the transaction is broken, and a commit would silently
        lose it: that error is raised.
        """
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            function(*args)
        except Exception as error:  # noqa: BLE001
            savepoint.close(rollback=True)
            return error
        savepoint.close(rollback=False)
        return None

    def _write_model(self, watch, changes):
        """Writes the events of one model.

        :return: the new ones
        """
        memory = self._transaction_data()
        now = self._read_now(watch, changes)
        prior = self._earlier_events(watch, changes)
        drafts, kept, dropped = [], [], []
        for res_id, change in changes.items():
            row = prior.get(res_id)
            is_new = change.op == "created"
            if row is None:
                is_new = is_new or (watch.model, res_id) in memory["created"]
            elif row["correlation_id"] != self._correlation_id(change.cause):
                row = None
            else:
                is_new = row["op"] == "created"
            draft = watch.net_change(
                self.env, is_new, self._before(watch, change, row), now.get(res_id)
            )
            if draft and row:
                kept.append((row, draft))
            elif draft:
                drafts.append(
                    {
                        **draft,
                        "res_id": res_id,
                        "uid": change.uid,
                        "cause": change.cause,
                    }
                )
            elif row:
                dropped.append(row["id"])
        self._rewrite(watch, kept)
        self._withdraw(dropped)
        events = self._insert(watch, drafts)
        memory["created"].update(
            (watch.model, res_id)
            for res_id, change in changes.items()
            if change.op == "created"
        )
        memory["rows"].update(
            ((watch.model, draft["res_id"]), event_id)
            for draft, event_id in zip(drafts, events.ids, strict=True)
        )
        return events

    def _read_now(self, watch, changes):
        """{id: Snapshot} of the records that still exist."""
        groups = defaultdict(list)
        for res_id, change in changes.items():
            groups[change.company_id if watch.by_company else None].append(res_id)
        found = {}
        for company_id, ids in groups.items():
            records = self.env[watch.model].browse(ids).exists()
            found.update(watch.read(records, company_id))
        return found

    def _earlier_events(self, watch, changes):
        """The events that this transaction has already written about the same records,
        because of a savepoint: {id: row}.
        """
        rows = self._transaction_data()["rows"]
        ids = [
            event_id
            for res_id in changes
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

    def _before(self, watch, change, row):
        """The record before the transaction; None if unknown."""
        if row is None:
            return change.snapshot
        body = json.loads(row["body"])
        if body.get("thin") or body["changed"] is None or not change.snapshot:
            return None
        old = {name: pair[0] for name, pair in body["changed"].items()}
        payload = {**watch.payload(self.env, change.snapshot), **old}
        return change.snapshot._replace(
            company_id=body["company_id"], matches=True, payload=payload
        )

    def _rewrite(self, watch, kept):
        """Updates earlier events of this transaction to its net change so far."""
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
        """Deletes earlier events of this transaction whose net change is empty."""
        if ids:
            self.env.cr.execute("DELETE FROM ip_event WHERE id = ANY(%s)", [ids])
            self.browse(ids).invalidate_recordset(flush=False)
