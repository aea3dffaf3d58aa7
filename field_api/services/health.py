"""Whether the service can work: its database answers and has the tables of this release."""

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

import crm
from crm.database import Database
from crm.text import N_
from field_api.errors import HttpRefusal

MIGRATIONS = Path(crm.__file__).parent / "migrations"


class NotReady(HttpRefusal):
    """The service cannot work now."""

    status = 503
    code = "not_ready"


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
