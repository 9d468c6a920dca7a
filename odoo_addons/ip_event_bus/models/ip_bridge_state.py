import logging
from datetime import datetime, timedelta

from markupsafe import escape

from odoo import api, fields, models

from .. import channel
from ..answer import Answer

_logger = logging.getLogger(__name__)

PACK = 100  # events in one POST; the bridge takes no more
FIRST_PROBE, SLOWEST_PROBE = 15, 300  # seconds
# What a restart of the bridge looks like: no alarm before it lasts.
PASSING = {
    "broken",
    "dns",
    "no_connection",
    "refused_connection",
    "server_error",
    "timeout",
}
GRACE = timedelta(minutes=2)
PATIENCE = timedelta(minutes=15)  # with a bridge that asks to wait
ACTIVITIES = {
    "fault": "ip_event_bus.activity_fault",
    "refused": "ip_event_bus.activity_refused",
    "rule": "ip_event_bus.activity_rule",
}


class IpBridge(models.Model):
    """Whether events are sent, why not, and who is told."""

    _inherit = "ip.bridge"

    state = fields.Selection(
        [
            ("running", "Running"),
            ("waiting", "Asked to wait"),
            ("fault", "Fault"),
            ("paused", "Paused"),
        ],
        default="running",
        required=True,
        readonly=True,
    )
    fault = fields.Char(string="Kind of fault", readonly=True)
    fault_status = fields.Integer(string="HTTP status", readonly=True)
    fault_detail = fields.Char(readonly=True)
    reason = fields.Char(compute="_compute_reason")
    since = fields.Datetime(readonly=True)
    failures = fields.Integer(
        readonly=True, help="How many attempts failed in a row since the fault began."
    )
    next_try_at = fields.Datetime(string="Next try", readonly=True)
    last_success_at = fields.Datetime(string="Last success", readonly=True)
    pack_limit = fields.Integer(
        default=PACK,
        readonly=True,
        help="How many events go at once: one while the bridge may not work.",
    )
    proved = fields.Boolean(
        readonly=True,
        help="Something was taken since the last fault: an event may be at fault.",
    )
    alarmed = fields.Boolean(readonly=True)
    responsible_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.ref("base.user_admin", raise_if_not_found=False),
        help="Gets an activity when events cannot be sent or are refused.",
    )
    pending_count = fields.Integer(string="Pending", compute="_compute_events")
    dead_count = fields.Integer(string="Dead", compute="_compute_events")
    oldest_pending_at = fields.Datetime(string="Oldest", compute="_compute_events")

    @api.depends("state", "fault", "fault_status", "fault_detail")
    @api.depends_context("lang")
    def _compute_reason(self):
        for bridge in self:
            bridge.reason = bridge.fault and bridge._remedy(
                Answer(
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
    def _missing(self):
        """The settings without which nothing can be sent."""
        names = ("ip.ingest.url", "ip.ingest.token", "ip.hmac.secret")
        return [name for name in names if not self._setting(name)]

    def _may_send(self):
        """Whether a pack may go now; a copy is noted as a fault."""
        self.ensure_one()
        # An operator may have paused it since the last pack.
        self.invalidate_recordset()
        if self._is_neutralized() or self._missing() or self.state == "paused":
            return False
        if not self._is_paired():
            if self.fault != "copy":
                self._note_fault(Answer("copy"))
            return False
        now = fields.Datetime.now()
        return self.state == "running" or (self.next_try_at or now) <= now

    def _open_channel(self):
        """A channel with the settings of this moment."""
        return channel.Channel(
            channel.ingest_url(self._setting("ip.ingest.url")),
            self._setting("ip.ingest.token"),
            self._live("ip.hmac.secret"),
        )

    def _note_success(self):
        """The bridge took a pack: full speed again, by and by."""
        limit = min(PACK, self.pack_limit * 2)
        now = fields.Datetime.now()
        vals = {"pack_limit": limit, "proved": limit < PACK, "failures": 0}
        if self.state != "running":
            vals |= {"state": "running", "since": now, "next_try_at": False}
            vals |= {"fault": False, "fault_status": 0, "fault_detail": False}
        # Not with every pack: each version of the row is work for the database.
        if now - (self.last_success_at or datetime.min) > timedelta(seconds=5):
            vals["last_success_at"] = now
        changed = {name: value for name, value in vals.items() if self[name] != value}
        if changed:
            self.write(changed)
        if self.alarmed:
            self.alarmed = False
            self.activity_feedback([ACTIVITIES["fault"]])

    def _note_half(self, count):
        """A pack of so many was refused: looks for the one to blame."""
        self.pack_limit = max(1, count // 2)

    def _note_blame(self, answer):
        """An event is refused even alone: others go on, but one has to be taken before
        the next may be blamed, or it is not the events that are wrong.
        """
        self.write({"proved": False, "failures": self.failures + 1})
        self._alarm("refused", answer)

    def _may_blame(self, answer):
        """Whether it may be the event, and not the bridge or what is before it."""
        return self.proved or (answer.kind == "refused" and not self.failures)

    def _note_wait(self, answer):
        """The bridge is busy and said until when."""
        now = fields.Datetime.now()
        since = self.since if self.state == "waiting" else now
        self.write(
            {
                "state": "waiting",
                "fault": answer.kind,
                "fault_status": answer.status,
                "fault_detail": answer.detail,
                "since": since,
                "next_try_at": now + timedelta(seconds=answer.retry_after),
            }
        )
        if not self.alarmed and now - since >= PATIENCE:
            self.alarmed = True
            self._alarm("fault", answer)

    def _note_fault(self, answer):
        """Nothing can be delivered: pauses, and tries again, ever more slowly."""
        now = fields.Datetime.now()
        since = self.since if self.state == "fault" else now
        failures = self.failures + 1
        delay = min(SLOWEST_PROBE, FIRST_PROBE * 2 ** min(failures - 1, 10))
        self.write(
            {
                "state": "fault",
                "fault": answer.kind,
                "fault_status": answer.status or 0,
                "fault_detail": answer.detail,
                "since": since,
                "failures": failures,
                "next_try_at": now + timedelta(seconds=delay),
                "pack_limit": 1,
                "proved": False,
            }
        )
        _logger.warning(
            "Events wait: %s, status %s, attempt %s",
            answer.kind,
            answer.status,
            failures,
        )
        if not self.alarmed and (answer.kind not in PASSING or now - since >= GRACE):
            self.alarmed = True
            self._alarm("fault", answer)

    def _alarm(self, name, answer):
        """Tells who is responsible, unless such an alarm is open. Never raises."""
        try:
            with self.env.cr.savepoint():
                kind = self.env.ref(ACTIVITIES[name])
                if kind in self.activity_ids.activity_type_id:
                    return
                user = self.responsible_id.filtered("active")
                bridge = self.with_context(lang=user.lang or "en_US")
                note = bridge._remedy(answer)
                bridge.message_post(body=note)
                if user:
                    bridge.activity_schedule(
                        ACTIVITIES[name], note=escape(note), user_id=user.id
                    )
        except Exception:
            _logger.exception("The alarm could not be given")

    def _wake(self, at=None):
        """Lets the dispatcher run now, or at a time unless it does so before."""
        cron = self._cron()
        planned = at and self.env["ir.cron.trigger"].sudo().search_count(
            [
                ("cron_id", "=", cron.id),
                ("call_at", ">", fields.Datetime.now()),
                ("call_at", "<=", at),
            ],
            limit=1,
        )
        if cron and not planned:
            cron._trigger(at)

    def _crons(self):
        """All scheduled actions of this addon."""
        crons = self._cron()
        for name in ("backfill", "reconcile", "inbox"):
            crons |= self.env.ref(f"ip_event_bus.cron_{name}", False) or crons
        return crons

    def _cron(self):
        cron = self.env.ref("ip_event_bus.cron_dispatch", raise_if_not_found=False)
        return (cron or self.env["ir.cron"]).sudo()
