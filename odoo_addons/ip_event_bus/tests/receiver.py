"""A real HTTP server on loopback that stands in for the bridge, with the bridge's
answers.
"""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "a secret of the tests"
TOKEN = "token-of-the-tests"
PATH = "/functions/v1/odoo_event_ingest"


class Receiver:
    """Stores events once, as the bridge does, unless ``answers`` says something else.

    ``answers`` takes the parsed pack, and gives None for the bridge's own answer, or
    (status, headers, body), "break" for a connection that is cut, or "drip" for an
    answer that never ends. ``requests`` has the raw bytes of whatever came, signed or
    not; ``stored`` the events that were taken, in their order.
    """

    def __init__(self):
        self.requests, self.headers, self.stored = [], [], []
        self.answers = lambda pack: None
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
                answer = receiver._answer(self.path, self.headers, raw)
                if answer is None:
                    self.close_connection = True
                    return
                if answer == "drip":
                    self.drip()
                    return
                status, headers, body = answer
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
                """Begins an answer, and never ends it: a byte now and then."""
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
        """Nobody listens any more; ``start`` takes the same port again."""
        if self._server:
            self.dripped.set()
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}{PATH}"

    def _answer(self, path, headers, raw):
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
        pack = json.loads(raw)
        given = self.answers(pack["events"])
        if given == "break":
            return None
        return given or self.take(pack["events"])

    def take(self, events, refused=None):
        """The bridge's answer of status 200; ``refused``: event id to the result it
        gets.
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
        """Which records the taken events are about, in their order."""
        return [event["resource_id"] for event in self.stored]
