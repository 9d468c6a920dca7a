import logging
import random

from odoo import api, fields, models

from ..answer import Answer, outcome

_logger = logging.getLogger(__name__)

FIRST_RETRY, SLOWEST_RETRY = 60, 3600  # seconds
# What a firewall, or a bridge that stumbles over one event, answers; what says that
# nothing at all can be delivered is never put down to an event.
EVENTS_OWN = {"broken", "forbidden", "refused", "server_error", "timeout", "web_page"}
WRITE_OUTCOMES = f"""
update ip_event e
   set state = v.state, attempts = e.attempts + 1, last_status = v.status,
       last_error = v.error, bridge_event_id = nullif(v.number, 0),
       sent_at = case when v.state = 'sent' then v.at end,
       next_try_at = case when v.state = 'pending' then v.at
           + least({SLOWEST_RETRY}, {FIRST_RETRY} * 2 ^ least(e.attempts, 20))
             * v.jitter * interval '1 second' end
  from (values %s) v (id, state, status, error, number, at, jitter)
 where e.id = v.id and e.state = 'pending'
"""


class IpEvent(models.Model):
    """Writes what became of the events of a pack, and tells the bridge's record."""

    _inherit = "ip.event"

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
            verdict, why = outcome(result)
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
        """Counts an attempt of each; what stays pending gets the time of the next."""
        if not outcomes:
            return
        now = fields.Datetime.now()
        self.env.cr.execute_values(
            WRITE_OUTCOMES,
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
        bridge.invalidate_recordset()
        if kind == "dead":
            bridge._alarm("refused", Answer("refused_events"))
        if bridge.state == "paused":
            return  # by an operator, while the pack was on its way
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
