"""Logging in: the right people, not too often, and for a while."""

import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import jwt
import pytest
from sqlmodel import select

from crm.models import User
from field_api.auth import Brake, HashingBusy, Passwords, TooManyAttempts, normal_username
from field_api.settings import load_settings
from field_api.signing import signing_secret
from tests.field_api.world import API, NOW, PASSWORD, build

LOGIN = f"{API}/auth/login"


def log_in(world, username="rep1", password=PASSWORD, **options):
    return world.client().post(LOGIN, json={"username": username, "password": password}, **options)


def me(world, token):
    return world.client().get(f"{API}/me", headers={"Authorization": f"Bearer {token}"})


def test_a_login_gives_a_token_for_an_hour(world):
    answer = log_in(world).json()
    assert (answer["role"], answer["expires_at"]) == ("rep", "2026-11-30T10:00:00Z")
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


def test_a_closed_account_neither_logs_in_nor_goes_on(world):
    token = log_in(world).json()["access_token"]
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().active = False
    assert log_in(world).status_code == 401
    assert me(world, token).status_code == 401


def test_a_new_password_ends_old_tokens(world):
    token = log_in(world).json()["access_token"]
    with world.database.writing() as session:
        user = session.exec(select(User).where(User.username == "rep1")).one()
        user.password_hash = Passwords(1).hashed("another sentence")
    assert me(world, token).status_code == 401


def test_a_token_ends(world):
    token = log_in(world).json()["access_token"]
    world.now = NOW + timedelta(minutes=60) - timedelta(seconds=1)
    assert me(world, token).status_code == 200
    world.now = NOW + timedelta(minutes=60)
    answer = me(world, token)
    assert answer.status_code == 401
    assert "invalid_token" in answer.headers["WWW-Authenticate"]


def forged(**changes):
    claims = {"sub": "1", "exp": NOW.timestamp() + 60, "pwd": "x"} | changes
    return {name: value for name, value in claims.items() if value is not None}


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "a.b.c",
        jwt.encode(forged(), "t" * 40, "HS256"),
        jwt.encode(forged(), None, "none"),
        jwt.encode(forged(sub="99999"), "s" * 40, "HS256"),
        jwt.encode(forged(sub="-1"), "s" * 40, "HS256"),
        jwt.encode(forged(sub=str(2**70)), "s" * 40, "HS256"),
        jwt.encode(forged(sub="x"), "s" * 40, "HS256"),
        jwt.encode(forged(exp=None), "s" * 40, "HS256"),
        jwt.encode(forged(exp=2**2000), "s" * 40, "HS256"),
        jwt.encode(forged(pwd="é"), "s" * 40, "HS256"),
    ],
)
def test_what_we_did_not_sign_opens_nothing(world, token):
    answer = me(world, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_logged_in")


def test_guessing_is_slowed_down(database):
    world = build(database, login_attempts=3, login_pause_s=60)
    assert [log_in(world, password="wrong").status_code for _ in range(3)] == [401] * 3
    answer = log_in(world)  # the right password does not help any more
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert 55 <= int(answer.headers["Retry-After"]) <= 61
    assert log_in(world, "rep2").status_code == 200


def test_success_clears_the_count(database):
    world = build(database, login_attempts=2)
    for _ in range(3):
        assert log_in(world, password="wrong").status_code == 401
        assert log_in(world).status_code == 200


def test_the_brake_opens_when_the_oldest_attempt_is_over():
    now = [0.0]
    brake = Brake(2, 60, clock=lambda: now[0])
    brake.attempt(("a", "x"))
    now[0] = 50
    brake.attempt(("a", "x"))
    with pytest.raises(TooManyAttempts):
        brake.attempt(("a", "x"))
    brake.attempt(("a", "another address"))
    now[0] = 60
    brake.attempt(("a", "x"))
    with pytest.raises(TooManyAttempts):
        brake.attempt(("a", "x"))


def test_attempts_at_once_are_counted_before_they_are_made():
    brake = Brake(5, 60)

    def tried(_):
        try:
            brake.attempt(("a", "x"))
        except TooManyAttempts:
            return 0
        return 1

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(tried, range(64))) == 5


def test_passwords_are_checked_a_few_at_a_time(monkeypatch):
    passwords, inside, most = Passwords(2), [], []
    lock, may_end = threading.Lock(), threading.Event()

    def verify(_given, _kept):
        with lock:
            inside.append(1)
            most.append(len(inside))
            if len(most) == 2:
                may_end.set()
        assert may_end.wait(10)
        with lock:
            inside.pop()
        return True

    monkeypatch.setattr(passwords._hasher, "verify", verify)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: passwords.fits("x", "y"), range(8)))
    assert max(most) == 2


def test_nobody_waits_forever_for_a_slot(monkeypatch):
    monkeypatch.setattr("field_api.auth.HASHING_PATIENCE_S", 0.01)
    passwords = Passwords(1)
    with passwords._slot(), pytest.raises(HashingBusy):
        passwords.hashed("x")


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
