"""Promises made outside of reports, changed under their version, kept with a photo, handed over."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import AuditEntry, FieldChange, Message, Promise, Rep, Territory
from tests.field_api.test_concurrency import COPIES, WRITERS, at_once
from tests.field_api.world import API, REPORT, a_report
from tests.support.pictures import a_photo

URL = f"{API}/promises"
P1 = f"{URL}/P1"
NEW = {"code": "N1", "customer_code": "C1", "what": "Price list", "due": "2026-12-04"}


def row(world, code="P1"):
    with world.database.reading() as session:
        return session.exec(select(Promise).where(Promise.code == code)).one()


def make(world, by="rep1", **changes):
    return world.client(by).post(URL, json=NEW | changes)


def patch(world, body, *, by="rep1", match='"v1"'):
    return world.client(by).patch(P1, json=body, headers={"If-Match": match})


def hand_over(world, rep="R2", *, by="malta"):
    return world.client(by).post(f"{P1}/owner", json={"rep_code": rep, "reason": "On leave"})


def test_a_promise_of_a_call_between_visits(world):
    answer = make(world, to_whom="Ms Borg")
    assert (answer.status_code, answer.headers["etag"]) == (201, '"v1"')
    assert answer.json() == {
        "code": "N1",
        "what": "Price list",
        "to_whom": "Ms Borg",
        "made_on": "2026-11-30",
        "due": "2026-12-04",
        "standing": "open",
        "evidence": "",
        "closed_at": None,
        "customer_code": "C1",
        "customer_name": "Customer C1",
        "owner_rep_code": "R1",
        "report_id": None,
        "attachment_id": None,
        "escalated_at": None,
        "version": 1,
    }
    assert world.client("malta").get(f"{URL}/N1").json() == answer.json()


def test_the_same_again_is_the_one_promise_however_it_stands_now(world):
    make(world)
    world.client("rep1").post(f"{URL}/N1/keep", json={"evidence": "Sent"})
    with world.database.writing() as session:
        session.exec(select(Territory).where(Territory.code == "T1")).one().rep_id = None
    again = make(world)
    assert (again.status_code, again.json()["standing"]) == (200, "kept")


@pytest.mark.parametrize(
    ("by", "changes"),
    [
        ("rep1", {"what": "Another"}),
        ("rep1", {"to_whom": "Mr Vella"}),
        ("rep1", {"code": "P1"}),  # made otherwise
        ("rep3", {}),  # another's, and not told apart
    ],
)
def test_another_promise_under_the_code_is_a_conflict(world, by, changes):
    make(world)
    answer = make(world, by, **changes)
    assert (answer.status_code, answer.json()["code"]) == (409, "promise_code_taken")


@pytest.mark.parametrize(
    ("by", "changes", "owner"),
    [
        ("malta", {}, "R1"),  # who works the customer
        ("malta", {"owner_rep_code": "R2"}, "R2"),
        ("rep1", {"owner_rep_code": "R1"}, "R1"),
    ],
)
def test_whose_a_new_promise_is(world, by, changes, owner):
    assert make(world, by, **changes).json()["owner_rep_code"] == owner


def test_a_customer_without_a_rep_still_gets_promises(world):
    with world.database.writing() as session:
        session.exec(select(Territory).where(Territory.code == "T1")).one().rep_id = None
    assert make(world, "malta").json()["owner_rep_code"] is None


@pytest.mark.parametrize(
    ("by", "changes", "status", "code"),
    [
        ("rep1", {"customer_code": "C2"}, 404, "customer_not_found"),
        ("malta", {"customer_code": "C3"}, 404, "customer_not_found"),
        ("rep1", {"owner_rep_code": "R2"}, 404, "rep_not_found"),
        ("malta", {"owner_rep_code": "R3"}, 404, "rep_not_found"),
        ("info", {}, 403, "role_not_allowed"),
        ("rep1", {"due": "2026-11-29"}, 422, "impossible_times"),
        ("rep1", {"due": "2126-11-29"}, 422, "impossible_times"),
        ("rep1", {"made_on": "2026-12-01"}, 422, "invalid_input"),
        ("rep1", {"made_on": "2026-12-05"}, 422, "invalid_input"),
        ("rep1", {"what": " "}, 422, "invalid_input"),
    ],
)
def test_what_cannot_be_promised(world, by, changes, status, code):
    answer = make(world, by, **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_other_words_under_the_version_that_was_read(world):
    answer = patch(world, {"what": "Two sheets", "to_whom": "Ms Borg"})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"v2"')
    kept = answer.json()
    assert (kept["what"], kept["to_whom"], kept["due"]) == ("Two sheets", "Ms Borg", "2026-12-01")
    stale = patch(world, {"what": "Three sheets"})
    assert (stale.status_code, stale.json()["code"]) == (412, "version_changed")
    assert stale.headers["etag"] == '"v2"'
    blind = world.client("rep1").patch(P1, json={"what": "x"})
    assert (blind.status_code, blind.json()["code"]) == (428, "if_match_missing")
    assert row(world).what == "Two sheets"


def test_nothing_different_is_no_new_version(world):
    answer = patch(world, {"what": "Sample sheet", "due": "2026-12-01"})
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


def test_moving_the_day_needs_a_reason_and_is_remembered(world):
    silent = patch(world, {"due": "2026-12-08"})
    assert (silent.status_code, silent.json()["errors"][0]["path"]) == (422, "body.reason")
    answer = patch(world, {"due": "2026-12-08", "reason": "The printer is late"}, by="malta")
    assert answer.json()["due"] == "2026-12-08"
    with world.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "change")).one()
        (change,) = session.exec(select(FieldChange).where(FieldChange.entry_id == entry.id)).all()
    assert (entry.actor, entry.reason) == ("Malta", "The printer is late")
    assert (change.field, change.before, change.after) == ("due", "2026-12-01", "2026-12-08")


@pytest.mark.parametrize("due", ["2026-11-19", "2126-12-01"])
def test_a_day_that_makes_no_sense(world, due):
    answer = patch(world, {"due": due, "reason": "x"})
    assert (answer.status_code, answer.json()["code"]) == (422, "impossible_times")


def test_a_day_moved_lets_it_be_late_anew(world):
    with world.database.writing() as session:
        promise = session.exec(select(Promise).where(Promise.code == "P1")).one()
        promise.escalated_at = datetime(2026, 11, 29, tzinfo=UTC)
    assert patch(world, {"what": "y"}).json()["escalated_at"] == "2026-11-29T00:00:00Z"
    moved = patch(world, {"due": "2026-12-08", "reason": "x"}, match='"v2"')
    assert moved.json()["escalated_at"] is None


@pytest.mark.parametrize("how", ["patch", "owner"])
def test_what_is_closed_stays_as_it_was(world, how):
    closed = world.client("rep1").post(f"{P1}/withdraw", json={"reason": "Ordered"}).json()
    assert closed["version"] == 2
    answer = patch(world, {"what": "x"}, match='"v2"') if how == "patch" else hand_over(world)
    assert (answer.status_code, answer.json()["code"]) == (409, "promise_closed")


def test_a_correction_of_its_report_is_a_new_version_too(world):
    client = world.client("rep1")
    url = f"{API}/visit-reports/{REPORT}"
    client.put(url, json=a_report(promises=[{"code": "a", "what": "x", "due": "2026-12-04"}]))
    body = a_report(promises=[{"code": "a", "what": "y", "due": "2026-12-04"}])
    correction = {"id": str(uuid4()), "reason": "Misheard", "report": body}
    client.post(f"{url}/corrections", json=correction)
    assert client.get(f"{URL}/a").headers["etag"] == '"v2"'
    correction = {"id": str(uuid4()), "reason": "Taken back", "report": a_report(promises=[])}
    client.post(f"{url}/corrections", json=correction)
    assert client.get(f"{URL}/a").headers["etag"] == '"v3"'


def with_photo(world, rep="rep1", customer="C1", report=REPORT):
    """The id of a photo of a report on a customer."""
    photo = uuid4()
    url = f"{API}/visit-reports/{report}"
    client = world.client(rep)
    client.put(url, json=a_report(customer_code=customer, promises=[]))
    headers = {"Content-Type": "image/jpeg"}
    assert client.put(f"{url}/attachments/{photo}", content=a_photo(), headers=headers).is_success
    return str(photo)


def test_a_photo_is_evidence(world):
    photo = with_photo(world)
    body = {"evidence": "It stands there", "attachment_id": photo}
    client = world.client("rep1")
    first, again = (client.post(f"{P1}/keep", json=body) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert first.json()["attachment_id"] == photo
    other = client.post(f"{P1}/keep", json={"evidence": "It stands there"})
    assert (other.status_code, other.json()["code"]) == (409, "promise_closed")


def test_a_photo_of_another_customer_is_none(world):
    photo = with_photo(world, rep="rep2", customer="C2")
    for by in ("rep1", "malta"):
        answer = world.client(by).post(f"{P1}/keep", json={"evidence": "x", "attachment_id": photo})
        assert (answer.status_code, answer.json()["code"]) == (404, "attachment_not_found")
    assert row(world).state == "open"


def test_another_rep_of_the_district_takes_over_and_is_told(world):
    answer = hand_over(world)
    assert (answer.status_code, answer.json()["owner_rep_code"]) == (200, "R2")
    assert hand_over(world).json() == answer.json()  # again: nothing changes, nobody is told twice
    assert "P1" in [p["code"] for p in world.client("rep2").get(URL).json()["items"]]
    with world.database.reading() as session:
        (message,) = session.exec(select(Message)).all()
        entries = session.exec(select(AuditEntry).where(AuditEntry.action == "hand_over")).all()
    assert (message.kind, message.subject) == ("promise_handed_over", "P1")
    assert [(e.actor, e.reason) for e in entries] == [("Malta", "On leave")]


@pytest.mark.parametrize(
    ("rep", "by", "status", "code"),
    [
        ("R3", "malta", 404, "rep_not_found"),
        ("R3", "general", 422, "invalid_input"),
        ("R9", "general", 404, "rep_not_found"),
        ("R2", "rep1", 403, "role_not_allowed"),
        ("R2", "gozo", 404, "promise_not_found"),
    ],
)
def test_who_cannot_take_over(world, rep, by, status, code):
    answer = hand_over(world, rep, by=by)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_who_has_left_takes_nothing_over(world):
    with world.database.writing() as session:
        session.exec(select(Rep).where(Rep.code == "R2")).one().active = False
    answer = hand_over(world)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "body.rep_code")


def test_a_promise_that_nobody_owns_is_given_to_somebody_of_the_customers_district(world):
    with world.database.writing() as session:
        session.exec(select(Promise).where(Promise.code == "P1")).one().owner_rep_id = None
    assert hand_over(world, "R3", by="general").status_code == 422
    assert hand_over(world, "R2").json()["owner_rep_code"] == "R2"
    with world.database.writing() as session:
        session.exec(select(Promise).where(Promise.code == "P1")).one().owner_rep_id = None
        session.exec(select(Territory).where(Territory.code == "T1")).one().rep_id = None
    assert hand_over(world, "R2").json()["owner_rep_code"] == "R2"


def test_copies_sent_at_once_are_one_promise(world):
    answers = at_once(WRITERS, lambda _: make(world))
    assert sorted(a.status_code for a in answers) == [200] * (WRITERS - 1) + [201]
    assert len({a.text for a in answers}) == 1


def test_contradicting_copies_sent_at_once_are_one_promise(world):
    answers = at_once(COPIES, lambda n: make(world, what=str(n)))
    assert sorted(a.status_code for a in answers) == [201] + [409] * (COPIES - 1)


def test_of_edits_at_once_one_wins(world):
    answers = at_once(COPIES, lambda n: patch(world, {"what": str(n)}))
    assert sorted(a.status_code for a in answers) == [200] + [412] * (COPIES - 1)
    assert row(world).version == 2
    assert row(world).due == date(2026, 12, 1)
