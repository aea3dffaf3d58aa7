"""Reading changes nothing, writing is all or nothing, and a database out of reach is named."""

import pytest
from sqlmodel import select

from crm.database import Database
from crm.errors import Refused
from crm.models import District
from tests.builders import a_district


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
