from odoo import http
from odoo.http import request
from odoo.modules.module import get_manifest

from ..calls import BUDGET_SECONDS, MAX_BATCH, Refused, bad_request, call_of
from ..received import Received

# readonly: a route that writes would run twice where there is a replica.
_ROUTE = {
    "type": "http",
    "csrf": False,
    "save_session": False,
    "readonly": False,
}


class EventBus(http.Controller):
    """What the bridge calls.

    Exceptions go through: Odoo undoes and repeats, ir.http answers.
    """

    @http.route("/api/agent/apply", auth="ip_apply", methods=["POST"], **_ROUTE)
    def apply(self):
        body = request.ip_body
        if "actions" in body:
            return self._apply_batch(body["actions"])
        call = call_of(body, keyed=request.ip_strict)
        received = self._received([(call.action, call.correlation_id)])
        answer = request.env["ip.apply"]._one(call)
        received.log_all(request.env, 200, answer["code"])
        return request.make_json_response(answer)

    def _apply_batch(self, actions):
        if not isinstance(actions, list) or not 0 < len(actions) <= MAX_BATCH:
            raise bad_request(f"actions: 1 to {MAX_BATCH} objects are expected")
        calls = [call_of(action, keyed=True) for action in actions]
        if len({call.key for call in calls}) != len(calls):
            raise bad_request("actions: two have the same idempotency_key")
        received = self._received(
            [(call.action, call.correlation_id) for call in calls]
        )
        results = request.env["ip.apply"]._batch(calls)
        outcomes = [(it["status"], it["code"], it["duration_ms"]) for it in results]
        received.log(request.env, outcomes)
        return request.make_json_response({"ok": True, "results": results})

    @http.route(
        "/api/agent/event_push", auth="ip_event_push", methods=["POST"], **_ROUTE
    )
    def event_push(self):
        inbox = request.env["ip.event.inbox"]
        event = inbox._read_event(request.ip_body)
        received = self._received([(event["event_type"], event["correlation_id"])])
        new = inbox._receive(event)
        status, code = (202, "stored") if new else (200, "duplicate")
        received.log_all(request.env, status, code)
        answer = {
            "ok": True,
            "code": code,
            "message": "",
            "retryable": False,
            "correlation_id": event["correlation_id"],
            "duplicate": not new,
        }
        return request.make_json_response(answer, status=status)

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
                    for action in env["ip.agent.actions"]._announced()
                ],
                "batch": {"max": MAX_BATCH, "budget_ms": int(BUDGET_SECONDS * 1000)},
            }
        )

    def _received(self, lines):
        """Notes what came, so that its fate is logged; refuses it if this is a copy."""
        received = Received(request.httprequest.path, lines, request.ip_started)
        request.ip_received = received
        self._require_paired()
        return received

    def _require_paired(self):
        if not request.env["ip.bridge"]._is_paired():
            raise Refused(
                503,
                "not_paired",
                "this database is a copy, or was never paired:"
                " pair it under Settings > Supabase Bridge",
                retryable=True,
                retry_after=60,
            )
