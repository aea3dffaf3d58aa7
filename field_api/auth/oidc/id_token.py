"""Believing an ID token: signed by the provider, for us, now, and for this very login."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt

from crm.text import N_
from field_api.auth.oidc.refusals import CompanyLoginRefused

# Public keys only: with HS256 a published key would be a secret that everybody knows.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
CLOCKS_DIFFER_S = 60
LONGEST_SUBJECT = 255  # characters, as OpenID Connect bounds it


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Whom a token must be from, for whom, and what for."""

    issuer: str
    client_id: str
    nonce: str


def claims_of(
    token: str, key_of: Callable[[str | None], Any], expected: Expected, *, now: datetime
) -> dict[str, Any]:
    """What a token says, once it is believed; `CompanyLoginRefused` otherwise. `key_of(number)`
    gives the provider's public key."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise _unbelievable()
        claims: dict[str, Any] = jwt.decode(
            token,
            key_of(header.get("kid")),
            algorithms=list(ALGORITHMS),
            audience=expected.client_id,
            issuer=expected.issuer,
            options={
                "require": ["iss", "sub", "aud", "exp", "iat", "nonce"],
                "verify_exp": False,  # by the service's clock, below
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError):
        raise _unbelievable() from None
    instant, begins, ends = now.timestamp(), claims["iat"], claims["exp"]
    if not isinstance(begins, int | float) or not isinstance(ends, int | float):
        raise _unbelievable()
    if not begins - CLOCKS_DIFFER_S <= instant < ends + CLOCKS_DIFFER_S:
        raise _unbelievable()
    if not hmac.compare_digest(str(claims["nonce"]).encode(), expected.nonce.encode()):
        raise _unbelievable()
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else expected.client_id) != expected.client_id:
        raise _unbelievable()
    subject = claims["sub"]
    if not isinstance(subject, str) or not 1 <= len(subject) <= LONGEST_SUBJECT:
        raise _unbelievable()
    return claims


def _unbelievable() -> CompanyLoginRefused:
    return CompanyLoginRefused(
        N_("What the company's login said cannot be believed; log in once more.")
    )
