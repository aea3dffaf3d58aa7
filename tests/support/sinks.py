"""Where messages arrive in tests: a mail server and a robot's address, both real, on loopback."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller


@dataclass
class MailSink:
    """A mail server; `refuse` lets it answer with an error."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refuse: str = ""

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  (aiosmtpd's name)
        if self.refuse:
            return self.refuse
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        sink = MailSink(port=probe.getsockname()[1])
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


@dataclass
class RobotSink:
    """A group robot: what was posted, and what it answers."""

    url: str = ""
    posted: list[dict] = field(default_factory=list)
    status: int = 200
    answer: dict = field(default_factory=lambda: {"errcode": 0, "errmsg": "ok"})


@contextmanager
def robot_sink() -> Iterator[RobotSink]:
    sink = RobotSink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            sink.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            body = json.dumps(sink.answer).encode()
            self.send_response(sink.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        sink.url = f"http://127.0.0.1:{server.server_port}/robot?key=secret"
        yield sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
