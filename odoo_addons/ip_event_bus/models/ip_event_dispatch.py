import logging
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..delivery_result import DeliveryResult

_logger = logging.getLogger(__name__)

MAX_BATCH_BYTES = 900_000  # below the bridge's 1 MiB


class Row(NamedTuple):
    id: int
    body: str
    correlation_id: str


class IpEvent(models.Model):
    """Sends events in batches, in order per lane, until the bridge accepts them."""

    _inherit = "ip.event"

    # Each query of _due has exactly one suitable index, so that it does not depend on
    # PostgreSQL's statistics: they are outdated when 100,000 events come at once.
    _pending_idx = models.Index(
        "(priority, id) WHERE state = 'pending' AND attempts = 0"
    )
    _retried_idx = models.Index(
        "(next_try_at) WHERE state = 'pending' AND attempts > 0"
    )

    @api.model
    def _cron_dispatch(self):
        """Sends what can be sent now.

        Raises no exception: after a week of failures Odoo would deactivate it.
        """
        try:
            self._dispatch()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # An operator changed the same rows; the last batch is sent again.
            self.env.cr.rollback()
            self.env["ip.bridge"]._get_bridge()._wake()
        except Exception:
            _logger.exception("The dispatcher failed")
            self.env.cr.rollback()
            self._note_failure()

    @api.model
    def _note_failure(self):
        try:
            bridge = self.env["ip.bridge"]._get_bridge()
            bridge._note_fault(DeliveryResult("internal"))
            bridge._wake(bridge.next_try_at)
            self.env["ir.cron"]._commit_progress(remaining=0)
        except Exception:
            _logger.exception("The dispatcher's failure could not be recorded")

    @api.model
    def _dispatch(self):
        bridge = self.env["ip.bridge"]._get_bridge()
        commit = self.env["ir.cron"]._commit_progress
        left = 1
        with bridge._open_client() as sender:
            while left > 0:
                batch = bridge._may_send() and self._claim(bridge)
                if not batch:
                    commit(remaining=0)
                    break
                delivery = sender.send([row.body for row in batch])
                report = self._record_outcomes(batch, delivery, bridge)
                # Events first: a conflict on the bridge's record must not undo them.
                left = commit(len(batch), remaining=1)
                self._update_bridge(bridge, report, len(batch))
                commit()
        self._schedule_next_run(bridge)
        commit()

    @api.model
    def _claim(self, bridge):
        """Locks the next events to send; a retried one goes alone, after all others.

        While the bridge may be down, a single event is tried, and not always the same:
        otherwise one that a firewall blocks would hold up all others forever.
        """
        skip = bridge.failures % 3 if bridge.state == "fault" else 0
        while True:
            ids = (
                self._due(bridge.pack_limit, skip)
                or (skip and self._due(bridge.pack_limit))
                or self._due(1, retried=True)
            )
            if not ids:
                return []
            # Skips what an operator is discarding right now.
            locked = self.browse(ids).try_lock_for_update(allow_referencing=True)
            sendable = locked - locked._supersede()
            if sendable or not locked:
                return sendable._rows()

    @api.model
    def _due(self, limit, skip=0, retried=False):
        """The IDs of the next events, one per lane, as many as fit into a POST.

        One per lane, because an event that is not accepted must hold back later ones of
        its record. A live event does not wait for a backfilled one, but replaces it.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """select e.id, octet_length(e.body) from ip_event e
                    where e.state = 'pending'
                      and %(retried_filter)s
                      and (e.next_try_at is null or e.next_try_at <= %(now)s)
                      and e.id = (select min(o.id) from ip_event o
                                   where o.lane = e.lane and o.state = 'pending'
                                     and (o.source = 'live' or e.source <> 'live'))
                    order by e.priority, e.id
                    limit %(limit)s offset %(skip)s""",
                retried_filter=SQL("e.attempts > 0")
                if retried
                else SQL("e.attempts = 0"),
                now=fields.Datetime.now(),
                limit=limit,
                skip=skip,
            )
        )
        ids, size = [], 0
        for event_id, length in rows:
            size += length + 1
            if ids and size > MAX_BATCH_BYTES:
                break
            ids.append(event_id)
        return ids

    def _supersede(self):
        """Drops backfilled events whose record has a later live event.

        :return: the dropped ones
        """
        if not self:
            return self
        rows = self.env.execute_query(
            SQL(
                """update ip_event b set state = 'superseded'
                    where b.id in %s and b.source <> 'live'
                      and exists (select 1 from ip_event l
                                   where l.lane = b.lane and l.id > b.id
                                     and l.source = 'live'
                                     and l.state in ('pending', 'sent'))
                   returning b.id""",
                self._ids,
            )
        )
        self.invalidate_model(["state"])
        return self.browse(row[0] for row in rows)

    def _rows(self):
        if not self:
            return []
        return [
            Row(*row)
            for row in self.env.execute_query(
                SQL(
                    "select id, body, correlation_id from ip_event where id in %s"
                    " order by priority, id",
                    self._ids,
                )
            )
        ]

    @api.model
    def _schedule_next_run(self, bridge):
        """Schedules the next run for when the next attempt is due."""
        now = fields.Datetime.now()
        if bridge.state in ("fault", "waiting"):
            at = bridge.next_try_at
        elif bridge.state == "running":
            held = [
                ("state", "=", "pending"),
                ("attempts", ">", 0),
                ("next_try_at", ">", now),
            ]
            at = self.search(held, order="next_try_at", limit=1).next_try_at
        else:
            at = None
        if at:
            bridge._wake(max(at, now + timedelta(seconds=1)))
