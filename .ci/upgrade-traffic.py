"""Callers of two instances, of which one may be away: a signed event to one of them, an action to the other, in turn.

Ends when the file exists, and prints how many events and actions were accepted. As any caller should, it repeats what
was not answered, or with 503, under the same id.
"""

import hashlib
import hmac
import itertools
import json
import os
import sys
import time
import urllib.error
import urllib.request

ports, stop = sys.argv[1:3], sys.argv[3]
secret = os.environ["EDGE_HMAC_SECRET"].encode()


def accepted(port, path, body, headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status in (200, 202)
    except urllib.error.HTTPError as error:
        if error.code in (502, 503, 504):
            return False
        sys.exit(f"{path} answered {error.code}: {error.read().decode()}")
    except OSError:
        return False


def send(turn, path, body, headers):
    end = time.monotonic() + 120
    for port in itertools.cycle([ports[turn % 2], ports[1 - turn % 2]]):
        if accepted(port, path, body, headers):
            return
        if time.monotonic() > end:
            sys.exit(f"{path} found no instance for two minutes")
        time.sleep(0.05)


sent = 0
while not os.path.exists(stop):
    sent += 1
    event = json.dumps({"event_type": "upgrade.event", "resource_id": sent % 7, "event_id": f"upgrade-{sent}", "payload": {"n": sent}}).encode()
    send(sent, "/functions/v1/odoo_event_ingest", event, {"x-signature": hmac.new(secret, event, hashlib.sha256).hexdigest()})
    action = json.dumps({"action": "res.partner.update", "args": {"id": sent % 5 + 1, "values": {"name": f"n{sent}"}},
                         "idempotency_key": f"upgrade-{sent}"}).encode()
    send(sent + 1, "/functions/v1/push_to_odoo", action, {"apikey": os.environ["SUPABASE_SERVICE_ROLE_KEY"]})
print(sent, sent)
