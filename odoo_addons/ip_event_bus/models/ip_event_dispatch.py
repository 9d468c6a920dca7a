import logging
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..answer import Answer

_logger = logging.getLogger(__name__)

PACK_BYTES = 900_000  # below the bridge's 1 MiB


class Row(NamedTuple):
    id: int
    body: str
    correlation_id: str


class IpEvent(models.Model):
    """Sends the events: in packs, in order per lane, again until they are taken."""

    _inherit = "ip.event"

    # Each query of _due has one index that fits, whatever PostgreSQL believes about how
    # many events wait: it has yet to count them when a hundred thousand come at once.
    _pending_idx = models.Index(
        "(priority, id) WHERE state = 'pending' AND attempts = 0"
    )
    _retried_idx = models.Index(
        "(next_try_at) WHERE state = 'pending' AND attempts > 0"
    )

    @api.model
    def _cron_dispatch(self):
        """Sends what can be sent now.

        Lets no exception out: after a week of them Odoo would switch it off.
        """
        try:
            self._dispatch()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # An operator changed the same rows; what was posted is posted again.
            self.env.cr.rollback()
            self.env["ip.bridge"]._the()._wake()
        except Exception:
            _logger.exception("The dispatcher failed")
            self.env.cr.rollback()
            self._note_failure()

    @api.model
    def _note_failure(self):
        try:
            bridge = self.env["ip.bridge"]._the()
            bridge._note_fault(Answer("internal"))
            bridge._wake(bridge.next_try_at)
            self.env["ir.cron"]._commit_progress(remaining=0)
        except Exception:
            _logger.exception("The dispatcher's failure could not be noted")

    @api.model
    def _dispatch(self):
        bridge = self.env["ip.bridge"]._the()
        commit = self.env["ir.cron"]._commit_progress
        left = 1
        with bridge._open_channel() as sender:
            while left > 0:
                pack = bridge._may_send() and self._claim(bridge)
                if not pack:
                    commit(remaining=0)
                    break
                answer = sender.send([row.body for row in pack])
                told = self._settle(pack, answer, bridge)
                # The events first: who now changes the bridge must not undo them.
                left = commit(len(pack), remaining=1)
                self._tell(bridge, told, len(pack))
                commit()
        self._plan(bridge)
        commit()

    @api.model
    def _claim(self, bridge):
        """The next events to send, locked; a retried one goes alone, after all others.

        While it is unknown whether the bridge works a single event is tried, not always
        the same, or one that a firewall dislikes would stop all others for ever.
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
            # Skips what an operator is just discarding.
            locked = self.browse(ids).try_lock_for_update(allow_referencing=True)
            fresh = locked - locked._supersede()
            if fresh or not locked:
                return fresh._rows()

    @api.model
    def _due(self, limit, skip=0, retried=False):
        """Ids of events whose turn it is, one a lane, as many as a POST can carry.

        One a lane because an event that is not taken must hold back the later ones of
        its record. A live event does not wait for a backfilled one, but replaces it.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """select e.id, octet_length(e.body) from ip_event e
                    where e.state = 'pending'
                      and %(tried)s
                      and (e.next_try_at is null or e.next_try_at <= %(now)s)
                      and e.id = (select min(o.id) from ip_event o
                                   where o.lane = e.lane and o.state = 'pending'
                                     and (o.source = 'live' or e.source <> 'live'))
                    order by e.priority, e.id
                    limit %(limit)s offset %(skip)s""",
                tried=SQL("e.attempts > 0") if retried else SQL("e.attempts = 0"),
                now=fields.Datetime.now(),
                limit=limit,
                skip=skip,
            )
        )
        ids, size = [], 0
        for event_id, length in rows:
            size += length + 1
            if ids and size > PACK_BYTES:
                break
            ids.append(event_id)
        return ids

    def _supersede(self):
        """Gives up those of a backfill whose record has a later live event.

        :return: the ones given up
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
    def _plan(self, bridge):
        """Has itself woken when the next attempt is due."""
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
