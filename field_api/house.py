"""What one running service shares among its requests."""

from dataclasses import dataclass

from crm.database import Database
from field_api.auth import Passwords, Tokens
from field_api.auth.cookies import Cookies
from field_api.settings import Settings
from field_api.signing import signing_secret


@dataclass(frozen=True, kw_only=True)
class House:
    """The settings, the database, and what logs people in."""

    settings: Settings
    database: Database
    passwords: Passwords
    tokens: Tokens
    cookies: Cookies


def built(settings: Settings, database: Database) -> House:
    """The parts of a service with these settings on a migrated database."""
    secret = signing_secret(settings)
    return House(
        settings=settings,
        database=database,
        passwords=Passwords(settings.hashers),
        tokens=Tokens(secret, settings.token_minutes),
        cookies=Cookies(secret, secure=settings.secure_cookies),
    )
