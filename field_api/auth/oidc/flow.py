"""The way to the provider and back: what is sent along, and what must come back."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

import jwt
from fastapi import Request, Response

from crm.text import N_
from field_api.auth.oidc.id_token import Expected, claims_of
from field_api.auth.oidc.provider import Provider
from field_api.auth.oidc.refusals import CompanyLoginOff, CompanyLoginRefused
from field_api.auth.opaque import kept, new_secret
from field_api.settings import Settings

COOKIE = "callcycle-login"
AUDIENCE = "callcycle company login"
ALGORITHM = "HS256"
LIFE = timedelta(minutes=10)
SCOPE = "openid profile email"
MAIL = "email"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whom the provider vouches for: `subject` (SHA-256 of issuer and subject) stays the same,
    `username` is the claim by which an account is found once, None when there is no such claim."""

    subject: str
    username: str | None


class CompanyLogin:
    """Begins logins at the provider and ends them here."""

    def __init__(self, settings: Settings, secret: str) -> None:
        self._settings, self._secret = settings, secret
        self._provider = Provider(settings)
        self._cookie = f"__Host-{COOKIE}" if settings.secure_cookies else COOKIE

    def begin(self, response: Response, *, redirect_uri: str, then: str, now: datetime) -> str:
        """The provider's address to send a browser to. The browser keeps, in a signed cookie, what
        it must bring back, and the local path to open `then`.

        Raises `CompanyLoginOff`, `CompanyLoginAway`.
        """
        self._refuse_off()
        address = self._provider.endpoint("authorization_endpoint")
        state = new_secret()
        claims = {"aud": AUDIENCE, "state": state, "then": then, "exp": now + LIFE}
        response.set_cookie(
            self._cookie,
            jwt.encode(claims, self._secret, ALGORITHM),
            max_age=int(LIFE.total_seconds()),
            path="/",
            secure=self._settings.secure_cookies,
            httponly=True,
            samesite="lax",
        )
        query = {
            "response_type": "code",
            "client_id": self._settings.oidc_client_id,
            "redirect_uri": redirect_uri,
            "scope": SCOPE,
            "state": state,
            "nonce": self._bound("nonce", state),
            "code_challenge": _challenge(self._bound("verifier", state)),
            "code_challenge_method": "S256",
        }
        return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"

    def finish(
        self, cookie: str, *, code: str, state: str, redirect_uri: str, now: datetime
    ) -> tuple[Person, str]:
        """Whom the provider vouches for, and the local path to open; `cookie` is what `read` gave.

        Raises `CompanyLoginOff`, `CompanyLoginRefused`, `CompanyLoginAway`.
        """
        self._refuse_off()
        begun, then = self._read(cookie, now)
        if not hmac.compare_digest(begun.encode(), state.encode()):
            raise _not_begun_here()
        if not code:
            raise CompanyLoginRefused(
                N_("The company's login did not let you in; begin again, or ask there.")
            )
        token = self._provider.id_token(
            code, verifier=self._bound("verifier", begun), redirect_uri=redirect_uri
        )
        expected = Expected(
            issuer=self._settings.oidc_issuer,
            client_id=self._settings.oidc_client_id,
            nonce=self._bound("nonce", begun),
        )
        claims = claims_of(token, self._provider.key, expected, now=now)
        name = self._settings.oidc_username_claim
        username = claims.get(name)
        if not isinstance(username, str) or (
            name == MAIL and claims.get("email_verified") is not True
        ):
            username = None
        subject = kept(f"{self._settings.oidc_issuer}\0{claims['sub']}")
        return Person(subject=subject, username=username), then

    def read(self, request: Request) -> str:
        """What the browser kept for the way, empty when it kept nothing."""
        return request.cookies.get(self._cookie, "")

    def forget(self, response: Response) -> None:
        """Let the browser forget what it kept for the way."""
        response.delete_cookie(
            self._cookie,
            path="/",
            secure=self._settings.secure_cookies,
            httponly=True,
            samesite="lax",
        )

    def _refuse_off(self) -> None:
        if not self._settings.oidc_issuer:
            raise CompanyLoginOff

    def _read(self, cookie: str, now: datetime) -> tuple[str, str]:
        try:
            claims = jwt.decode(
                cookie,
                self._secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={"require": ["exp", "aud"], "verify_exp": False},
            )
            ends = float(claims["exp"])
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError):
            raise _not_begun_here() from None
        if ends <= now.timestamp():
            raise _not_begun_here()
        return str(claims["state"]), str(claims["then"])

    def _bound(self, what: str, state: str) -> str:
        """A secret that follows from the state for whoever knows the signing secret: it need not
        travel with the browser."""
        digest = hmac.new(self._secret.encode(), f"{what}\0{state}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _not_begun_here() -> CompanyLoginRefused:
    return CompanyLoginRefused(
        N_("This login was not begun in this browser, or took too long; begin again.")
    )
