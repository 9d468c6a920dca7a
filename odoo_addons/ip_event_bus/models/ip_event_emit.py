from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from .. import origin


class Heartbeat(NamedTuple):
    """Stands for the rule of an event that is about no record."""

    model: str = "bridge"
    rule_id: int | None = None


class IpEvent(models.Model):
    """Writes events about records whose changes were not captured."""

    _inherit = "ip.event"

    @api.model
    def _emit(self, rule, records, op, source, payloads=None):
        """Writes one event per record without a captured change, and wakes the
        dispatcher.

        :param rule: the ip.event.rule with the fields to send
        :param records: of the rule's model; they need not exist if ``payloads`` covers
            them all
        :param op: created, updated or deleted
        :param source: backfill or reconcile
        :param payloads: {id: {field: value}}; missing ones are read from the records
        :return: the new events
        """
        watch = rule._watch()
        payloads = dict(payloads or {})
        unread = records.browse(set(records.ids).difference(payloads))
        self._lock_for_share(unread)
        snapshots = watch.read(unread)
        drafts = []
        for res_id in records.ids:
            company_id = None
            if res_id in snapshots:
                payloads[res_id] = watch.payload(self.sudo().env, snapshots[res_id])
                company_id = snapshots[res_id].company_id
            if res_id not in payloads:
                continue  # deleted meanwhile, which has its own event
            drafts.append(
                {
                    "res_id": res_id,
                    "op": op,
                    "payload": payloads[res_id],
                    # What its values were before is unknown.
                    "changed": None if op == "updated" else {},
                    "company_id": company_id,
                    "uid": self.env.uid,
                    "cause": origin.cause(),
                }
            )
        events = self._insert(watch, drafts, source)
        if events:
            self._wake()
        return events

    @api.model
    def _emit_heartbeat(self):
        """Writes the event that answers a heartbeat, and wakes the dispatcher.

        It takes the way of every event: out of this database, after the commit.
        """
        draft = {
            "res_id": None,
            "op": "heartbeat",
            "payload": {},
            "changed": {},
            "company_id": None,
            "uid": self.env.uid,
            "cause": origin.cause(),
        }
        self._insert(Heartbeat(), [draft])
        self._wake()

    @api.model
    def _lock_for_share(self, records):
        """Keeps others from changing the records before this transaction ends.

        Otherwise the event of such a change could have a lower number than ours, and
        our outdated values would be sent last. If a record has changed since this
        transaction began, PostgreSQL raises a serialization failure, and Odoo retries.
        """
        if records:
            self.env.cr.execute(
                SQL(
                    "select from %s where id in %s for share",
                    SQL.identifier(records._table),
                    records._ids,
                ),
                log_exceptions=False,
            )
