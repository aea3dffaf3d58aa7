"""A small OpenID Connect provider on loopback, with switches for everything that can go wrong."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "callcycle", "the client's secret: 1+1"


@cache
def a_key(number: int) -> rsa.RSAPrivateKey:
    """Making one takes a while: each once a test run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(number: int, **changes) -> dict[str, Any]:
    shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(a_key(number).public_key()))
    return shown | {"kid": str(number), "use": "sig", "alg": "RS256"} | changes


@dataclass
class Company:
    """What the provider says. `claims` and `header` change what an ID token says; `document` what
    the provider says of itself; `answers` gives (status, body) for a path in place of its own."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public(1)])
    signed_by: Any = None
    algorithm: str = "RS256"
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    now: float = 0

    def log_in(self, address: str) -> dict[str, str]:
        """A person logs in at the address that the service sent a browser to; answers what the
        browser brings back."""
        query = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert query["client_id"] == CLIENT
        assert "openid" in query["scope"].split()
        code = f"code{len(self.codes)}"
        self.codes[code] = query
        return {"code": code, "state": query["state"]}

    def id_token(self, query: dict[str, str]) -> str:
        claims = {
            "iss": self.url,
            "sub": "person-1",
            "aud": CLIENT,
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": query["nonce"],
            "preferred_username": "rep1",
        }
        claims = {k: v for k, v in (claims | self.claims).items() if v is not None}
        header = {k: v for k, v in ({"kid": "1"} | self.header).items() if v is not None}
        key = self.signed_by or a_key(1)
        return jwt.encode(
            claims, None if self.algorithm == "none" else key, self.algorithm, headers=header
        )

    def answer(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, str]:
        self.asked.append(path)
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            own = {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
            }
            return 200, json.dumps(own | self.document)
        if path == "/keys":
            return 200, json.dumps({"keys": self.keys})
        query = self.codes.pop(form.get("code", ""), None)
        if path != "/token" or query is None or not self._proven(query, form, authorization):
            return 400, json.dumps({"error": "invalid_grant"})
        return 200, json.dumps({"access_token": "x", "id_token": self.id_token(query)})

    def _proven(self, query: dict[str, str], form: dict[str, str], authorization: str) -> bool:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        known = base64.b64encode(b"callcycle:the+client%27s+secret%3A+1%2B1").decode()
        return (
            query["code_challenge"] == challenge
            and form["redirect_uri"] == query["redirect_uri"]
            and form["grant_type"] == "authorization_code"
            and authorization == f"Basic {known}"
        )


@contextmanager
def running() -> Iterator[Company]:
    """A provider that answers until the block ends."""
    company = Company()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(*company.answer(self.path, {}, ""))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: value[0] for name, value in parse_qs(body).items()}
            self._send(*company.answer(self.path, form, self.headers.get("Authorization", "")))

        def _send(self, status: int, body: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        company.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield company
        finally:
            server.shutdown()
            thread.join()
