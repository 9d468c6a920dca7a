"""The whole job of the bridge, shown once: an event in, an action out to Odoo, and what comes back.

It is the service "demo" of compose.yaml, and needs Python alone. It is also a webhook subscriber: every event that the
bridge delivers to it is checked and printed, for as long as it runs.
"""

import base64
import hashlib
import hmac
import http.server
import json
import os
import queue
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

BRIDGE = os.environ.get("BRIDGE_URL", "http://bridge:8787")
OWN_URL = os.environ.get("DEMO_URL", "http://demo:9000/hook")
SECRETS = os.environ.get("DEMO_SECRETS", "/run/secrets")
# Odoo installs its modules first.
PATIENCE_SECONDS = 300


def secret(name):
    with open(f"{SECRETS}/{name}", encoding="ascii") as file:
        return file.read().strip()


HMAC_SECRET = secret("EDGE_HMAC_SECRET").encode()
SERVICE_KEY = secret("SUPABASE_SERVICE_ROLE_KEY")
# The same at each start, so that a demo that is started again still knows its subscription.
WEBHOOK_KEY = hmac.digest(HMAC_SECRET, b"the webhook of the demo", "sha256")

arrived = queue.Queue()


def say(text=""):
    print(text, flush=True)


class Receiver(http.server.BaseHTTPRequestHandler):
    """Takes what the bridge delivers, if its Standard Webhooks signature is right."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        expected = "v1," + base64.b64encode(hmac.digest(WEBHOOK_KEY, signed, "sha256")).decode()
        given = (self.headers["webhook-signature"] or "").split(" ")
        genuine = any(hmac.compare_digest(one, expected) for one in given)
        self.send_response(204 if genuine else 401)
        self.end_headers()
        if genuine:
            event = json.loads(body)
            say(f"    webhook  delivered {event['event_type']} {event['resource_id']}, correlation {event['correlation_id']}")
            arrived.put(event)
        else:
            say("    webhook  refused a call: its signature is wrong")

    def log_message(self, *words):
        pass


def call(path, body=None, headers=None):
    """The status and the JSON of an answer; 0 where there is none."""
    request = urllib.request.Request(BRIDGE + path, data=body, headers=headers or {"apikey": SERVICE_KEY})
    request.add_header("content-type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except (urllib.error.URLError, OSError) as error:
        return 0, {"message": str(error)}


def wait_for(what, attempt):
    """The first answer of attempt() that is something, asked for again each second."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        found = attempt()
        if found is not None:
            return found
        time.sleep(1)
    sys.exit(f"{what} did not come within {PATIENCE_SECONDS} s: docker compose logs bridge odoo")


def wait_for_webhook(matches):
    try:
        while True:
            event = arrived.get(timeout=PATIENCE_SECONDS)
            if matches(event):
                return event
    except queue.Empty:
        sys.exit(f"no webhook within {PATIENCE_SECONDS} s: docker compose exec bridge bridge subscribers")


def push(action, args):
    """What Odoo answers to an action, which is sent again, as one action, until Odoo is there."""
    body = json.dumps({"action": action, "args": args, "idempotency_key": str(uuid.uuid4())}).encode()

    def attempt():
        status, answer = call("/functions/v1/push_to_odoo", body)
        return answer if status and answer.get("code") and not answer.get("retryable") and status != 202 else None

    answer = wait_for("Odoo's answer", attempt)
    say(f"    action   {action} {json.dumps(args)}")
    say(f"             Odoo answered: {json.dumps(answer.get('result') or answer.get('message'))}")
    return answer


def main():
    port = urllib.parse.urlsplit(OWN_URL).port
    threading.Thread(target=http.server.ThreadingHTTPServer(("", port), Receiver).serve_forever, daemon=True).start()
    say("Waiting for the bridge")
    wait_for("the bridge", lambda: True if call("/health")[0] == 200 else None)
    subscriber = {
        "name": "demo",
        "kind": "webhook",
        "url": OWN_URL,
        "event_types": ["*"],
        "secret": "whsec_" + base64.b64encode(WEBHOOK_KEY).decode(),
    }
    status, answer = call("/bridge/subscribers", json.dumps(subscriber).encode())
    if status not in (200, 201) and answer.get("code") != "name_taken":
        sys.exit(f"the bridge does not take the subscriber: {status} {answer.get('message')}")

    say("\n1. A signed event, as Odoo sends it, is stored and delivered to a webhook")
    body = json.dumps({"event_type": "sale.order.confirmed", "resource_id": 7, "event_id": f"demo-{uuid.uuid4()}",
                       "payload": {"amount": 99.95}}).encode()
    signature = hmac.new(HMAC_SECRET, body, hashlib.sha256).hexdigest()
    for turn in ("stored", "sent again"):
        status, answer = call("/functions/v1/odoo_event_ingest", body, {"x-signature": signature})
        if status != 200:
            sys.exit(f"the bridge does not take the event: {status} {answer.get('message')}")
        say(f"    event    {turn}: duplicate {str(answer['duplicate']).lower()}")
    wait_for_webhook(lambda event: event["correlation_id"] == answer["correlation_id"])

    say("\n2. An action is applied in Odoo")
    contact = push("res.partner.create", {"values": {"name": "Acme Corp", "email": "info@acme.example"}})
    if not contact.get("ok"):
        sys.exit(1)
    record = contact["result"]["id"]
    changed = push("res.partner.update", {"id": record, "values": {"email": "sales@acme.example"}})

    say("\n3. Odoo tells of the change, and the webhook gets it")
    wait_for_webhook(lambda event: event["event_type"] == "res.partner.updated" and str(event["resource_id"]) == str(record))

    say("\n4. One correlation id has the whole story: GET /bridge/trace/" + changed["correlation_id"])
    _, trace = call("/bridge/trace/" + changed["correlation_id"])
    for happening in trace.get("story", []):
        say(f"    {happening['at'][11:23]} {happening['what']:<10} {happening['status']}")

    say("\nNow change a contact in Odoo, http://127.0.0.1:8069 (admin/admin), and look here. Ctrl-C ends it.")
    if os.environ.get("DEMO_ONCE") != "true":
        threading.Event().wait()


if __name__ == "__main__":
    main()
