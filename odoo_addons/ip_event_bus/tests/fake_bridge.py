"""An HTTP server on loopback that stands in for the bridge, with its responses."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "a secret of the tests"
TOKEN = "token-of-the-tests"
PATH = "/functions/v1/odoo_event_ingest"


class FakeBridge:
    """Stores each event once, as the bridge does, unless ``responses`` overrides it.

    ``responses`` takes the events of a batch, and returns None for the bridge's own
    response, (status, headers, body), "break" to cut the connection, or "drip" for a
    response that never ends. ``requests`` has the raw bytes of every request, signed or
    not; ``stored`` has the accepted events, in order.
    """

    def __init__(self):
        self.requests, self.headers, self.stored = [], [], []
        self.responses = lambda batch: None
        self.secret, self.token = SECRET, TOKEN
        self._server = None
        self.port = 0
        self.pause, self.dripped = 0.05, threading.Event()

    def start(self):
        receiver = self
        self.dripped.clear()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                raw = self.rfile.read(int(self.headers["content-length"]))
                receiver.requests.append(raw)
                receiver.headers.append(dict(self.headers))
                response = receiver._respond(self.path, self.headers, raw)
                if response is None:
                    self.close_connection = True
                    return
                if response == "drip":
                    self.drip()
                    return
                status, headers, body = response
                if not isinstance(body, bytes):
                    body = json.dumps(body).encode()
                    headers = {"content-type": "application/json"} | headers
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def drip(self):
                """Starts a response that never ends: a byte now and then."""
                self.close_connection = True
                self.send_response(200)
                self.send_header("content-length", "1000")
                self.end_headers()
                try:
                    while not receiver.dripped.wait(receiver.pause):
                        self.wfile.write(b" ")
                except OSError:
                    return

            def log_message(self, *_args):
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,)).start()
        return self

    def stop(self):
        """Stops listening; ``start`` uses the same port again."""
        if self._server:
            self.dripped.set()
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}{PATH}"

    def _respond(self, path, headers, raw):
        wanted = hmac.new(self.secret.encode(), raw, hashlib.sha256).hexdigest()
        if path != PATH:
            return (
                404,
                {},
                {"code": "not_found", "message": "There is nothing at this address"},
            )
        if headers.get("authorization") != f"Bearer {self.token}":
            return 401, {}, {"code": 401, "message": "Invalid JWT"}
        if headers.get("x-signature") != wanted:
            return 401, {"content-type": "text/plain"}, b"Invalid signature"
        batch = json.loads(raw)
        given = self.responses(batch["events"])
        if given == "break":
            return None
        return given or self.take(batch["events"])

    def take(self, events, refused=None):
        """The bridge's response of status 200; ``refused`` maps an event ID to the
        result it gets.
        """
        refused, results = refused or {}, []
        for event in events:
            if event["event_id"] in refused:
                results.append({"ok": False} | refused[event["event_id"]])
                continue
            known = [stored["event_id"] for stored in self.stored]
            duplicate = event["event_id"] in known
            if not duplicate:
                self.stored.append(event)
                known.append(event["event_id"])
            results.append(
                {
                    "ok": True,
                    "event_type": event["event_type"],
                    "id": 1000 + known.index(event["event_id"]),
                    "correlation_id": event.get("correlation_id"),
                    "duplicate": duplicate,
                }
            )
        return 200, {}, {"ok": not refused, "results": results}

    def record_ids(self):
        """The records of the accepted events, in order."""
        return [event["resource_id"] for event in self.stored]
