import hmac
import json
import time
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.ip_agent_actions import IpAgentActions
from .api_common import (
    APPLY,
    EVENT_PUSH,
    INFO,
    KEY,
    SECRET,
    SignedCase,
    envelope,
    event,
    signature,
)


@tagged("post_install", "-at_install")
class TestSecurity(SignedCase):
    def ping(self, **other):
        return self.send(APPLY, envelope("bridge.ping", {}), **other)

    def test_form_encoded_body_415(self):
        form = "application/x-www-form-urlencoded"
        for kind in (form, "multipart/form-data; boundary=x", "text/plain", None):
            response = self.ping(Content_Type=kind)
            self.assertRefused(response, 415, "wrong_content_type")
        self.assertApplied(self.ping(Content_Type="application/json; charset=utf-8"))

    def test_compressed_body_415(self):
        response = self.ping(Content_Encoding="gzip")
        self.assertRefused(response, 415, "wrong_content_type")

    def test_non_ascii_signature_401(self):
        for wrong in ("é" * 64, "é", "Ａ" * 8):
            response = self.ping(x_signature=wrong.encode())
            self.assertRefused(response, 401, "unauthorized")

    def test_wrong_or_missing_key_or_signature_401(self):
        raw = json.dumps(envelope("bridge.ping", {})).encode()
        for wrong in (
            {"x_api_key": None},
            {"x_api_key": ""},
            {"x_api_key": "k"},
            {"x_api_key": "ключ".encode()},
            {"x_signature": None},
            {"x_signature": ""},
            {"x_signature": "0" * 64},
            {"x_signature": signature(raw)[:-1]},
            {"x_signature": signature(raw) + "0"},
            {"x_signature": signature(raw + b" ")},
            {"x_signature": signature(raw, KEY)},
        ):
            response = self.send(APPLY, raw, **wrong)
            self.assertRefused(response, 401, "unauthorized")
        for right in (signature(raw).upper(), "sha256=" + signature(raw)):
            self.assertApplied(self.send(APPLY, raw, x_signature=right))

    def test_caller_without_the_key_learns_nothing_of_signature_or_body(self):
        good = self.ping(x_api_key="wrong").json()
        for body, other in (
            (b"no json", {}),
            (envelope("bridge.ping", {}, audience="other"), {}),
            (envelope("bridge.ping", {}), {"x_signature": "0" * 64}),
        ):
            response = self.send(APPLY, body, **{**other, "x_api_key": "wrong"})
            self.assertEqual(response.json(), good)

    def test_empty_secret_authenticates_nobody_401(self):
        raw = json.dumps(envelope("bridge.ping", {})).encode()
        unsigned = hmac.new(b"", raw, "sha256").hexdigest()
        for name, given in (
            ("ip.hmac.secret", {"x_signature": unsigned}),
            ("ip.odoo.api_key", {"x_api_key": ""}),
        ):
            for empty in (False, " "):
                self.env["ir.config_parameter"].set_param(name, empty)
                self.assertRefused(self.send(APPLY, raw, **given), 401, "unauthorized")
                self.assertRefused(self.send(APPLY, raw), 401, "unauthorized")
            self.env["ir.config_parameter"].set_param("ip.hmac.secret", SECRET)

    def test_previous_secret_and_key_are_accepted_during_rotation(self):
        parameters = self.env["ir.config_parameter"]
        for name in ("ip.hmac.secret", "ip.odoo.api_key"):
            old = parameters.get_param(name)
            parameters.set_param(name, "n" * 64)
            self.assertRefused(self.ping(), 401, "unauthorized")
            parameters.set_param(name + ".previous", old)
            self.assertApplied(self.ping())

    def test_body_of_5_mb_413(self):
        big = envelope("bridge.ping", {"x": "x" * 5_000_000})
        self.assertRefused(self.send(APPLY, big), 413, "too_large")

    def test_body_of_exactly_the_limit_is_read(self):
        raw = json.dumps(envelope("bridge.ping", {})).encode()
        self.assertApplied(self.send(APPLY, raw.ljust(1024 * 1024)))
        self.assertRefused(
            self.send(APPLY, raw.ljust(1024 * 1024 + 1)), 413, "too_large"
        )

    def test_stale_timestamp_401(self):
        now = int(time.time())
        for wrong in (now - 310, now + 310, "now", str(now), True, [], 1e300, 10**400):
            response = self.send(APPLY, envelope("bridge.ping", {}, timestamp=wrong))
            self.assertRefused(response, 401, "unauthorized")
        for right in (now - 280, now + 280, now + 0.5, None):
            response = self.send(APPLY, envelope("bridge.ping", {}, timestamp=right))
            self.assertApplied(response)

    def test_event_body_sent_to_apply_401_and_the_other_way_round(self):
        response = self.send(APPLY, event("app.order.paid", {}))
        self.assertRefused(response, 401, "unauthorized")
        response = self.send(EVENT_PUSH, envelope("bridge.ping", {}))
        self.assertRefused(response, 401, "unauthorized")
        for wrong in (["odoo.apply"], True, "bridge.ingest", ""):
            response = self.send(APPLY, envelope("bridge.ping", {}, audience=wrong))
            self.assertRefused(response, 401, "unauthorized")

    def test_bare_form_is_refused_where_the_envelope_is_required(self):
        self.env["ir.config_parameter"].set_param("ip.require_envelope", "1")
        self.assertApplied(self.ping())
        for missing in ("audience", "timestamp"):
            body = envelope("bridge.ping", {})
            del body[missing]
            self.assertRefused(self.send(APPLY, body), 401, "unauthorized")
        body = envelope("bridge.ping", {}, idempotency_key=None)
        self.assertRefused(self.send(APPLY, body), 400, "bad_request")

    def test_errors_before_a_route_is_found_are_json_as_well(self):
        for method, path, status, code in (
            ("PUT", APPLY, 405, "method_not_allowed"),
            ("GET", APPLY, 405, "method_not_allowed"),
            ("POST", INFO, 405, "method_not_allowed"),
            ("POST", "/api/agent/nothing", 404, "not_found"),
            ("GET", "/api/agent/", 404, "not_found"),
        ):
            response = self.url_open(
                path,
                data=b"{}" if method != "GET" else None,
                headers={"Content-Type": "application/json"},
                method=method,
            )
            self.assertRefused(response, status, code)

    def test_unexpected_error_reveals_neither_traceback_nor_payload(self):
        with (
            patch.object(IpAgentActions, "_update", side_effect=RuntimeError("inside")),
            mute_logger("odoo.http"),
        ):
            response = self.update({"name": "Very Secret"})
        self.assertRefused(response, 500, "internal", retryable=True)
        self.assertNotIn("inside", response.text)
        self.assertNotIn("Secret", response.text)

    def test_no_session_is_started_and_an_existing_one_is_ignored(self):
        self.authenticate("admin", "admin")
        response = self.url_open(INFO)
        self.assertRefused(response, 401, "unauthorized")
        self.assertApplied(self.update({"name": "New"}))
        self.assertEqual(
            self.partner.write_uid, self.env.ref("ip_event_bus.agent_user")
        )

    def test_copy_of_a_database_503_not_paired(self):
        with patch.object(
            type(self.env["ip.bridge"]), "_is_paired", lambda self: False
        ):
            for response in (
                self.ping(),
                self.update({"name": "X"}),
                self.send(EVENT_PUSH, event("app.order.paid", {})),
            ):
                self.assertRefused(response, 503, "not_paired", retryable=True)
                self.assertEqual(response.headers["Retry-After"], "60")
            info = self.url_open(INFO, headers={"x-api-key": KEY}).json()
            self.assertIs(info["paired"], False)
        self.assertEqual(self.partner.name, "Acme")

    def test_without_the_integration_user_503(self):
        self.env.ref("ip_event_bus.agent_user").active = False
        self.assertRefused(self.ping(), 503, "not_configured", retryable=True)

    def test_info_lists_the_available_actions(self):
        response = self.url_open(INFO, headers={"x-api-key": KEY})
        self.assertEqual(response.status_code, 200)
        info = response.json()
        self.assertEqual(info["batch"], {"max": 20, "budget_ms": 5000})
        self.assertEqual(info["db_uuid"], self.env["ip.bridge"]._db_uuid())
        self.assertRegex(info["version"], r"^19\.0\.")
        self.assertIs(info["paired"], True)
        actions = {each["name"]: each["batchable"] for each in info["actions"]}
        self.assertIs(actions["res.partner.update"], True)
        self.assertIs(actions["mail.message.post"], False)
        self.assertNotIn("res.users.update", actions)
        for wrong in ({}, {"x-api-key": "wrong"}):
            self.assertRefused(self.url_open(INFO, headers=wrong), 401, "unauthorized")
