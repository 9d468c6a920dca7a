from odoo import http
from odoo.http import request
from odoo.modules.module import get_manifest

from ..api_error import ApiError, bad_request
from ..api_request import BUDGET_SECONDS, MAX_BATCH, parse_action
from ..request_log import RequestLog

# Not readonly: with a replica, a route that writes would run twice.
_ROUTE = {
    "type": "http",
    "csrf": False,
    "save_session": False,
    "readonly": False,
}


class EventBus(http.Controller):
    """The API that the bridge calls.

    Exceptions are not caught here: Odoo rolls back and retries, and ir.http responds.
    """

    @http.route("/api/agent/apply", auth="ip_apply", methods=["POST"], **_ROUTE)
    def apply(self):
        body = request.ip_body
        if "actions" in body:
            return self._apply_batch(body["actions"])
        call = parse_action(body, keyed=request.ip_strict)
        log = self._accept([(call.action, call.correlation_id)])
        response = request.env["ip.apply"]._apply_one(call)
        log.log_all(request.env, 200, response["code"])
        return request.make_json_response(response)

    def _apply_batch(self, actions):
        if not isinstance(actions, list) or not 0 < len(actions) <= MAX_BATCH:
            raise bad_request(f"actions: expected 1 to {MAX_BATCH} objects")
        calls = [parse_action(action, keyed=True) for action in actions]
        if len({call.key for call in calls}) != len(calls):
            raise bad_request("actions: two have the same idempotency_key")
        log = self._accept([(call.action, call.correlation_id) for call in calls])
        results = request.env["ip.apply"]._apply_batch(calls)
        outcomes = [(it["status"], it["code"], it["duration_ms"]) for it in results]
        log.log(request.env, outcomes)
        return request.make_json_response({"ok": True, "results": results})

    @http.route(
        "/api/agent/event_push", auth="ip_event_push", methods=["POST"], **_ROUTE
    )
    def event_push(self):
        inbox = request.env["ip.event.inbox"]
        event = inbox._read_event(request.ip_body)
        log = self._accept([(event["event_type"], event["correlation_id"])])
        new = inbox._receive(event)
        status, code = (202, "stored") if new else (200, "duplicate")
        log.log_all(request.env, status, code)
        response = {
            "ok": True,
            "code": code,
            "message": "",
            "retryable": False,
            "correlation_id": event["correlation_id"],
            "duplicate": not new,
        }
        return request.make_json_response(response, status=status)

    @http.route("/api/agent/info", auth="ip_key", methods=["GET"], **_ROUTE)
    def info(self):
        env = request.env
        return request.make_json_response(
            {
                "ok": True,
                "version": get_manifest("ip_event_bus")["version"],
                "db_uuid": env["ip.bridge"]._db_uuid(),
                "paired": env["ip.bridge"]._is_paired(),
                "actions": [
                    {"name": action.name, "batchable": action.batchable}
                    for action in env["ip.agent.actions"]._available()
                ],
                "batch": {"max": MAX_BATCH, "budget_ms": int(BUDGET_SECONDS * 1000)},
            }
        )

    def _accept(self, lines):
        """Prepares the log of the request; refuses it if this database is a copy."""
        log = RequestLog(request.httprequest.path, lines, request.ip_started)
        request.ip_request_log = log
        self._require_paired()
        return log

    def _require_paired(self):
        if not request.env["ip.bridge"]._is_paired():
            raise ApiError(
                503,
                "not_paired",
                "this database is a copy or was never paired;"
                " pair it in Supabase Bridge > Status",
                retryable=True,
                retry_after=60,
            )
