"""What the service refuses to start with, and what to change."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from crm.database import Database
from crm.errors import Refused
from crm.store.people import accounts
from crm.text import N_
from field_api.auth import Passwords
from field_api.services.house.demo import PASSWORD, USERNAMES
from field_api.settings import Settings

FEWEST_CHARACTERS = 10  # different ones, in a secret that nobody guesses
# what stands in examples, and is forgotten there
PLACEHOLDERS = ("change", "secret", "password", "example", "default", "insecure", "0123456789")


class UnsafeSetting(Refused):
    """The service does not start like this."""


def refuse_unsafe(
    settings: Settings, database: Database, *, host: str, own_tls: bool = False
) -> None:
    """Raises `UnsafeSetting` for what would let strangers in: a secret that can be guessed, a store
    of photos elsewhere that is reached without TLS, and, where others than this machine reach the
    service, plain HTTP, no trusted proxy, or the demo's accounts. `host` is the address to answer
    on; `own_tls`: by TLS of the service's own."""
    _refuse_guessable(settings)
    _refuse_plain_store(settings)
    if not reachable(settings, host):
        return
    if not own_tls:
        _refuse_plain_http(settings, host)
    _refuse_demo_accounts(database)


def reachable(settings: Settings, host: str) -> bool:
    """Whether anybody but this machine reaches the service, by itself or through a proxy."""
    public = urlsplit(settings.public_url).hostname
    return not is_loopback(host) or (public is not None and not is_loopback(public))


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine's own."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse_guessable(settings: Settings) -> None:
    if settings.secret is None:
        return
    secret = settings.secret.get_secret_value()
    known = next((word for word in PLACEHOLDERS if word in secret.lower()), None)
    if known or PASSWORD in secret:
        raise UnsafeSetting(
            N_(
                "CALLCYCLE_SECRET reads like an example (it holds “{word}”). Leave it out, then "
                "one is made and kept, or make one with: openssl rand -base64 48"
            ),
            word=known or PASSWORD,
        )
    if len(set(secret)) < FEWEST_CHARACTERS:
        raise UnsafeSetting(
            N_(
                "CALLCYCLE_SECRET has only {n} different characters and can be guessed. Leave it "
                "out, then one is made and kept, or make one with: openssl rand -base64 48"
            ),
            n=len(set(secret)),
        )


def _refuse_plain_store(settings: Settings) -> None:
    store = urlsplit(settings.attachments_endpoint)
    if store.scheme != "http" or is_loopback(store.hostname or "") or settings.allow_plain_http:
        return
    raise UnsafeSetting(
        N_(
            "Photos would go to {endpoint} without TLS, and its key with them. Name an https:// "
            "address in CALLCYCLE_ATTACHMENTS_ENDPOINT, or, in a network that you trust, set "
            "CALLCYCLE_ALLOW_PLAIN_HTTP=1."
        ),
        endpoint=settings.attachments_endpoint,
    )


def _refuse_plain_http(settings: Settings, host: str) -> None:
    if settings.tls and not settings.trusted_proxies:
        raise UnsafeSetting(
            N_(
                "{url} is answered through a proxy, and CALLCYCLE_TRUSTED_PROXIES names none: "
                "all logins would seem to come from one place. Name the proxy's address there."
            ),
            url=settings.public_url,
        )
    if settings.tls or settings.allow_plain_http:
        return
    raise UnsafeSetting(
        N_(
            "Others than this machine would reach {where} without TLS: passwords and customers "
            "could be read on the way. Put a proxy with TLS before it and set "
            "CALLCYCLE_PUBLIC_URL=https://…, answer on 127.0.0.1 only, or, in a network that you "
            "trust, set CALLCYCLE_ALLOW_PLAIN_HTTP=1."
        ),
        where=settings.public_url or host,
    )


def _refuse_demo_accounts(database: Database) -> None:
    """The demo's password is printed in the documents; it works wherever its database went."""
    passwords = Passwords(1)
    for username in USERNAMES:
        with database.reading() as session:
            user = accounts.by_username(session, username)
        if user and user.active and passwords.fits(PASSWORD, user.password_hash):
            raise UnsafeSetting(
                N_(
                    "{username} logs in with the demo's password, which everybody knows. Answer "
                    "on 127.0.0.1 only, or use a database of your own."
                ),
                username=username,
            )
