"""Going on with a refresh token: once each, and a copied one ends everything."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.models import AuditEntry, LoginSession, Message, RefreshToken, User
from crm.vocabulary import Role
from field_api.auth import SessionEnded
from field_api.services.people import callers, logins
from tests.field_api.people.test_auth import log_in, me
from tests.field_api.test_concurrency import COPIES, at_once
from tests.field_api.world import API, NOW, PASSWORD

REFRESH = f"{API}/auth/refresh"


def refreshed(world, token):
    return world.client().post(REFRESH, json={"refresh_token": token})


def test_a_refresh_token_gets_new_tokens(world):
    first = log_in(world).json()
    world.now = NOW + timedelta(days=20)
    answer = refreshed(world, first["refresh_token"])
    assert answer.status_code == 200
    second = answer.json()
    assert second["refresh_token"] != first["refresh_token"]
    assert second["expires_at"] == "2026-12-21T09:00:00Z"
    assert second["session_expires_at"] == first["session_expires_at"]
    assert me(world, second["access_token"]).json()["username"] == "rep1"
    assert refreshed(world, second["refresh_token"]).status_code == 200


def test_a_used_token_that_comes_back_ends_the_session_and_all_its_tokens(world):
    first = log_in(world, headers={"User-Agent": "Phone/1"}).json()
    other_device = log_in(world).json()
    second = refreshed(world, first["refresh_token"]).json()
    world.now = NOW + timedelta(minutes=5)
    answer = refreshed(world, first["refresh_token"])
    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")
    for token in (first["access_token"], second["access_token"]):
        assert me(world, token).json()["code"] == "session_ended"
    assert refreshed(world, second["refresh_token"]).json()["code"] == "session_ended"
    assert me(world, other_device["access_token"]).status_code == 200
    with world.database.reading() as session:
        entry = session.exec(
            select(AuditEntry).where(AuditEntry.action == "end_copied_session")
        ).one()
        ended = session.exec(
            select(LoginSession).where(LoginSession.ended_why == "token_reused")
        ).one()
        message = session.exec(select(Message)).one()
    assert (entry.noun, entry.key, entry.role) == ("user", "rep1", Role.OPERATOR)
    assert entry.details == {"session": str(ended.id), "device": "Phone/1"}
    assert ended.ended_at == world.now
    assert (message.kind, message.params) == ("session_ended", {"device": "Phone/1"})


def test_of_refreshes_at_the_same_moment_one_wins(world):
    token = log_in(world).json()["refresh_token"]
    answers = at_once(COPIES, lambda _: refreshed(world, token))
    assert sorted(a.status_code for a in answers) == [200] + [401] * (COPIES - 1)
    assert {a.json()["code"] for a in answers if a.status_code == 401} == {"session_ended"}
    with world.database.reading() as session:
        assert len(session.exec(select(RefreshToken)).all()) == 2
        assert len(session.exec(select(Message)).all()) == 1


def test_an_unused_login_ends_and_a_used_one_ends_later(world):
    token = log_in(world).json()["refresh_token"]
    lying = log_in(world).json()["refresh_token"]
    for day in (29, 58, 87):
        world.now = NOW + timedelta(days=day)
        token = refreshed(world, token).json()["refresh_token"]
    assert refreshed(world, lying).json()["code"] == "session_ended"
    world.now = NOW + timedelta(days=90)
    answer = refreshed(world, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")


def test_an_access_token_ends_with_its_session(world):
    world.now = NOW + timedelta(days=90) - timedelta(minutes=1)
    with world.database.writing() as session:
        for login in session.exec(select(LoginSession)):
            login.expires_at = NOW + timedelta(days=90)
    token = world.token("rep1")
    assert me(world, token).status_code == 200
    world.now = NOW + timedelta(days=90)
    assert me(world, token).json()["code"] == "session_ended"


def test_a_closed_account_goes_on_with_nothing(world):
    token = log_in(world).json()["refresh_token"]
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().active = False
    assert refreshed(world, token).json()["code"] == "session_ended"


def test_logging_out_ends_the_login_and_no_other(world):
    gone, stays = log_in(world).json(), log_in(world).json()
    bearer = {"Authorization": f"Bearer {gone['access_token']}"}
    assert world.client().post(f"{API}/auth/logout", headers=bearer).status_code == 204
    assert me(world, gone["access_token"]).status_code == 401
    assert refreshed(world, gone["refresh_token"]).json()["code"] == "session_ended"
    assert world.client().post(f"{API}/auth/logout", headers=bearer).status_code == 401
    assert me(world, stays["access_token"]).status_code == 200
    with world.database.reading() as session:
        actions = session.exec(select(AuditEntry.action)).all()
    assert actions == ["log_in", "log_in", "log_out"]


def test_a_login_that_ends_while_it_is_used_is_ended_once(world):
    """Two ways of logging out at the same moment: both have been let in, one of them ends it."""
    house, login = world.app.state.house, log_in(world).json()
    caller = callers.by_token(house, login["access_token"], now=NOW)
    logins.log_out(house, caller, now=NOW)
    logins.log_out(house, caller, now=NOW)
    with pytest.raises(SessionEnded):
        logins.page_session(house, caller, "x", now=NOW)
    with world.database.reading() as session:
        assert session.exec(select(AuditEntry.action)).all() == ["log_in", "log_out"]


@pytest.mark.one_database
@pytest.mark.parametrize("token", ["x", "\u00e9", "a" * 1024, "0" * 43])
def test_what_was_never_ours_opens_nothing(world, token):
    answer = refreshed(world, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_logged_in")


@pytest.mark.one_database
@pytest.mark.parametrize(
    "body",
    [
        b'{"refresh_token": "\\ud800"}',
        b'{"refresh_token": "a\\u0000"}',
        b'{"refresh_token": ""}',
        b'{"refresh_token": %d}' % 2**70,
        b'{"refresh_token": "%s"}' % (b"a" * 1025),
        b"{}",
        b"[]",
    ],
)
def test_what_is_no_token_is_refused(world, body):
    answer = world.client().post(
        REFRESH, content=body, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


def test_no_secret_is_kept(world):
    answer = log_in(world).json()
    with world.database.reading() as session:
        rows = [*session.exec(select(RefreshToken)), *session.exec(select(LoginSession))]
        kept = str([row.model_dump() for row in rows])
    assert answer["refresh_token"] not in kept
    assert PASSWORD not in kept
