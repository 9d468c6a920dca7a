import logging
from datetime import datetime, timedelta

from markupsafe import escape

from odoo import api, fields, models

from .. import bridge_client
from ..delivery_result import DeliveryResult

_logger = logging.getLogger(__name__)

MAX_BATCH_EVENTS = 100  # per POST; the bridge accepts no more
MIN_PROBE_DELAY, MAX_PROBE_DELAY = 15, 300  # seconds
# A restart of the bridge looks like this: no alarm until it has lasted a while.
TRANSIENT_FAULTS = {
    "broken",
    "dns",
    "no_connection",
    "refused_connection",
    "server_error",
    "timeout",
}
ALARM_AFTER = timedelta(minutes=2)
ALARM_AFTER_WAITING = timedelta(minutes=15)  # if the bridge keeps asking to wait
ACTIVITIES = {
    "fault": "ip_event_bus.activity_fault",
    "refused": "ip_event_bus.activity_refused",
    "rule": "ip_event_bus.activity_rule",
}


class IpBridge(models.Model):
    """Whether events are being sent, why not, and whom to alert."""

    _inherit = "ip.bridge"

    state = fields.Selection(
        [
            ("running", "Running"),
            ("waiting", "Waiting"),
            ("fault", "Fault"),
            ("paused", "Paused"),
        ],
        default="running",
        required=True,
        readonly=True,
    )
    fault = fields.Char(string="Kind of Fault", readonly=True)
    fault_status = fields.Integer(string="HTTP Status", readonly=True)
    fault_detail = fields.Char(readonly=True)
    reason = fields.Char(compute="_compute_reason")
    since = fields.Datetime(readonly=True)
    failures = fields.Integer(
        readonly=True,
        help="The number of consecutive failed attempts since the fault began.",
    )
    next_try_at = fields.Datetime(string="Next Attempt", readonly=True)
    last_success_at = fields.Datetime(string="Last Success", readonly=True)
    pack_limit = fields.Integer(
        default=MAX_BATCH_EVENTS,
        readonly=True,
        help="The number of events sent at once: one while the bridge may be down.",
    )
    proved = fields.Boolean(
        readonly=True,
        help="The bridge has accepted events since the last fault, so the next fault"
        " may be caused by an event.",
    )
    alarmed = fields.Boolean(readonly=True)
    responsible_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.ref("base.user_admin", raise_if_not_found=False),
        help="This user gets an activity when events cannot be sent or are refused.",
    )
    pending_count = fields.Integer(string="Pending", compute="_compute_events")
    dead_count = fields.Integer(string="Dead", compute="_compute_events")
    oldest_pending_at = fields.Datetime(
        string="Oldest Pending", compute="_compute_events"
    )

    @api.depends("state", "fault", "fault_status", "fault_detail")
    @api.depends_context("lang")
    def _compute_reason(self):
        for bridge in self:
            bridge.reason = bridge.fault and bridge._explain(
                DeliveryResult(
                    bridge.fault,
                    status=bridge.fault_status,
                    detail=bridge.fault_detail or "",
                )
            )

    def _compute_events(self):
        events = self.env["ip.event"].sudo()
        pending = [("state", "=", "pending")]
        count = events.search_count(pending)
        oldest = events.search(pending, order="id", limit=1).occurred_at
        dead = events.search_count([("state", "=", "dead")])
        for bridge in self:
            bridge.pending_count = count
            bridge.oldest_pending_at = oldest
            bridge.dead_count = dead

    @api.model
    def _missing_settings(self):
        """The required settings that are not set."""
        names = ("ip.ingest.url", "ip.ingest.token", "ip.hmac.secret")
        return [name for name in names if not self._setting(name)]

    def _may_send(self):
        """Whether a batch may be sent now; being a copy is recorded as a fault."""
        self.ensure_one()
        # An operator may have paused it since the last batch.
        self.invalidate_recordset()
        if self._is_neutralized() or self._missing_settings() or self.state == "paused":
            return False
        if not self._is_paired():
            if self.fault != "copy":
                self._note_fault(DeliveryResult("copy"))
            return False
        now = fields.Datetime.now()
        return self.state == "running" or (self.next_try_at or now) <= now

    def _open_client(self):
        """A client with the current settings."""
        return bridge_client.BridgeClient(
            bridge_client.ingest_url(self._setting("ip.ingest.url")),
            self._setting("ip.ingest.token"),
            self._accepted_values("ip.hmac.secret"),
        )

    def _note_success(self):
        """The bridge accepted a batch: batches grow back to full size."""
        limit = min(MAX_BATCH_EVENTS, self.pack_limit * 2)
        now = fields.Datetime.now()
        vals = {"pack_limit": limit, "proved": limit < MAX_BATCH_EVENTS, "failures": 0}
        if self.state != "running":
            vals |= {"state": "running", "since": now, "next_try_at": False}
            vals |= {"fault": False, "fault_status": 0, "fault_detail": False}
        # Not with every batch: each update of the row costs the database work.
        if now - (self.last_success_at or datetime.min) > timedelta(seconds=5):
            vals["last_success_at"] = now
        changed = {name: value for name, value in vals.items() if self[name] != value}
        if changed:
            self.write(changed)
        if self.alarmed:
            self.alarmed = False
            self.activity_feedback([ACTIVITIES["fault"]])

    def _note_bisection(self, count):
        """A batch of ``count`` was refused: bisects to find the poison event."""
        self.pack_limit = max(1, count // 2)

    def _note_poison_event(self, delivery):
        """An event is refused even on its own: others continue. One of them must be
        accepted before another counts as poison, or the events are not the problem.
        """
        self.write({"proved": False, "failures": self.failures + 1})
        self._alarm("refused", delivery)

    def _may_be_poison_event(self, delivery):
        """Whether the event may be the cause, not the bridge or a proxy before it."""
        return self.proved or (delivery.kind == "refused" and not self.failures)

    def _note_wait(self, delivery):
        """The bridge is busy and has asked to wait."""
        now = fields.Datetime.now()
        since = self.since if self.state == "waiting" else now
        self.write(
            {
                "state": "waiting",
                "fault": delivery.kind,
                "fault_status": delivery.status,
                "fault_detail": delivery.detail,
                "since": since,
                "next_try_at": now + timedelta(seconds=delivery.retry_after),
            }
        )
        if not self.alarmed and now - since >= ALARM_AFTER_WAITING:
            self.alarmed = True
            self._alarm("fault", delivery)

    def _note_fault(self, delivery):
        """Nothing can be delivered: stops, and retries with increasing delays."""
        now = fields.Datetime.now()
        since = self.since if self.state == "fault" else now
        failures = self.failures + 1
        delay = min(MAX_PROBE_DELAY, MIN_PROBE_DELAY * 2 ** min(failures - 1, 10))
        self.write(
            {
                "state": "fault",
                "fault": delivery.kind,
                "fault_status": delivery.status or 0,
                "fault_detail": delivery.detail,
                "since": since,
                "failures": failures,
                "next_try_at": now + timedelta(seconds=delay),
                "pack_limit": 1,
                "proved": False,
            }
        )
        _logger.warning(
            "Events cannot be sent: %s, status %s, attempt %s",
            delivery.kind,
            delivery.status,
            failures,
        )
        if not self.alarmed and (
            delivery.kind not in TRANSIENT_FAULTS or now - since >= ALARM_AFTER
        ):
            self.alarmed = True
            self._alarm("fault", delivery)

    def _alarm(self, name, delivery):
        """Alerts the responsible user, unless this alarm is open. Never raises."""
        try:
            with self.env.cr.savepoint():
                kind = self.env.ref(ACTIVITIES[name])
                if kind in self.activity_ids.activity_type_id:
                    return
                user = self.responsible_id.filtered("active")
                bridge = self.with_context(lang=user.lang or "en_US")
                note = bridge._explain(delivery)
                bridge.message_post(body=note)
                if user:
                    bridge.activity_schedule(
                        ACTIVITIES[name], note=escape(note), user_id=user.id
                    )
        except Exception:
            _logger.exception("The responsible user could not be alerted")
