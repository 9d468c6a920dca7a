import json
import logging
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError

from .. import api_request, api_response, retention
from ..actions import decorated
from ..api_error import bad_request
from ..origin import caused_by

_logger = logging.getLogger(__name__)

_MAX_ATTEMPTS = 5
_BATCH = 100


class IpEventInbox(models.Model):
    """The events that the bridge has sent to Odoo, each once.

    Other addons inherit from this model and decorate methods with ``on_event``; a
    scheduled action calls them. Automation rules triggered by the creation of a record
    run in the bridge's request: an exception there rejects the event.
    """

    _name = "ip.event.inbox"
    _description = "Incoming Event"
    _order = "id desc"
    _rec_name = "event_type"

    event_id = fields.Char("Event ID", required=True, readonly=True)
    event_type = fields.Char(required=True, readonly=True, index=True)
    resource_id = fields.Char("Resource", readonly=True)
    payload = fields.Json(readonly=True)
    payload_text = fields.Text("Payload as Text", compute="_compute_payload_text")
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
        help="An event stays “Stored” if no addon handles events of its type.",
    )
    attempts = fields.Integer(readonly=True)
    next_try_at = fields.Datetime("Next Attempt", readonly=True)
    last_error = fields.Char(readonly=True)
    handled_at = fields.Datetime("Handled On", readonly=True)

    _event_id_uniq = models.Constraint(
        "unique(event_id)", "This event has already been received."
    )
    _waiting_idx = models.Index("(id) where state = 'waiting'")

    @api.depends("payload")
    def _compute_payload_text(self):
        for event in self:
            event.payload_text = json.dumps(event.payload, indent=2, ensure_ascii=False)

    @api.model
    def _read_event(self, body):
        """The values of the event in the signed body.

        :raise ApiError: 400
        """
        resource = body.get("resource_id")
        if resource is not None:
            resource = resource if isinstance(resource, str) else str(resource)
            if len(resource) > 500 or isinstance(body["resource_id"], dict | list):
                raise bad_request("resource_id: expected a string or a number")
        source = body.get("source")
        causation = body.get("causation_id")
        payload = body.get("payload")
        return {
            "event_id": api_request.text(body, "event_id", 500),
            "event_type": api_request.name(body, "event_type"),
            "resource_id": resource,
            "payload": payload,
            "source": source is not None and api_request.text(body, "source", 200),
            "correlation_id": api_request.correlation_id(body),
            "causation_id": causation is not None
            and api_request.correlation_id(body, "causation_id"),
            "hop": api_request.hop(body),
        }

    @api.model
    def _receive(self, event):
        """Stores an event unless it is stored already, and has it handled soon.

        :return: whether it is new
        :raise ApiError: 422 if another event has used its ID
        """
        inbox = self.sudo()
        call = _as_action_request(event)
        for first in self.env["ip.apply.receipt"]._reserve([call]).values():
            first._result_for(call)
            return False
        # Its receipt may have been deleted already.
        if inbox.search([("event_id", "=", event["event_id"])]):
            return False
        handled = bool(self._handlers(event["event_type"]))
        with caused_by("bridge", event["correlation_id"], event["hop"]):
            inbox.create({**event, "state": "waiting" if handled else "stored"})
            self.env.cr.flush()
        if handled:
            inbox._wake()
        return True

    @api.model
    @tools.ormcache()
    def _all_handlers(self):
        return sorted(decorated(type(self), "_ip_on_event").items())

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
        # Without this key, a failed wake-up would look as if the event was not stored.
        cron = self.env.ref("ip_event_bus.cron_inbox").sudo()
        cron.with_context(ip_event_bus_wake=True)._trigger(at)

    @api.model
    def _cron_handle(self):
        """Handles waiting events, oldest first, each in its own transaction."""
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
        """Calls the handlers of one event, and sets its state accordingly."""
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
                agent = self.env["ip.agent.actions"]._integration_user()
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
        error = api_response.as_api_error(exc)
        log = _logger.exception if error.code == "internal" else _logger.warning
        log(
            "Handling event %s failed, correlation_id=%s",
            self.event_id,
            self.correlation_id,
        )
        attempts = self.attempts + 1
        again = attempts < _MAX_ATTEMPTS
        at = fields.Datetime.now() + timedelta(minutes=4 ** (attempts - 1))
        self.write(
            {
                "state": "waiting" if again else "failed",
                "attempts": attempts,
                "next_try_at": again and at,
                "last_error": f"{error.code}: {error.args[0]}"[:500],
            }
        )
        if again:
            self._wake(at)

    def action_retry(self):
        """Handles events again, including those that had no handler when they came."""
        if not self.env.user.has_group("ip_event_bus.group_operator"):
            raise AccessError(
                self.env._("Only operators of the Supabase Bridge can retry events.")
            )
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


def _as_action_request(event):
    """The event as an action, whose receipt prevents storing it twice.

    A unique constraint would as well, but Odoo would log the payload.
    """
    args = {name: event[name] for name in ("event_type", "resource_id", "payload")}
    key = f"event_push:{event['event_id']}"
    return api_request.ActionRequest(
        "event_push", args, key, event["correlation_id"], event["hop"]
    )


def _matches(pattern, event_type):
    return (
        pattern in ("*", event_type)
        or pattern.endswith(".*")
        and event_type.startswith(pattern[:-1])
    )
