"""Tables forward and back on both databases, with rows in them, and as the models say."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from crm.database import Database
from crm.errors import Refused
from crm.migrate import FOLDER
from tests.field_api import world as worlds

REVISIONS = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]
SERVICES = 4


def revision(database):
    with database.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def differences(database):
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        return compare_metadata(context, SQLModel.metadata)


def tables(database):
    return set(inspect(database.engine).get_table_names())


def customers(database):
    with database.reading() as session:
        return list(session.connection().scalars(text("SELECT code FROM customer ORDER BY code")))


def test_the_tables_are_those_of_the_models(database):
    assert differences(database) == []


def test_back_to_nothing_and_forward_again(database):
    database.migrate_back("base")
    assert tables(database) == {"alembic_version"}
    database.migrate()
    assert revision(database) == REVISIONS[-1]
    assert differences(database) == []


def test_step_by_step_with_rows(database):
    worlds.build(database)
    for older in reversed(REVISIONS[:-1]):
        database.migrate_back(older)
        assert revision(database) == older
        assert customers(database) == ["C1", "C2", "C3"]
    for newer in REVISIONS[1:]:
        database.migrate(newer)
    assert differences(database) == []
    assert customers(database) == ["C1", "C2", "C3"]


def test_foreign_keys_hold_after_a_migration(database):
    worlds.build(database)
    database.migrate_back(REVISIONS[0])
    database.migrate()
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), database.writing() as session:
        session.connection().execute(text("UPDATE customer SET territory_id = 999"))


def test_a_migration_that_fails_leaves_the_tables_as_they_were(database):
    database.migrate_back("base")

    def fail_at_the_end(_connection, _cursor, statement, *_):
        if statement.startswith("INSERT INTO alembic_version"):
            raise RuntimeError

    event.listen(database.engine, "before_cursor_execute", fail_at_the_end)
    with pytest.raises(RuntimeError):
        database.migrate()
    event.remove(database.engine, "before_cursor_execute", fail_at_the_end)
    assert tables(database) == {"alembic_version"}
    database.migrate()
    assert differences(database) == []


def test_tables_of_a_later_release_are_refused(database):
    with database.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refused, match="9999"):
        database.migrate()


def test_services_that_start_at_once_migrate_once(database):
    database.migrate_back("base")
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(SERVICES, mp_context=spawn) as pool:
        list(pool.map(start, [database.url] * SERVICES))
    assert differences(database) == []


def start(url):
    database = Database(url)
    database.migrate()
    database.close()
