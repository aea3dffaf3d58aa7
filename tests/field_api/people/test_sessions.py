"""Where one is logged in, and logging out elsewhere."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.models import AuditEntry
from tests.field_api.people.test_auth import log_in, me
from tests.field_api.world import API, NOW

MINE = f"{API}/me/sessions"


def bearer(login):
    return {"Authorization": f"Bearer {login.json()['access_token']}"}


def test_ones_own_logins_are_listed(world):
    world.now = NOW + timedelta(hours=1)
    body = {"username": "rep1", "password": "a long sentence", "device": "Maria's phone"}
    phone = world.client().post(f"{API}/auth/login", json=body)
    world.client().post(f"{API}/auth/page-session", json=body | {"device": ""})
    log_in(world, "rep2")
    found = world.client().get(MINE, headers=bearer(phone)).json()["items"]
    assert {(s["kind"], s["device"], s["current"]) for s in found} == {
        ("api", "Maria's phone", True),
        ("page", "testclient", False),
        ("api", "test", False),
    }
    assert found[-1]["device"] == "test"  # used last comes first
    (current,) = (s for s in found if s["current"])
    assert current["created_at"] == current["last_used_at"] == "2026-11-30T10:00:00Z"
    assert current["expires_at"] == "2027-02-28T10:00:00Z"


def test_logging_out_elsewhere(world):
    lost, kept = log_in(world, headers={"User-Agent": "Lost"}), log_in(world)
    (other,) = (
        s
        for s in world.client().get(MINE, headers=bearer(kept)).json()["items"]
        if s["device"] == "Lost"
    )
    url = f"{MINE}/{other['id']}"
    assert world.client().delete(url, headers=bearer(kept)).status_code == 204
    assert me(world, lost.json()["access_token"]).json()["code"] == "session_ended"
    assert me(world, kept.json()["access_token"]).status_code == 200
    assert world.client().delete(url, headers=bearer(kept)).json()["code"] == "session_not_found"
    with world.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "end_session")).one()
    assert (entry.key, entry.details) == ("rep1", {"session": other["id"], "device": "Lost"})


def test_anothers_login_is_not_there(world):
    _, session_id = world.logins["rep2"]
    answer = world.client("rep1").delete(f"{MINE}/{session_id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "session_not_found")
    assert world.client("rep2").get(f"{API}/me").status_code == 200


def test_logins_that_are_over_are_not_listed(world):
    lying = log_in(world)
    world.now = NOW + timedelta(days=30)
    now = log_in(world)
    found = world.client().get(MINE, headers=bearer(now)).json()["items"]
    assert [s["current"] for s in found] == [True]
    assert lying.status_code == 200


@pytest.mark.one_database
@pytest.mark.parametrize("session_id", ["x", str(2**70), "%ED%A0%80", "7"])
def test_what_is_no_session_is_refused(world, session_id):
    answer = world.client("rep1").delete(f"{MINE}/{session_id}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
