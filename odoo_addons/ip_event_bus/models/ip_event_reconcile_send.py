import logging

from odoo import models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

GAPS = 500


class IpEventRule(models.Model):
    """Emits what reconciliation finds, if the rule sends such events."""

    _inherit = "ip.event.rule"

    def unlink(self):
        gaps = self.env["ip.event.gap"].sudo()
        gaps = gaps.search([("model", "in", self.mapped("model"))])
        result = super().unlink()
        gaps.unlink()  # nothing would ever send them
        return result

    def _reconcile_gaps(self, watch):
        """Emits the changes whose event could not be written.

        One by one: a record that still cannot be read must not stop the others.
        """
        gaps = self.env["ip.event.gap"].search([("model", "=", self.model)], limit=GAPS)
        found, failed = 0, 0
        for res_id, some in gaps.grouped("res_id").items():
            try:
                with self.env.cr.savepoint():
                    found += self._send_gap(watch, res_id, some)
                    some.unlink()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception as error:
                failed += 1
                kind = type(error).__name__
                _logger.error("%s %s cannot be sent: %s", self.model, res_id, kind)
        return found, len(gaps) == GAPS and not failed

    def _send_gap(self, watch, res_id, gaps):
        """:return: how many events were written"""
        if not self._table_rows([res_id]):
            return self._send_deleted([res_id])
        snapshot = watch.read(self.env[self.model].browse(res_id))[res_id]
        known = self.env["ip.event.known"].search(
            [("rule_id", "=", self.id), ("res_id", "=", res_id)]
        )
        if not snapshot.matches and not known.digest:
            return 0  # it has never matched the rule's domain
        is_new = "created" in gaps.mapped("op")
        return self._send("created" if is_new else "updated", [res_id])

    def _send(self, op, ids):
        """:return: how many events were written"""
        wanted = self.on_create if op == "created" else self.on_write
        if not ids or not wanted:
            return 0
        records = self.env[self.model].browse(ids)
        return len(self.env["ip.event"]._emit(self, records, op, source="reconcile"))

    def _send_deleted(self, ids):
        if not ids or not self.on_unlink:
            return 0
        events = self.env["ip.event"]._emit(
            self,
            self.env[self.model].browse(ids),
            "deleted",
            source="reconcile",
            # Their values are no longer known.
            payloads=dict.fromkeys(ids, {}),
        )
        return len(events)

    def _table_rows(self, ids):
        return [
            row[0]
            for row in self.env.execute_query(
                SQL("select id from %s where id = any(%s)", self._sql_table(), ids)
            )
        ]

    def _sql_table(self):
        return SQL.identifier(self.env[self.model]._table)
