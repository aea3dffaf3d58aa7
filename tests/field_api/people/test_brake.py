"""Guessing is slowed down, by name and address and by address alone, over all processes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from crm.models import LoginAttempt
from crm.store.people import login_attempts
from field_api.auth import HashingBusy
from field_api.auth.addresses import network_of
from tests.field_api.people.test_auth import log_in
from tests.field_api.world import NOW, build

WITHIN = timedelta(seconds=60)


def test_guessing_is_slowed_down(database):
    world = build(database, login_attempts=3, login_pause_s=60)
    assert [log_in(world, password="wrong").status_code for _ in range(3)] == [401] * 3
    answer = log_in(world)  # the right password does not help any more
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert answer.headers["Retry-After"] == "60"
    assert log_in(world, "rep2").status_code == 200
    world.now = NOW + WITHIN
    assert log_in(world).status_code == 200


def test_names_that_nobody_has_are_slowed_down_too(database):
    world = build(database, login_attempts=2)
    statuses = [log_in(world, "nobody").status_code for _ in range(3)]
    assert statuses == [401, 401, 429]


def test_success_clears_the_count(database):
    world = build(database, login_attempts=2)
    for _ in range(3):
        assert log_in(world, password="wrong").status_code == 401
        assert log_in(world).status_code == 200


def test_one_address_does_not_try_many_names(database):
    world = build(database, login_attempts_address=3)
    for name in ("rep1", "rep2", "a", "b"):
        log_in(world, name)  # who gets in does not count: an office shares one address
    assert log_in(world, "c").status_code == 401
    assert log_in(world, "rep1").status_code == 429


def test_another_process_counts_on(database):
    first, second = build(database, login_attempts=2), None
    log_in(first, password="wrong")
    from field_api.app import create_app

    second = type(first)(
        database=database, settings=first.settings, app=create_app(first.settings, database)
    )
    second.app.dependency_overrides = first.app.dependency_overrides
    assert log_in(second, password="wrong").status_code == 401
    assert log_in(first, password="wrong").status_code == 429
    assert log_in(second, password="wrong").status_code == 429


def test_what_was_not_checked_does_not_count(database, monkeypatch):
    world = build(database, login_attempts=1, login_attempts_address=1)

    def busy(_given, _kept):
        raise HashingBusy

    with monkeypatch.context() as patch:
        patch.setattr(world.app.state.house.passwords, "fits", busy)
        assert [log_in(world).status_code for _ in range(2)] == [503, 503]
    assert log_in(world).status_code == 200


def counted(database, limits, now):
    return database.written(
        lambda session: login_attempts.count(session, limits, now=now, within=WITHIN)
    )


def test_the_brake_opens_when_the_oldest_attempt_is_over(database):
    def at(second):
        return counted(database, {"a": 2}, NOW + timedelta(seconds=second))

    assert [at(0), at(50), at(51)] == [None, None, timedelta(seconds=9)]
    assert counted(database, {"b": 2}, NOW + timedelta(seconds=52)) is None
    assert [at(60), at(61)] == [None, timedelta(seconds=49)]


def test_a_refused_attempt_is_counted_nowhere(database):
    counted(database, {"name": 1, "address": 5}, NOW)
    assert counted(database, {"name": 1, "address": 5}, NOW) == WITHIN
    with database.reading() as session:
        assert len(session.exec(select(LoginAttempt)).all()) == 2


def test_attempts_that_are_over_are_not_kept(database):
    """After an hour; what counts within longer is kept for as long as that."""
    for minutes in range(0, 600, 50):
        counted(database, {f"key{minutes}": 1}, NOW + timedelta(minutes=minutes))
    with database.reading() as session:
        kept = session.exec(select(LoginAttempt.key_sha256).order_by(LoginAttempt.id)).all()
    assert kept == ["key500", "key550"]


def test_attempts_at_once_are_counted_before_they_are_made(database):
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda _: counted(database, {"a": 5}, NOW), range(64)))
    assert waits.count(None) == 5


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_address_stands_for_one_line(address, network):
    assert network_of(address) == network
