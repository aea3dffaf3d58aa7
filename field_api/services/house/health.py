"""Whether the service can work: its database answers and has the tables of this release."""

import secrets
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

import crm
from crm.database import Database
from crm.text import N_
from field_api.errors import HttpRefusal
from field_api.services.house.safety import is_loopback
from field_api.settings import Settings

MIGRATIONS = Path(crm.__file__).parent / "migrations"


class NotReady(HttpRefusal):
    """The service cannot work now."""

    status = 503
    code = "not_ready"


class NotForYou(HttpRefusal):
    """Figures are for who runs the service."""

    status = 401
    code = "metrics_token_needed"

    def __init__(self) -> None:
        text = N_(
            "Figures are shown to programs on the service's own machine, or to who sends "
            "CALLCYCLE_METRICS_TOKEN as bearer token."
        )
        super().__init__(text, headers={"WWW-Authenticate": "Bearer"})


def refuse_onlooker(
    settings: Settings, *, peer: str, through_proxy: bool, token: str | None
) -> None:
    """`NotForYou` unless the token is the setting's, or the caller is on this machine. A caller
    through a proxy is not: the proxy that adds no address would make everybody local."""
    wanted = settings.metrics_token
    if wanted is not None and token is not None:
        given, kept = token.encode(), wanted.get_secret_value().encode()
        if secrets.compare_digest(given, kept):
            return
    if through_proxy or not is_loopback(peer):
        raise NotForYou


def refuse_unready(database: Database) -> str:
    """The revision of the tables; `NotReady` when the database is away or another release's."""
    try:
        with database.reading() as session:
            found = MigrationContext.configure(session.connection()).get_current_revision()
    except SQLAlchemyError:
        text = N_("The database does not answer; check CALLCYCLE_DB.")
        raise NotReady(text, headers={"Retry-After": "5"}) from None
    wanted = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if found is None or found != wanted:
        raise NotReady(
            N_("The tables are at {found}, this release needs {wanted}; start it once more."),
            found=found or "-",
            wanted=wanted,
        )
    return found
