"""Secrets that mean nothing by themselves: refresh tokens, cookies, links. Only a hash is kept."""

import hashlib
import secrets

SECRET_BYTES = 32  # 256 bits, which nobody guesses


def new_secret() -> str:
    """A secret to give out, 43 characters that fit an address or a cookie."""
    return secrets.token_urlsafe(SECRET_BYTES)


def kept(secret: str) -> str:
    """What is kept of a secret: its SHA-256 in hexadecimal. It has 256 random bits already, so no
    slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
