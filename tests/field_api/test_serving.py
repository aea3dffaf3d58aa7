"""The server as a process: what it writes to its log, and how it ends."""

import json
import socket
import subprocess
import time
from contextlib import contextmanager

import httpx2
import pytest

from crm.vocabulary import Role
from field_api.auth import Passwords
from field_api.services.people import accounts
from tests.field_api.world import API, PASSWORD
from tests.support.serving import CALLCYCLE, PATIENCE_S

pytestmark = pytest.mark.one_database
USERNAME = "vella.secretus"


@contextmanager
def started(database, tmp_path):
    """The process, its port and the file of its log."""
    accounts.add(
        database,
        Passwords(1),
        username=USERNAME,
        password=PASSWORD,
        role=Role.GENERAL_MANAGER,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [*CALLCYCLE, "serve", "--db", database.url, "--port", str(port)],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=file,
        )
        try:
            _wait(port, process)
            yield process, port, log
        finally:
            process.kill()
            process.wait()


def _wait(port, process):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        assert process.poll() is None
        try:
            httpx2.get(f"http://127.0.0.1:{port}/healthz")
            return
        except httpx2.TransportError:
            time.sleep(0.1)


def test_its_log_is_lines_of_json_without_names_and_addresses(database, tmp_path):
    with started(database, tmp_path) as (process, port, log):
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
            login = {"username": USERNAME, "password": PASSWORD}
            token = client.post(f"{API}/auth/login", json=login).json()["access_token"]
            client.headers["Authorization"] = f"Bearer {token}"
            assert client.get(f"{API}/me", params={"who": USERNAME}).status_code == 200
            client.get(f"/{USERNAME}/{token}")
            assert client.get("/metrics").status_code == 200
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(f"GET /{USERNAME} NONSENSE\r\n\r\n".encode())
            raw.recv(1000)
        process.terminate()
        process.wait(timeout=PATIENCE_S)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    routes = [line["route"] for line in lines if line["event"] == "request"]
    assert routes[-4:] == [f"{API}/auth/login", f"{API}/me", "(none)", "/metrics"]
    assert "uvicorn.error" in {line.get("logger") for line in lines}
    for private in (USERNAME, PASSWORD, token):
        assert private not in log.read_text("utf-8")


def test_told_to_end_it_answers_first_what_it_was_asked(database, tmp_path):
    body = json.dumps({"username": USERNAME, "password": PASSWORD}).encode()
    head = (
        f"POST {API}/auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with (
        started(database, tmp_path) as (process, port, _),
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as raw,
    ):
        raw.sendall(head.encode() + body[:10])
        time.sleep(0.5)  # the server has begun to read
        process.terminate()
        _wait_until_closed(port)
        raw.sendall(body[10:])
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert b"access_token" in answer
        assert process.wait(timeout=PATIENCE_S) in (0, 130)


def _wait_until_closed(port):
    """Until nobody new is let in."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    pytest.fail("the server still lets callers in")
