import logging
import random

from odoo import api, fields, models

from ..delivery_result import DeliveryResult, event_outcome

_logger = logging.getLogger(__name__)

MIN_RETRY_DELAY, MAX_RETRY_DELAY = 60, 3600  # seconds
# A firewall, or a bridge that fails on one event, may respond like this. Responses that
# mean that nothing can be delivered are never attributed to an event.
POSSIBLY_POISON = {
    "broken",
    "forbidden",
    "refused",
    "server_error",
    "timeout",
    "web_page",
}
WRITE_OUTCOMES = f"""
update ip_event e
   set state = v.state, attempts = e.attempts + 1, last_status = v.status,
       last_error = v.error, bridge_event_id = nullif(v.number, 0),
       sent_at = case when v.state = 'sent' then v.at end,
       next_try_at = case when v.state = 'pending' then v.at
           + least({MAX_RETRY_DELAY}, {MIN_RETRY_DELAY} * 2 ^ least(e.attempts, 20))
             * v.jitter * interval '1 second' end
  from (values %s) v (id, state, status, error, number, at, jitter)
 where e.id = v.id and e.state = 'pending'
"""


class IpEvent(models.Model):
    """Records the outcomes of a batch, in its events and in the bridge's state."""

    _inherit = "ip.event"

    @api.model
    def _record_outcomes(self, batch, delivery, bridge):
        """Records the outcomes of the events.

        :return: what to report to the bridge's record: its kind, and the result
        """
        if delivery.kind == "delivered":
            return self._record_each_outcome(batch, delivery)
        if delivery.kind == "wait":
            return "wait", delivery
        if delivery.kind in POSSIBLY_POISON and (
            len(batch) > 1 or bridge._may_be_poison_event(delivery)
        ):
            if len(batch) == 1:
                self._write_outcomes("pending", [(batch[0].id, 0, delivery)])
                return "poison", delivery
            if delivery.kind == "refused" or bridge.proved:
                return "bisect", delivery
        return "fault", delivery

    @api.model
    def _record_each_outcome(self, batch, delivery):
        outcomes, report = {"sent": [], "dead": [], "retry": []}, ("success", delivery)
        for row, result in zip(batch, delivery.results, strict=True):
            outcome, reason = event_outcome(result)
            if outcome == "fault":
                report = "fault", reason
                continue
            number = result.get("id")
            fits = isinstance(number, int) and 0 < number < 2**31
            outcomes[outcome].append((row.id, number if fits else 0, reason))
            if outcome == "dead":
                _logger.warning(
                    "Event %s was rejected with status %s, correlation_id %s",
                    row.id,
                    reason.status,
                    row.correlation_id,
                )
                if report[0] == "success":
                    report = "dead", reason
        self._write_outcomes("sent", outcomes["sent"])
        self._write_outcomes("dead", outcomes["dead"])
        self._write_outcomes("pending", outcomes["retry"])
        return report

    @api.model
    def _write_outcomes(self, state, outcomes):
        """Counts one attempt each; those still pending get the time of the next."""
        if not outcomes:
            return
        now = fields.Datetime.now()
        self.env.cr.execute_values(
            WRITE_OUTCOMES,
            [
                (
                    event_id,
                    state,
                    200 if state == "sent" else (reason.status or 0),
                    None if state == "sent" else reason.detail or reason.kind,
                    number,
                    now,
                    random.uniform(1, 1.2),
                )
                for event_id, number, reason in outcomes
            ],
            template="(%s, %s, %s, %s::text, %s, %s::timestamp, %s)",
        )
        self.invalidate_model()

    @api.model
    def _update_bridge(self, bridge, report, count):
        kind, delivery = report
        bridge.invalidate_recordset()
        if kind == "dead":
            bridge._alarm("refused", DeliveryResult("refused_events"))
        if bridge.state == "paused":
            return  # by an operator, while the batch was on its way
        if kind == "fault":
            bridge._note_fault(delivery)
        elif kind == "wait":
            bridge._note_wait(delivery)
        elif kind == "bisect":
            bridge._note_bisection(count)
        elif kind == "poison":
            bridge._note_poison_event(delivery)
        else:
            bridge._note_success()
