import logging
import random
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from .. import channel

_logger = logging.getLogger(__name__)

PACK_BYTES = 900_000  # below the bridge's 1 MiB
FIRST_RETRY, SLOWEST_RETRY = 60, 3600  # seconds
# What a firewall, or a bridge that stumbles over one event, answers; what says that nothing
# at all can be delivered is never put down to an event.
EVENTS_OWN = {"broken", "forbidden", "refused", "server_error", "timeout", "web_page"}


class Row(NamedTuple):
    id: int
    body: str
    correlation_id: str


class IpEvent(models.Model):
    """Sends the events: in packs, in order per lane, again until they are taken."""

    _inherit = "ip.event"

    # Each query of _due has one index that fits, whatever PostgreSQL believes about how many
    # events wait: it has yet to count them when a hundred thousand come at once.
    _pending_idx = models.Index("(priority, id) WHERE state = 'pending' AND attempts = 0")
    _retried_idx = models.Index("(next_try_at) WHERE state = 'pending' AND attempts > 0")

    @api.model
    def _cron_dispatch(self):
        """Sends what can be sent now.

        Lets no exception out, or Odoo would switch the scheduled action off after a week.
        """
        try:
            self._dispatch()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # An operator changed the same rows. What was posted is posted again as it was.
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
            bridge._note_fault(channel.Answer("internal"))
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
                # The events first: who changes the bridge at this moment must not undo them.
                left = commit(len(pack), remaining=1)
                self._tell(bridge, told, len(pack))
                commit()
                # An operator may have paused it: each pack sees the state of its own time.
                bridge.invalidate_recordset()
        self._plan(bridge)
        commit()

    @api.model
    def _claim(self, bridge):
        """The next events to send, locked; a retried one goes alone, after all others.

        While it is unknown whether the bridge works a single event is tried, not always the
        same, or one that a firewall dislikes would stop all others for ever.
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

        One a lane because an event that is not taken must hold back the later ones of its
        record. A live event does not wait for a backfilled one, which it supersedes.
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
    def _settle(self, pack, answer, bridge):
        """Writes what became of the events.

        :return: what the bridge's record is to be told: the kind, and the answer
        """
        if answer.kind == "delivered":
            return self._settle_each(pack, answer)
        if answer.kind == "wait":
            return "wait", answer
        if answer.kind in EVENTS_OWN and (len(pack) > 1 or bridge._may_blame(answer)):
            if len(pack) == 1:
                self._write_outcomes("pending", [(pack[0].id, 0, answer)])
                return "blame", answer
            if answer.kind == "refused" or bridge.proved:
                return "half", answer
        return "fault", answer

    @api.model
    def _settle_each(self, pack, answer):
        outcomes, told = {"sent": [], "dead": [], "retry": []}, ("success", answer)
        for row, result in zip(pack, answer.results, strict=True):
            verdict, why = channel.outcome(result)
            if verdict == "fault":
                told = "fault", why
                continue
            number = result.get("id")
            fits = isinstance(number, int) and 0 < number < 2**31
            outcomes[verdict].append((row.id, number if fits else 0, why))
            if verdict == "dead":
                _logger.warning(
                    "Event %s is refused with %s, correlation_id %s",
                    row.id,
                    why.status,
                    row.correlation_id,
                )
                if told[0] == "success":
                    told = "dead", why
        self._write_outcomes("sent", outcomes["sent"])
        self._write_outcomes("dead", outcomes["dead"])
        self._write_outcomes("pending", outcomes["retry"])
        return told

    @api.model
    def _write_outcomes(self, state, outcomes):
        """Counts an attempt of each, and sets when the ones that stay pending are due."""
        if not outcomes:
            return
        now = fields.Datetime.now()
        self.env.cr.execute_values(
            """update ip_event e
                  set state = v.state, attempts = e.attempts + 1, last_status = v.status,
                      last_error = v.error, bridge_event_id = nullif(v.number, 0),
                      sent_at = case when v.state = 'sent' then v.at end,
                      next_try_at = case when v.state = 'pending' then v.at
                          + least(%(slowest)s, %(first)s * 2 ^ least(e.attempts, 20))
                            * v.jitter * interval '1 second' end
                 from (values %%s) v (id, state, status, error, number, at, jitter)
                where e.id = v.id and e.state = 'pending'"""
            % {"slowest": SLOWEST_RETRY, "first": FIRST_RETRY},
            [
                (
                    event_id,
                    state,
                    200 if state == "sent" else (why.status or 0),
                    None if state == "sent" else why.detail or why.kind,
                    number,
                    now,
                    random.uniform(1, 1.2),
                )
                for event_id, number, why in outcomes
            ],
            template="(%s, %s, %s, %s::text, %s, %s::timestamp, %s)",
        )
        self.invalidate_model()

    @api.model
    def _tell(self, bridge, told, count):
        kind, answer = told
        if kind == "fault":
            bridge._note_fault(answer)
        elif kind == "wait":
            bridge._note_wait(answer)
        elif kind == "half":
            bridge._note_half(count)
        elif kind == "blame":
            bridge._note_blame(answer)
        else:
            bridge._note_success()
            if kind == "dead":
                bridge._alarm("refused", channel.Answer("refused_events"))

    @api.model
    def _plan(self, bridge):
        """Has itself woken when the next attempt is due."""
        now = fields.Datetime.now()
        if bridge.state in ("fault", "waiting"):
            at = bridge.next_try_at
        elif bridge.state == "running":
            held = [("state", "=", "pending"), ("next_try_at", ">", now)]
            at = self.search(held, order="next_try_at", limit=1).next_try_at
        else:
            at = None
        if at:
            bridge._wake(max(at, now + timedelta(seconds=1)))
