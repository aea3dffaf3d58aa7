"""Managers' reviews of reports, and finding reports by what was said and seen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Message, ReportReview, User
from tests.field_api.test_concurrency import COPIES, WRITERS, at_once
from tests.field_api.world import API, REPORT, a_report

URL = f"{API}/visit-reports/{REPORT}"
REVIEW = "8f14e45f-ceea-467f-a8d2-1f0b2d1c9b11"
SEEN = {"verdict": "seen"}
SENT_BACK = {"verdict": "sent_back", "comment": "Which crates?"}


@pytest.fixture
def reported(world):
    assert world.client("rep1").put(URL, json=a_report()).status_code == 201
    return world


def put(world, body, *, by="malta", review=REVIEW, url=URL):
    return world.client(by).put(f"{url}/reviews/{review}", json=body)


def rows(world, table):
    with world.database.reading() as session:
        return session.exec(select(table)).all()


def correct(world, **changes):
    body = {"id": str(uuid4()), "reason": "Asked for", "report": a_report(**changes)}
    return world.client("rep1").post(f"{URL}/corrections", json=body)


def test_the_rep_reads_what_the_manager_says(reported):
    answer = put(reported, SENT_BACK)
    assert answer.status_code == 201
    report = reported.client("rep1").get(URL).json()
    assert report["verdict"] == "sent_back"
    assert report["reviews"] == [answer.json()]
    assert answer.json() == {
        "id": REVIEW,
        "version": 1,
        "verdict": "sent_back",
        "comment": "Which crates?",
        "by": "Malta",
        "at": "2026-11-30T09:00:00Z",
    }


def test_the_same_again_changes_nothing(reported):
    first = put(reported, SENT_BACK)
    reported.now += timedelta(minutes=5)
    correct(reported, notes="Small ones")
    again = put(reported, SENT_BACK)
    named = put(reported, SENT_BACK | {"version": 1})
    assert (first.status_code, again.status_code, named.status_code) == (201, 200, 200)
    assert first.json() == again.json() == named.json()
    assert len(rows(reported, ReportReview)) == 1


@pytest.mark.parametrize(
    ("by", "body"),
    [
        ("malta", SEEN),
        ("malta", SENT_BACK | {"comment": "Otherwise"}),
        ("malta", SENT_BACK | {"version": 2}),
        ("south", SENT_BACK),
    ],
)
def test_another_review_under_the_same_id_is_a_conflict(reported, by, body):
    put(reported, SENT_BACK)
    answer = put(reported, body, by=by)
    assert (answer.status_code, answer.json()["code"]) == (409, "review_differs")


def test_an_id_used_on_another_report_is_a_conflict(reported):
    other = f"{API}/visit-reports/{uuid4()}"
    reported.client("rep1").put(other, json=a_report(promises=[]))
    put(reported, SEEN)
    assert put(reported, SEEN, url=other).json()["code"] == "review_differs"


def test_a_correction_asks_for_another_look(reported):
    put(reported, SENT_BACK)
    assert correct(reported, notes="Small ones").json()["verdict"] is None
    late = put(reported, SEEN | {"version": 1}, review=uuid4())
    assert (late.status_code, late.json()["version"]) == (201, 1)
    assert reported.client("rep1").get(URL).json()["verdict"] is None  # of the version before
    assert put(reported, SEEN, review=uuid4()).json()["version"] == 2
    assert reported.client("rep1").get(URL).json()["verdict"] == "seen"


@pytest.mark.parametrize(
    "body",
    [
        {"verdict": "sent_back"},
        {"verdict": "sent_back", "comment": "  "},
        {"verdict": "fine"},
        {"verdict": "seen", "version": 0},
        {"verdict": "seen", "version": 2},
        {"verdict": "seen", "version": 2**70},
        {"verdict": "seen", "comment": "x" * 2001},
    ],
)
def test_what_makes_no_sense_is_refused(reported, body):
    answer = put(reported, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    assert rows(reported, ReportReview) == []


def test_the_rep_is_told_of_a_report_sent_back_and_the_trail_holds_it(reported):
    put(reported, SEEN, review=uuid4())
    assert rows(reported, Message) == []
    put(reported, SENT_BACK)
    (message,) = rows(reported, Message)
    (rep,) = [user for user in rows(reported, User) if user.username == "rep1"]
    assert (message.user_id, message.kind, message.subject) == (
        rep.id,
        "report_sent_back",
        str(REPORT),
    )
    assert message.params["customer"].endswith(" (C1)")  # by name, not by its code alone
    said = [e for e in rows(reported, AuditEntry) if e.action == "review"]
    assert [(e.actor, e.details["verdict"], e.reason) for e in said] == [
        ("Malta", "seen", ""),
        ("Malta", "sent_back", "Which crates?"),
    ]


def test_copies_sent_at_once_are_one_review(reported):
    answers = at_once(WRITERS, lambda _: put(reported, SEEN))
    assert sorted(a.status_code for a in answers) == [200] * (WRITERS - 1) + [201]
    assert len(rows(reported, ReportReview)) == 1


def test_contradicting_reviews_under_one_id_at_once_are_one(reported):
    answers = at_once(COPIES, lambda n: put(reported, SEEN | {"comment": str(n)}))
    assert sorted(a.status_code for a in answers) == [201] + [409] * (COPIES - 1)


def found(world, by="malta", **params):
    answer = world.client(by).get(f"{API}/visit-reports", params=params)
    assert answer.status_code == 200, answer.text
    return len(answer.json()["items"])


def test_reports_are_found_by_their_review(reported):
    assert [found(reported, reviewed=r) for r in ("no", "yes", "sent_back")] == [1, 0, 0]
    put(reported, SEEN, review=uuid4())
    assert [found(reported, reviewed=r) for r in ("no", "yes", "sent_back")] == [0, 1, 0]
    put(reported, SENT_BACK)
    assert [found(reported, reviewed=r) for r in ("no", "yes", "sent_back")] == [0, 1, 1]
    correct(reported)
    assert [found(reported, reviewed=r) for r in ("no", "yes", "sent_back")] == [1, 0, 0]


def test_reports_are_found_by_customer_outcome_and_distance(reported):
    assert [found(reported, customer_code=c) for c in ("C1", "C2", "C9")] == [1, 0, 0]
    assert [found(reported, outcome=o) for o in ("order_taken", "met")] == [1, 0]
    assert [found(reported, far=f) for f in ("false", "true")] == [1, 0]
    correct(reported, outcome="met", position={"lat": 35.0, "lon": 14.5})
    assert [found(reported, outcome=o) for o in ("order_taken", "met")] == [0, 1]
    assert [found(reported, far=f) for f in ("false", "true")] == [0, 1]


@pytest.mark.parametrize(
    ("q", "count"),
    [
        ("shelf by the DOOR", 1),
        ("crates in winter", 1),
        ("Lunch Trade", 1),
        ("marsa wholesale", 1),
        ("Ms Borg", 0),  # looked for in notes, needs, objections and competitors only
        ("50%", 0),
        ("%%", 0),
        ("_", 0),
        ("\\", 0),
        ("'; --", 0),
        ("", 1),
    ],
)
def test_reports_are_found_by_their_words(reported, q, count):
    assert found(reported, q=q) == count


def test_words_are_found_in_any_width_and_case_of_the_newest_version(reported):
    correct(reported, notes="客户要ＡＢＣ型货架，50% ÉTAGÈRE_2")
    for q in ("abc型", "ＡＢＣ", "étagère_2", "50%"):
        assert found(reported, q=q) == 1
    assert found(reported, q="shelf") == 0
