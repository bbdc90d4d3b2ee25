"""A proxy that does to clients what the world does.

The first segment of a path says what: `/plain` nothing, `/flaky` fails each request twice (503, then a broken
connection) before it lets it through, `/future` answers as a later version of the service would, with members
and enum values that nobody knows yet.
"""

import json
import threading
import time
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# How long the first answer of `/flaky` asks to wait, in seconds.
PAUSE = 1


class Unruly:
    """Runs while the block does."""

    def __init__(self, service):
        self._attempts = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler(service, self._attempts))
        self.address = "127.0.0.1:%d" % self._server.server_port

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()

    def faults(self):
        """What was wrong with the attempts at `/flaky`, which a client cannot see."""
        faults = []
        posts = {path: seen for (method, path), seen in self._attempts.items() if method == "POST"}
        if not posts:
            faults.append("no POST was sent to /flaky")
        for (method, path), seen in self._attempts.items():
            keys = {key for key, _ in seen}
            if len(seen) != 3:
                faults.append(f"{method} {path} was sent {len(seen)} times, not 3")
            elif seen[1][1] - seen[0][1] < PAUSE:
                faults.append(f"{method} {path} was repeated before Retry-After had passed")
            if method == "POST" and (len(keys) != 1 or None in keys):
                faults.append(f"the attempts at POST {path} had the keys {keys}")
        return faults


def handler(service, attempts):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self):
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            _, manner, path = self.path.split("/", 2)
            path = f"/{path}"
            if manner == "flaky":
                seen = attempts.setdefault((self.command, path), [])
                seen.append((self.headers.get("Idempotency-Key"), time.monotonic()))
                if len(seen) == 1:
                    return self.reply(503, {"Retry-After": str(PAUSE)}, b"{}")
                if len(seen) == 2:
                    self.close_connection = True
                    return None
            status, headers, answer = self.forward(path, body)
            if manner == "future" and status < 300 and answer:
                answer = json.dumps(from_later(json.loads(answer))).encode()
            return self.reply(status, headers, answer)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do

        def forward(self, path, body):
            connection = HTTPConnection(service)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            connection.request(self.command, path, body, headers)
            answer = connection.getresponse()
            kept = ("content-type", "location", "etag", "idempotency-replayed")
            headers = {name: value for name, value in answer.getheaders() if name.lower() in kept}
            return answer.status, headers, answer.read()

        def reply(self, status, headers, body):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler


def from_later(value):
    """The same with a new member in each object and a new value for each status."""
    if isinstance(value, list):
        return [from_later(item) for item in value]
    if not isinstance(value, dict):
        return value
    members = {name: from_later(member) for name, member in value.items()}
    if isinstance(members.get("status"), str):
        members["status"] = "from_later"
    return {**members, "member_from_later": {"deep": [1]}}
