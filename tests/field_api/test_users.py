"""`callcycle user add`: accounts for the right people only."""

import subprocess
import sys

import pytest
from sqlmodel import select

from crm.models import User
from crm.vocabulary import Role
from field_api.auth import Passwords
from tests.builders import a_district, a_rep


@pytest.fixture
def add(database):
    """Runs the command with a password on standard input: exit code and what was said."""
    with database.writing() as session:
        district = a_district()
        session.add(district)
        session.flush()
        session.add(a_rep(district, "R1", name="Maria Vella"))

    def run(*arguments, password="a long sentence", lang="en"):
        command = [sys.executable, "-m", "field_api.cli.main", "user", "add", *arguments]
        done = subprocess.run(
            [*command, "--db", database.url, "--lang", lang],
            input=f"{password}\n",
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr

    return run


def users(database):
    with database.reading() as session:
        found = session.exec(select(User)).all()
        session.expunge_all()
        return found


def test_a_rep_may_log_in(add, database):
    code, said = add("Maria", "--role", "rep", "--rep", "R1")
    assert (code, said.strip()) == (0, "maria may log in now as rep.")
    (user,) = users(database)
    assert (user.username, user.name, user.role, user.rep_id) == ("maria", "Maria Vella", "rep", 1)
    assert Passwords(1).fits("a long sentence", user.password_hash)


def test_managers_may_log_in(add, database):
    assert add("m", "--role", "district_manager", "--district", "MT")[0] == 0
    assert add("g", "--role", "general_manager")[0] == 0
    assert [(u.role, u.district_id) for u in users(database)] == [
        (Role.DISTRICT_MANAGER, 1),
        (Role.GENERAL_MANAGER, None),
    ]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("arguments", "password", "code", "hint"),
    [
        (["m", "--role", "rep", "--rep", "R1"], "short", 3, "5 characters; use at least 12"),
        (["m", "--role", "rep", "--rep", "R1"], "", 3, "0 characters"),
        (["m", "--role", "rep"], "a long sentence", 3, "--rep"),
        (["m", "--role", "rep", "--rep", "R9"], "a long sentence", 3, "no rep R9"),
        (["m", "--role", "district_manager"], "a long sentence", 3, "--district"),
        (
            ["m", "--role", "district_manager", "--district", "X"],
            "a long sentence",
            3,
            "no district X",
        ),
        (["m", "--role", "general_manager", "--rep", "R1"], "a long sentence", 3, "--rep"),
        (["m", "--role", "operator"], "a long sentence", 3, "operator"),
        (["m", "--role", "king"], "a long sentence", 2, "king"),
        (["two words", "--role", "general_manager"], "a long sentence", 3, "'two words'"),
    ],
)
def test_what_cannot_be_says_why(add, database, arguments, password, code, hint):
    ended, said = add(*arguments, password=password)
    assert (ended, hint in said) == (code, True), said
    assert users(database) == []


def test_a_name_is_given_once_and_refused_in_chinese(add, database):
    add("g", "--role", "general_manager")
    ended, said = add("G", "--role", "general_manager", lang="zh")
    assert (ended, "已存在" in said) == (3, True), said
    assert len(users(database)) == 1
