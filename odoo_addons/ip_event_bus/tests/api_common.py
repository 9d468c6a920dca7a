import hmac
import json
import time
import uuid

from odoo.tests import HttpCase

APPLY = "/api/agent/apply"
EVENT_PUSH = "/api/agent/event_push"
INFO = "/api/agent/info"
KEY = "k" * 64
SECRET = "s" * 64


def signature(raw, secret=SECRET):
    return hmac.new(secret.encode(), raw, "sha256").hexdigest()


def headers(raw, **other):
    """The bridge's headers; None removes one."""
    found = {
        "Content-Type": "application/json",
        "x-api-key": KEY,
        "x-signature": signature(raw),
        **{name.replace("_", "-"): value for name, value in other.items()},
    }
    return {name: value for name, value in found.items() if value is not None}


def envelope(action, args, key=None, **other):
    """The body of an action as the bridge sends it."""
    return {
        "action": action,
        "args": args,
        "idempotency_key": key or str(uuid.uuid4()),
        "correlation_id": str(uuid.uuid4()),
        "hop": 1,
        "audience": "odoo.apply",
        "timestamp": int(time.time()),
        **other,
    }


def batch(*actions):
    """The body of several actions as the bridge sends it."""
    names = ("action", "args", "idempotency_key", "correlation_id", "hop")
    return {
        "actions": [{name: each[name] for name in names} for each in actions],
        "audience": "odoo.apply",
        "timestamp": int(time.time()),
    }


def event(event_type, payload, **other):
    """The body of an event as the bridge sends it."""
    return {
        "event_id": str(uuid.uuid4()),
        "event_type": event_type,
        "resource_id": "42",
        "payload": payload,
        "source": "app",
        "correlation_id": str(uuid.uuid4()),
        "causation_id": None,
        "hop": 1,
        "audience": "odoo.event_push",
        "timestamp": int(time.time()),
        **other,
    }


class SignedCase(HttpCase):
    """Calls this Odoo as the bridge does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param("ip.odoo.api_key", KEY)
        parameters.set_param("ip.hmac.secret", SECRET)
        cls.env["ip.bridge"]._pair()
        cls.partner = cls.env["res.partner"].create({"name": "Acme", "ref": "A1"})

    def send(self, path, body, **other):
        """Sends a signed body: bytes unchanged, anything else as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = headers(raw, **other)
        response = self.url_open(path, raw, headers=given, timeout=120, method="POST")
        self.env.invalidate_all()
        return response

    def apply(self, action, args, key=None, **other):
        return self.send(APPLY, envelope(action, args, key, **other))

    def update(self, values, key=None, **args):
        args = {"id": self.partner.id, "values": values, **args}
        return self.apply("res.partner.update", args, key)

    def assertRefused(self, response, status, code, retryable=False):
        """Checks the contract of errors, and that there is no traceback."""
        self.assertEqual(response.status_code, status, response.text[:500])
        self.assertEqual(
            response.headers["Content-Type"], "application/json; charset=utf-8"
        )
        body = response.json()
        self.assertEqual(
            set(body), {"ok", "code", "message", "retryable", "correlation_id"}
        )
        self.assertIs(body["ok"], False)
        self.assertEqual(body["code"], code, body)
        self.assertIs(body["retryable"], retryable)
        self.assertTrue(body["message"])
        self.assertNotIn("Traceback", response.text)
        self.assertNotIn('File "', response.text)
        return body

    def assertApplied(self, response, replayed=False):
        self.assertEqual(response.status_code, 200, response.text[:500])
        body = response.json()
        self.assertIs(body["ok"], True)
        self.assertIs(body["replayed"], replayed)
        return body["result"]


class BatchCase(SignedCase):
    """Sends several actions on three contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create([{"name": "Old"}] * 3)

    def updates(self, *values):
        return [
            envelope("res.partner.update", {"id": partner.id, "values": each})
            for partner, each in zip(self.partners, values, strict=False)
        ]

    def results(self, response):
        self.assertEqual(response.status_code, 200, response.text)
        self.assertIs(response.json()["ok"], True)
        return response.json()["results"]
