"""What one running service shares among its requests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from crm.database import Database
from field_api.attachments import AttachmentStore, attachments_of
from field_api.auth import Passwords, Tokens
from field_api.auth.cookies import Cookies
from field_api.auth.oidc import CompanyLogin
from field_api.geocoders import geocoder_of
from field_api.jobs.executors import maker_of
from field_api.jobs.supervisor import Supervisor
from field_api.jobs.workers import Workers
from field_api.settings import Settings
from field_api.signing import signing_secret
from maps.geocoding.ask import QUICK, Geocoder


@dataclass(frozen=True, kw_only=True)
class House:
    """The settings, the database, what logs people in, who does the jobs, where photos lie, who
    knows addresses. Answers that would go on for long come to their end at `ending`."""

    settings: Settings
    database: Database
    passwords: Passwords
    tokens: Tokens
    cookies: Cookies
    company_login: CompanyLogin
    supervisor: Supervisor
    attachments: AttachmentStore
    geocoder: Geocoder | None
    ending: Event = field(default_factory=Event)


def built(settings: Settings, database: Database, *, now: Callable[[], datetime]) -> House:
    """The parts of a service with these settings on a migrated database; `now` is its clock."""
    secret = signing_secret(settings)
    return House(
        settings=settings,
        database=database,
        passwords=Passwords(settings.hashers),
        tokens=Tokens(secret, settings.token_minutes),
        cookies=Cookies(secret, secure=settings.secure_cookies),
        company_login=CompanyLogin(settings, secret),
        supervisor=Supervisor(database, settings, Workers(maker_of(settings)), now=now),
        attachments=attachments_of(settings),
        geocoder=geocoder_of(settings, QUICK),
    )
