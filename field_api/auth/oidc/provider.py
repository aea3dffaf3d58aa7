"""The provider over HTTP: what it offers, its keys, and a code's ID token."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import Any
from urllib.parse import quote_plus, urlsplit

import httpx2
import jwt

from crm.text import N_
from field_api.auth.oidc.refusals import CompanyLoginAway, CompanyLoginRefused
from field_api.settings import LOOPBACK, Settings

PATIENCE_S = 5.0
KEPT_S = 3600.0  # what the provider offers, and its keys
AGAIN_S = 10.0  # at the soonest: keys for an unknown number, and a provider that was away
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Provider:
    """What is known of the provider; asked for when it is needed, and kept for an hour."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = monotonic) -> None:
        self._settings, self._clock = settings, clock
        self._lock = threading.Lock()
        self._offer: dict[str, Any] = {}
        self._keys: list[jwt.PyJWK] = []
        self._offer_at = self._keys_at = self._away_at = -KEPT_S

    def endpoint(self, name: str) -> str:
        """An address out of the provider's own description; `CompanyLoginAway`."""
        with self._lock:
            if self._clock() - self._offer_at >= KEPT_S:
                self._offer, self._offer_at = self._described(), self._clock()
            return str(self._offer[name])

    def key(self, number: str | None) -> Any:
        """The public key with a number, or the only one; asked for anew when it is unknown.

        Raises `CompanyLoginRefused` when there is none, `CompanyLoginAway`.
        """
        address = self.endpoint("jwks_uri")
        with self._lock:
            age = self._clock() - self._keys_at
            if age >= KEPT_S or (_chosen(self._keys, number) is None and age >= AGAIN_S):
                self._keys, self._keys_at = self._read_keys(address), self._clock()
            found = _chosen(self._keys, number)
        if found is None:
            raise CompanyLoginRefused(N_("The company's login signed with a key it does not show."))
        return found.key

    def id_token(self, code: str, *, verifier: str, redirect_uri: str) -> str:
        """The ID token for a code. Raises `CompanyLoginRefused` when the provider does not take
        the code, `CompanyLoginAway`."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
            "client_id": self._settings.oidc_client_id,
        }
        address = self.endpoint("token_endpoint")
        answer = self._ask("POST", address, data=form, auth=self._who_we_are())
        if 400 <= answer.status_code < 500:
            raise CompanyLoginRefused(N_("The company's login does not know this code; try again."))
        token = _document(answer).get("id_token")
        if not isinstance(token, str):
            raise CompanyLoginAway
        return token

    def _who_we_are(self) -> httpx2.BasicAuth | None:
        secret = self._settings.oidc_client_secret
        if secret is None:  # a public client: PKCE alone proves who began
            return None
        # RFC 6749, 2.3.1: both are form-encoded first
        return httpx2.BasicAuth(
            quote_plus(self._settings.oidc_client_id), quote_plus(secret.get_secret_value())
        )

    def _described(self) -> dict[str, Any]:
        issuer = self._settings.oidc_issuer
        found = _document(
            self._ask("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
        )
        if found.get("issuer") != issuer or not all(safe(found.get(name)) for name in ENDPOINTS):
            raise CompanyLoginAway
        return found

    def _read_keys(self, address: str) -> list[jwt.PyJWK]:
        try:
            return jwt.PyJWKSet.from_dict(_document(self._ask("GET", address))).keys
        except (jwt.PyJWTError, AttributeError, TypeError, ValueError):
            raise CompanyLoginAway from None

    def _ask(self, method: str, address: str, **more: Any) -> httpx2.Response:
        if self._clock() - self._away_at < AGAIN_S:  # nobody else waits for what does not answer
            raise CompanyLoginAway
        try:
            return httpx2.request(
                method, address, timeout=PATIENCE_S, follow_redirects=False, **more
            )
        except httpx2.HTTPError:
            self._away_at = self._clock()
            raise CompanyLoginAway from None


def safe(address: object) -> bool:
    """Whether an address may be called: over TLS, or on this machine."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _chosen(keys: list[jwt.PyJWK], number: str | None) -> jwt.PyJWK | None:
    fitting = [key for key in keys if number is None or key.key_id == number]
    return fitting[0] if len(fitting) == 1 else None


def _document(answer: httpx2.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        raise CompanyLoginAway from None
    if answer.status_code != 200 or not isinstance(found, dict):
        raise CompanyLoginAway
    return found
