"""The forwarding function of docker/switch-over, in a real Deno, in front of a server that notes what arrives.

Arguments: the program deno, and the file of the function.
"""

import http.client
import http.server
import os
import socket
import subprocess
import sys
import threading
import time

deno, function = sys.argv[1:]
seen = []


class Bridge(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        seen.append((self.command, self.path, self.headers, body))
        answer = b'{"ok":true}'
        self.send_response(202)
        self.send_header("Location", "/bridge/actions/7")
        self.send_header("Retry-After", "3")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def do_OPTIONS(self):
        self.send_response(204)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    def log_message(self, *words):
        pass


def check(condition, what):
    if not condition:
        sys.exit(f"forward: {what}")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bridge)
threading.Thread(target=server.serve_forever, daemon=True).start()
processes = []


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def serve(bridge_port):
    """The port of the function, in front of a bridge at this port."""
    port = free_port()
    address = {"BRIDGE_URL": f"http://127.0.0.1:{bridge_port}/", "DENO_SERVE_ADDRESS": f"tcp:127.0.0.1:{port}"}
    process = subprocess.Popen(
        [deno, "run", "--no-prompt", "--quiet", "--allow-net", "--allow-env=BRIDGE_URL", function], env=os.environ | address)
    processes.append(process)
    end = time.monotonic() + 60
    while True:
        try:
            call(port, "GET", "/somewhere_else")
            return port
        except OSError:
            check(time.monotonic() < end and process.poll() is None, "Deno does not serve the function")
            time.sleep(0.2)


def call(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


try:
    port = serve(server.server_port)
    bodies = [
        b'{"event_type":"a.b",  "big":12345678901234567890.10, "text":"\\u00e4\xc3\xa4"}\r\n',
        b'{"not utf-8":"\xff\xfe\x00"}',
        b"x" * 1_000_000,
        b"",
    ]
    sent = {"x-signature": "0a1b", "Authorization": "Bearer key", "apikey": "key", "Idempotency-Key": "k-1",
            "webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,abc=", "Content-Type": "application/json"}
    for body in bodies:
        # Supabase calls a function by its name; locally it has the whole path.
        for path in ("/odoo_event_ingest?a=1&b=%2F", "/functions/v1/push_to_odoo"):
            status, headers, answer = call(port, "POST", path, body, sent)
            check((status, answer) == (202, b'{"ok":true}'), f"answered {status} {answer!r}")
            check(headers["Location"] == "/bridge/actions/7" and headers["Retry-After"] == "3", "headers of the answer are lost")
            _, arrived, arrived_headers, arrived_body = seen.pop()
            check(arrived_body == body, f"a body of {len(body)} bytes was changed")
            check(arrived == "/functions/v1/" + path.split("/")[-1], f"{path} arrived at {arrived}")
            for name, value in sent.items():
                check(arrived_headers.get_all(name) == [value], f"{name} arrived as {arrived_headers.get_all(name)}")
            check(arrived_headers["Host"] == f"127.0.0.1:{server.server_port}", "the Host is not the bridge's")
    check(call(port, "OPTIONS", "/push_to_odoo")[0] == 204, "a browser's question is not passed on")
    for path in ("/other", "/functions/v1/odoo_event_ingest/..%2f..%2fbridge%2fevents", "/push_to_odoo/"):
        check(call(port, "POST", path, b"{}")[0] == 404, f"{path} is passed on")
    check(not seen, "something else arrived")
    status, headers, _ = call(serve(free_port()), "POST", "/odoo_event_ingest", b"{}")
    check(status == 503 and headers["Retry-After"], f"with the bridge away it answered {status}")
    print("forward: the function passes on every byte and header, nothing else, and says 503 when the bridge is away")
finally:
    for process in processes:
        process.kill()
