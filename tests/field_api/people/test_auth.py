"""Logging in: the right people, not too often, and for a while."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import jwt
import pytest
from sqlmodel import select

from crm.models import AuditEntry, RefreshToken, User
from crm.vocabulary import Role
from field_api.auth import normal_username
from field_api.settings import load_settings
from field_api.signing import signing_secret
from tests.field_api.world import API, NOW, PASSWORD, build

LOGIN = f"{API}/auth/login"


def log_in(world, username="rep1", password=PASSWORD, **options):
    return world.client().post(LOGIN, json={"username": username, "password": password}, **options)


def me(world, token):
    return world.client().get(f"{API}/me", headers={"Authorization": f"Bearer {token}"})


def test_a_login_gives_a_token_for_a_quarter_of_an_hour(database):
    world = build(database, token_minutes=15)
    answer = log_in(world).json()
    assert (answer["role"], answer["expires_at"]) == ("rep", "2026-11-30T09:15:00Z")
    assert answer["session_expires_at"] == "2027-02-28T09:00:00Z"
    who = me(world, answer["access_token"]).json()
    assert (who["username"], who["rep_code"], who["today"]) == ("rep1", "R1", "2026-11-30")


def test_names_are_read_as_people_write_them(world):
    assert log_in(world, " REP1 ").status_code == 200
    assert normal_username("Ｍaria ") == "maria"


@pytest.mark.parametrize(
    ("username", "password"), [("rep1", "a wrong sentence"), ("nobody", PASSWORD)]
)
def test_which_of_the_two_was_wrong_is_not_told(world, username, password):
    answer = log_in(world, username, password)
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_password")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["detail"] == log_in(world, "x", "y").json()["detail"]


def test_an_unknown_name_is_checked_against_a_password_too(world, monkeypatch):
    checked = []
    passwords = world.app.state.house.passwords
    real = passwords._hasher.verify
    monkeypatch.setattr(
        passwords._hasher, "verify", lambda given, kept: checked.append(kept) or real(given, kept)
    )
    log_in(world, "nobody")
    assert len(checked) == 1
    assert checked[0].startswith("$argon2id$")


def test_a_token_of_no_session_opens_nothing(world):
    """Signed as ours are, by whoever knows the secret, but nobody has logged in for it."""
    for token in (signed(), signed(sub="99999")):
        answer = me(world, token)
        assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")
    user_id, session_id = world.logins["rep1"]
    somebody_elses = signed(sub=str(user_id + 1), sid=str(session_id))
    assert me(world, somebody_elses).status_code == 401
    assert me(world, signed(sub=str(user_id), sid=str(session_id))).status_code == 200


def test_a_login_is_written_down_without_its_secrets(world):
    answer = log_in(world, headers={"User-Agent": "Phone/1"}).json()
    log_in(world, password="a wrong sentence")
    log_in(world, "my password by mistake")
    with world.database.reading() as session:
        entries = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        told = [(e.action, e.key, e.actor, e.role) for e in entries]
        details = [e.details for e in entries]
        session_id = session.exec(select(RefreshToken.session_id)).one()
    assert told == [
        ("log_in", "rep1", "Rep1", Role.REP),
        ("refuse_login", "rep1", "service", Role.OPERATOR),
        ("refuse_login", "", "service", Role.OPERATOR),
    ]
    assert details[0] == {
        "session": str(session_id),
        "kind": "api",
        "address": "testclient",
        "device": "Phone/1",
    }
    for secret in (PASSWORD, "wrong sentence", "mistake", answer["refresh_token"]):
        assert secret not in str(details)


def test_an_account_that_changes_while_its_password_is_checked_is_not_let_in(world, monkeypatch):
    passwords = world.app.state.house.passwords

    def fits(_password, _kept):
        with world.database.writing() as session:
            session.exec(select(User).where(User.username == "rep1")).one().active = False
        return True

    monkeypatch.setattr(passwords, "fits", fits)
    assert log_in(world).json()["code"] == "wrong_password"


def test_a_closed_account_neither_logs_in_nor_goes_on(world):
    token = log_in(world).json()["access_token"]
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().active = False
    assert log_in(world).status_code == 401
    assert me(world, token).status_code == 401


def test_a_token_ends(database):
    world = build(database, token_minutes=15)
    token = log_in(world).json()["access_token"]
    world.now = NOW + timedelta(minutes=15) - timedelta(seconds=1)
    assert me(world, token).status_code == 200
    world.now = NOW + timedelta(minutes=15)
    answer = me(world, token)
    assert answer.status_code == 401
    assert "invalid_token" in answer.headers["WWW-Authenticate"]


def forged(**changes):
    claims = {"sub": "1", "sid": str(UUID(int=7)), "exp": NOW.timestamp() + 60} | changes
    claims = {"aud": "callcycle"} | claims
    return {name: value for name, value in claims.items() if value is not None}


def signed(**changes):
    return jwt.encode(forged(**changes), "s" * 40, "HS256")


@pytest.mark.one_database
@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "a.b.c",
        jwt.encode(forged(), "t" * 40, "HS256"),
        jwt.encode(forged(), None, "none"),
        signed(sub="-1"),
        signed(sub=str(2**70)),
        signed(sub="x"),
        signed(sid="x"),
        signed(sid=7),
        signed(sid=None),
        signed(exp=None),
        signed(exp=2**2000),
        signed(exp="x"),
        signed(aud="something else of ours"),
        signed(aud=None),
    ],
)
def test_what_we_did_not_sign_opens_nothing(world, token):
    answer = me(world, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_logged_in")


def test_the_password_is_never_repeated(world):
    for body in ({"password": "hunter2-hunter2"}, {"username": [], "password": "hunter2\0"}):
        answer = world.client().post(LOGIN, json=body)
        assert answer.status_code == 422
        assert "hunter2" not in answer.text


def test_the_secret_is_made_once_beside_the_database(tmp_path):
    settings = load_settings(db=f"sqlite:///{tmp_path}/new/c.db")
    with ThreadPoolExecutor(8) as pool:
        (secret,) = set(pool.map(lambda _: signing_secret(settings), range(16)))
    path = tmp_path / "new" / "c.db.secret"
    assert path.read_text() == secret
    assert len(secret) >= 48
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_secret_of_a_database_elsewhere_is_in_the_data_folder(tmp_path):
    settings = load_settings(db="postgresql://localhost/c", data_dir=tmp_path)
    assert signing_secret(settings) == (tmp_path / "callcycle.secret").read_text()


def test_a_secret_that_is_set_is_used(tmp_path):
    settings = load_settings(db=f"sqlite:///{tmp_path}/c.db", secret="x" * 32)
    assert signing_secret(settings) == "x" * 32
    assert list(tmp_path.iterdir()) == []
