"""The links by which people choose a new password.

What is kept of a link is a number in a message, and the hash of its secret. The secret follows from
the number and the signing secret, so that a copy of the database opens no account, and the mail
that is sent later can name it.
"""

import base64
import hashlib
import hmac

from field_api.settings import Settings
from field_api.signing import signing_secret

KIND = "password_reset"  # of the message whose subject is a link's number
PAGE = "/new-password"  # where a person types the new password; the secret stays in the browser


def secret_of(number: str, settings: Settings) -> str:
    """The secret of the link with a number."""
    key = signing_secret(settings).encode()
    digest = hmac.new(key, f"password reset\0{number}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def link(settings: Settings, secret: str) -> str:
    """The address to open; behind `#`, so that no log on the way holds the secret."""
    return f"{settings.public_url}{PAGE}#{secret}"
