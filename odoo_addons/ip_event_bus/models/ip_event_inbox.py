import json
import logging
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError

from .. import answers, calls, retention
from ..actions import marked
from ..origin import caused_by

_logger = logging.getLogger(__name__)

_MOST_ATTEMPTS = 5
_BATCH = 100


class IpEventInbox(models.Model):
    """Events that the bridge told Odoo of, each once.

    Other addons inherit from this and decorate methods with ``on_event``; a cron job
    calls them. Automation rules that are triggered by the creation of a record run
    while the bridge waits, in its transaction: what they raise refuses the event.
    """

    _name = "ip.event.inbox"
    _description = "Incoming event"
    _order = "id desc"
    _rec_name = "event_type"

    event_id = fields.Char("Event id", required=True, readonly=True)
    event_type = fields.Char(required=True, readonly=True, index=True)
    resource_id = fields.Char("Resource", readonly=True)
    payload = fields.Json(readonly=True)
    payload_text = fields.Text("Payload as text", compute="_compute_payload_text")
    source = fields.Char(readonly=True)
    correlation_id = fields.Char(readonly=True, index=True)
    causation_id = fields.Char(readonly=True)
    hop = fields.Integer(readonly=True)
    state = fields.Selection(
        [
            ("stored", "Stored"),
            ("waiting", "Waiting"),
            ("done", "Handled"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="stored",
        help="Stored: no addon handles events of this type.",
    )
    attempts = fields.Integer(readonly=True)
    next_try_at = fields.Datetime(readonly=True)
    last_error = fields.Char(readonly=True)
    handled_at = fields.Datetime(readonly=True)

    _event_id_uniq = models.Constraint("unique(event_id)", "The event came already.")
    _waiting_idx = models.Index("(id) where state = 'waiting'")

    @api.depends("payload")
    def _compute_payload_text(self):
        for event in self:
            event.payload_text = json.dumps(event.payload, indent=2, ensure_ascii=False)

    @api.model
    def _read_event(self, body):
        """The values of an event, of the signed body.

        :raise Refused: 400
        """
        resource = body.get("resource_id")
        if resource is not None:
            resource = resource if isinstance(resource, str) else str(resource)
            if len(resource) > 500 or isinstance(body["resource_id"], dict | list):
                raise calls.bad_request("resource_id: a text or a number is expected")
        source = body.get("source")
        causation = body.get("causation_id")
        payload = body.get("payload")
        return {
            "event_id": calls.text(body, "event_id", 500),
            "event_type": calls.name(body, "event_type"),
            "resource_id": resource,
            "payload": payload,
            "source": calls.text(body, "source", 200) if source is not None else False,
            "correlation_id": calls.correlation_id(body),
            "causation_id": causation is not None
            and calls.correlation_id(body, "causation_id"),
            "hop": calls.hop(body),
        }

    @api.model
    def _receive(self, event):
        """Stores an event unless it is there, and has it handled soon.

        :return: whether it is new
        :raise Refused: 422 if its id was another event's
        """
        inbox = self.sudo()
        call = _as_call(event)
        for first in self.env["ip.apply.receipt"]._take([call]).values():
            first._result_for(call)
            return False
        # Its receipt may be gone already.
        if inbox.search([("event_id", "=", event["event_id"])]):
            return False
        wanted = bool(self._handlers(event["event_type"]))
        with caused_by("bridge", event["correlation_id"], event["hop"]):
            inbox.create({**event, "state": "waiting" if wanted else "stored"})
            self.env.cr.flush()
        if wanted:
            inbox._wake()
        return True

    @api.model
    @tools.ormcache()
    def _all_handlers(self):
        return sorted(marked(type(self), "_ip_on_event").items())

    @api.model
    def _handlers(self, event_type):
        """The names of the methods that handle events of a type."""
        return [
            method
            for method, patterns in self._all_handlers()
            if any(_matches(pattern, event_type) for pattern in patterns)
        ]

    @api.model
    def _wake(self, at=None):
        # Without the key a wake-up that fails would look like an event that was not
        # stored.
        cron = self.env.ref("ip_event_bus.cron_inbox").sudo()
        cron.with_context(ip_event_bus_wake=True)._trigger(at)

    @api.model
    def _cron_handle(self):
        """Has waiting events handled, oldest first, each in its own transaction."""
        due = [
            ("state", "=", "waiting"),
            "|",
            ("next_try_at", "=", False),
            ("next_try_at", "<=", fields.Datetime.now()),
        ]
        progress = self.env["ir.cron"]._commit_progress
        events = self.search(due, order="id", limit=_BATCH)
        progress(remaining=len(events))
        for event in events:
            event._handle()
            if not progress(1):
                break
        if self.search_count(due, limit=1):
            self._wake()

    def _handle(self):
        """Calls the handlers of one event; the outcome is in its state."""
        methods = self._handlers(self.event_type)
        locked = self.try_lock_for_update()
        if not locked or self.state != "waiting":
            return
        try:
            with (
                caused_by("bridge", self.correlation_id, self.hop),
                self.env.cr.savepoint(),
            ):
                # Never as superuser: the payload comes from outside.
                agent = self.env["ip.agent.actions"]._agent()
                for method in methods:
                    getattr(self.with_user(agent), method)()
        except Exception as exc:  # noqa: BLE001
            self._failed(exc)
        else:
            self.write(
                {
                    "state": "done" if methods else "stored",
                    "attempts": self.attempts + 1,
                    "next_try_at": False,
                    "last_error": False,
                    "handled_at": fields.Datetime.now(),
                }
            )

    def _failed(self, exc):
        refused = answers.refusal_of(exc)
        log = _logger.exception if refused.code == "internal" else _logger.warning
        log("event %s failed, correlation_id=%s", self.event_id, self.correlation_id)
        attempts = self.attempts + 1
        again = attempts < _MOST_ATTEMPTS
        at = fields.Datetime.now() + timedelta(minutes=4 ** (attempts - 1))
        self.write(
            {
                "state": "waiting" if again else "failed",
                "attempts": attempts,
                "next_try_at": again and at,
                "last_error": f"{refused.code}: {refused.args[0]}"[:500],
            }
        )
        if again:
            self._wake(at)

    def action_retry(self):
        """Has events handled again, also those that nobody wanted when they came."""
        if not self.env.user.has_group("ip_event_bus.group_operator"):
            raise AccessError(self.env._("Only operators of the bridge retry events."))
        self.check_access("read")
        self.sudo().filtered(lambda event: event.state != "done").write(
            {"state": "waiting", "attempts": 0, "next_try_at": False}
        )
        self._wake()

    @api.autovacuum
    def _gc_events(self):
        before = retention.limit(self.env, "ip.inbox.keep_days", 90, least=30)
        old = self.search(
            [("state", "in", ("stored", "done")), ("create_date", "<", before)],
            limit=retention.BATCH,
            order="id",
        )
        return retention.delete_old(old)


def _as_call(event):
    """The event as an action: its receipt keeps it from being stored twice.

    A unique violation would do that too, but Odoo's log would show the payload.
    """
    args = {name: event[name] for name in ("event_type", "resource_id", "payload")}
    key = f"event_push:{event['event_id']}"
    return calls.Call("event_push", args, key, event["correlation_id"], event["hop"])


def _matches(pattern, event_type):
    return (
        pattern in ("*", event_type)
        or pattern.endswith(".*")
        and event_type.startswith(pattern[:-1])
    )
