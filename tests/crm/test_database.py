"""Reading changes nothing, writing is all or nothing, many at once wait for each other, and a
database out of reach is named."""

import multiprocessing
import os
import stat
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from crm.database import TRIES, Database
from crm.errors import Refused
from crm.models import District
from tests.builders import a_district

WRITERS, EACH = 32, 5


def codes(database):
    with database.reading() as session:
        return list(session.exec(select(District.code)))


def test_what_a_reading_session_changes_is_thrown_away(database):
    with database.reading() as session:
        session.add(a_district("A"))
        session.flush()
    assert codes(database) == []


def fail_after_writing(database):
    with database.writing() as session:
        session.add(a_district("A"))
        session.flush()
        raise RuntimeError


def test_a_block_that_raises_writes_nothing(database):
    with pytest.raises(RuntimeError):
        fail_after_writing(database)
    assert codes(database) == []
    with database.writing() as session:
        session.add(a_district("B"))
    assert codes(database) == ["B"]


def test_a_driver_that_is_not_installed_is_named():
    with pytest.raises(Refused, match="needs the Python package MySQLdb"):
        Database("mysql://127.0.0.1/none")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="cannot be made"):
        Database(f"sqlite:///{tmp_path}/file/x.db")


def add_districts(database, writer):
    for number in range(EACH):
        with database.writing() as session:
            taken = len(session.exec(select(District.code)).all())
            session.add(a_district(f"{writer}.{number}", str(taken)))


def names(database):
    with database.reading() as session:
        return [int(name) for name in session.exec(select(District.name))]


def test_many_writers_wait_for_each_other(database):
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda writer: add_districts(database, writer), range(WRITERS)))
    assert len(codes(database)) == WRITERS * EACH


@pytest.mark.one_database
def test_units_of_work_come_one_after_the_other_on_sqlite(database):
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        list(pool.map(write_from_a_process, [database.url] * 2, "AB"))
    # each saw all that was there before
    assert sorted(names(database)) == list(range(2 * 4 * EACH))


def write_from_a_process(url, name):
    database = Database(url)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda writer: add_districts(database, f"{name}{writer}"), range(4)))
    database.close()


def test_readers_wait_for_no_writer(database):
    with database.writing() as session:
        session.add(a_district("A"))
        session.flush()
        with ThreadPoolExecutor(WRITERS) as pool:
            seen = list(pool.map(lambda _: codes(database), range(WRITERS)))
    assert seen == [[]] * WRITERS
    assert codes(database) == ["A"]


def test_a_reader_sees_one_moment(database):
    with database.reading() as session:
        before = session.exec(select(District.code)).all()
        with database.writing() as other:
            other.add(a_district("A"))
        assert session.exec(select(District.code)).all() == before == []


@pytest.mark.one_database
def test_sqlite_keeps_what_it_acknowledged(database):
    with database.reading() as session:
        found = [
            session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]  # 2: every commit waits for the disk


def test_two_units_that_wait_for_each_other_both_get_done(database):
    """On PostgreSQL the two lock two rows in opposite order, and one is tried again (and once
    more when it comes back before the other was awake)."""
    with database.writing() as session:
        session.add_all([a_district("A", "0"), a_district("B", "0")])
    together = Barrier(2)

    def count_both(first, second):
        tries = []

        def work(session):
            tries.append(first)
            for code in (first, second):
                found = select(District).where(District.code == code).with_for_update()
                district = session.exec(found).one()
                district.name = str(int(district.name) + 1)
                session.flush()
                if code == first and len(tries) == 1 and database.url.startswith("postgresql"):
                    together.wait(30)
            return len(tries)

        return database.written(work)

    with ThreadPoolExecutor(2) as pool:
        tries = list(pool.map(count_both, "AB", "BA"))
    assert names(database) == [2, 2]
    if database.url.startswith("postgresql"):
        assert sum(tries) > 2
    else:
        assert sum(tries) == 2


def test_what_is_no_race_is_not_tried_again(database):
    tries = []

    def work(session):
        tries.append(1)
        session.connection().exec_driver_sql("SELECT nonsense")

    with pytest.raises(DBAPIError):
        database.written(work)
    assert len(tries) == 1


def test_a_clash_is_tried_so_often_and_then_told(database):
    tries = []

    def work(session):
        tries.append(1)
        session.add_all([a_district("A"), a_district("A")])
        session.flush()

    with pytest.raises(IntegrityError):
        database.written(work)
    assert len(tries) == TRIES
    assert codes(database) == []


@pytest.mark.second_database
def test_a_statement_ends_some_time(postgresql):
    database = Database(postgresql.new())
    with database.reading() as session:
        assert session.connection().exec_driver_sql("SHOW statement_timeout").scalar() == "30s"
    database.close()
    own = Database(f"{database.url}&options=-c%20statement_timeout%3D1s")
    with own.reading() as session:
        assert session.connection().exec_driver_sql("SHOW statement_timeout").scalar() == "1s"
    own.close()
    postgresql.drop(database.url)


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_a_new_file_is_its_owners_alone(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/new/x.db")
    database.migrate()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
    database.close()
    assert modes["x.db"] == 0o600
    assert set(modes.values()) == {0o600}


def write_twice(database):
    with database.writing() as session:
        session.add_all([a_district("A", "Confidential"), a_district("A", "Confidential")])


def test_errors_show_no_values(database):
    with pytest.raises(IntegrityError) as raised:
        write_twice(database)
    assert "Confidential" not in str(raised.value)


ANOTHER_PROGRAM = """
import sqlite3, sys
with_all = sqlite3.connect(sys.argv[1])
print(with_all.execute("select count(*) from district").fetchone()[0])
with_all.close()
"""


def seen_by_another_program(path) -> int:
    """How many districts a program sees that opens the file, looks, and leaves again."""
    command = [sys.executable, "-c", ANOTHER_PROGRAM, str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.one_database
def test_a_program_that_leaves_takes_nothing_along(tmp_path, migrated_file):
    """As when somebody runs a command beside the service: what the service writes afterwards is
    there for everybody, also after its end."""
    path = tmp_path / "shared.db"
    path.write_bytes(migrated_file.read_bytes())
    service = Database(f"sqlite:///{path}")
    with service.reading() as one, service.reading() as another:  # two connections in its pool
        assert len(one.exec(select(District)).all()) == len(another.exec(select(District)).all())
    for number in range(3):
        with service.writing() as session:
            session.add(a_district(f"D{number}"))
        assert seen_by_another_program(path) == number + 1
    service.close()
    assert seen_by_another_program(path) == 3
