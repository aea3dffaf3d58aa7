"""`callcycle user add`: accounts for the right people only."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from crm.models import LoginSession, User
from crm.store.people import sessions
from crm.vocabulary import Role, SessionKind
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

    def run(*arguments, password="a long sentence", lang="en", verb="add"):
        command = [sys.executable, "-m", "field_api.cli.main", "user", verb, *arguments]
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


def test_accounts_are_listed(add):
    add("maria", "--role", "rep", "--rep", "R1")
    add("gm", "--role", "general_manager", "--name", "Helen Mifsud")
    add("gm", verb="close")
    ended, said = add(verb="list")
    lines = [line.split() for line in said.splitlines()]
    assert ended == 0
    assert lines[1:] == [
        ["gm", "Helen", "Mifsud", "general_manager", "closed"],
        ["maria", "Maria", "Vella", "rep", "R1", "open"],
    ]
    assert "已关闭" in add(verb="list", lang="zh")[1]


@pytest.mark.one_database
def test_an_account_is_closed_and_opened_again(add, database):
    add("maria", "--role", "rep", "--rep", "R1")
    logged_in(database)
    ended, said = add("Maria", verb="close")
    assert (ended, "logged out everywhere" in said) == (0, True), said
    assert [user.active for user in users(database)] == [False]
    assert ends(database) == ["account_closed"]
    assert add("maria", verb="reopen")[0] == 0
    assert [user.active for user in users(database)] == [True]
    ended, said = add("nobody", verb="close")
    assert (ended, "no user nobody" in said) == (3, True), said


@pytest.mark.one_database
def test_a_password_is_set_at_the_machine(add, database):
    add("maria", "--role", "rep", "--rep", "R1")
    logged_in(database)
    ended, said = add("maria", verb="password", password="four other words go")
    assert (ended, "logged out everywhere" in said) == (0, True), said
    (user,) = users(database)
    assert Passwords(1).fits("four other words go", user.password_hash)
    assert ends(database) == ["new_password"]
    for name, password, hint in [
        ("maria", "short", "at least 12"),
        ("maria", "mariamariamaria", "the user name"),
        ("nobody", "four other words go", "no user nobody"),
    ]:
        ended, said = add(name, verb="password", password=password)
        assert (ended, hint in said) == (3, True), said
    assert users(database)[0].password_hash == user.password_hash


def logged_in(database):
    now = datetime.now(UTC)
    with database.writing() as session:
        user = session.exec(select(User)).one()
        lifetime = sessions.Lifetime(idle=timedelta(days=1), longest=timedelta(days=1))
        kind = SessionKind.API
        sessions.start(session, user, kind, device="", lifetime=lifetime, now=now)


def ends(database):
    with database.reading() as session:
        return session.exec(select(LoginSession.ended_why)).all()
