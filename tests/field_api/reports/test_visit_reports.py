"""Reports are taken in exactly once, and what follows from them stands with them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from crm.models import CyclePlan, Promise, Territory, Visit, VisitReport, VisitReportCorrection
from crm.vocabulary import PlanState
from field_api.services.pages import cursor
from tests.field_api.world import API, NOW, REPORT, a_report

URL = f"{API}/visit-reports/{REPORT}"
CORRECTIONS = f"{URL}/corrections"


def rows(world, table):
    with world.database.reading() as session:
        found = session.exec(select(table)).all()
        session.expunge_all()
        return found


def a_correction(number=1, reason="Wrong tap", **changes):
    return {"id": f"{number:032x}", "reason": reason, "report": a_report(**changes)}


def promise(code, due="2026-12-04", what="Sheet"):
    return {"code": code, "what": what, "due": due}


def test_a_report_is_kept_with_its_visit_and_promises(world):
    answer = world.client("rep1").put(URL, json=a_report())
    assert answer.status_code == 201, answer.text
    kept = answer.json()
    assert (kept["rep_code"], kept["customer_code"], kept["version"]) == ("R1", "C1", 1)
    assert kept["visited_on"] == "2026-11-30"
    assert kept["valid_visit"] is True
    assert kept["report"]["person_met"]["say"] == "decides"
    assert [p["standing"] for p in kept["promises"]] == ["open"]
    (visit,) = rows(world, Visit)
    assert (visit.report_id, visit.date.isoformat()) == (REPORT, "2026-11-30")
    made = {p.code: p for p in rows(world, Promise)}[EXAMPLE_PROMISE]
    assert (made.report_id, made.state, made.owner_rep_id) == (REPORT, "open", visit.rep_id)


EXAMPLE_PROMISE = a_report()["promises"][0]["code"]


def test_the_same_body_again_changes_nothing(world):
    client = world.client("rep1")
    first = client.put(URL, json=a_report())
    world.now += timedelta(minutes=5)
    again = client.put(URL, json=dict(reversed(a_report().items())))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert len(rows(world, VisitReport)) == len(rows(world, Visit)) == 1


def test_another_body_under_the_same_id_is_a_conflict(world):
    client = world.client("rep1")
    client.put(URL, json=a_report())
    answer = client.put(URL, json=a_report(notes="Something else"))
    assert (answer.status_code, answer.json()["code"]) == (409, "report_differs")
    assert rows(world, VisitReport)[0].body["notes"] == a_report()["notes"]


@pytest.mark.parametrize("outcome", ["closed", "not_met"])
def test_nobody_met_is_no_visit(world, outcome):
    answer = world.client("rep1").put(URL, json=a_report(outcome=outcome))
    assert answer.json()["valid_visit"] is False
    assert rows(world, Visit) == []


def test_without_a_check_out_it_is_no_visit(world):
    answer = world.client("rep1").put(URL, json=a_report(checked_out_at=None))
    assert (answer.status_code, answer.json()["valid_visit"]) == (201, False)
    assert rows(world, Visit) == []


def test_two_reports_of_a_day_are_one_visit(world):
    client = world.client("rep1")
    client.put(URL, json=a_report(promises=[]))
    later = a_report(promises=[], checked_in_at="2026-11-30T15:00:00+01:00", checked_out_at=None)
    later["checked_out_at"] = "2026-11-30T15:20:00+01:00"
    assert client.put(f"{API}/visit-reports/{uuid4()}", json=later).status_code == 201
    assert len(rows(world, Visit)) == 1


def test_the_day_is_that_of_the_rep(world):
    late = a_report(
        checked_in_at="2026-11-29T23:30:00Z", checked_out_at="2026-11-29T23:50:00Z", promises=[]
    )
    assert world.client("rep1").put(URL, json=late).json()["visited_on"] == "2026-11-30"


@pytest.mark.parametrize(
    ("lat", "accuracy", "far"),
    [(35.8989, 5, False), (35.9015, 5, False), (35.9017, 0, True), (35.9017, 20, False)],
)
def test_distance_is_flagged_and_never_refused(world, lat, accuracy, far):
    stood = {"lat": lat, "lon": 14.5146, "accuracy_m": accuracy}
    answer = world.client("rep1").put(URL, json=a_report(position=stood))
    assert (answer.status_code, answer.json()["far"]) == (201, far)
    assert abs(answer.json()["distance_m"] - round((lat - 35.8989) * 111_195)) <= 1


def test_without_a_position_there_is_no_distance(world):
    kept = world.client("rep1").put(URL, json=a_report(position=None)).json()
    assert (kept["distance_m"], kept["far"]) == (None, False)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"checked_in_at": "2026-12-01T08:59:00Z", "checked_out_at": None, "promises": []}, 201),
        ({"checked_in_at": "2026-12-01T09:01:00Z", "checked_out_at": None, "promises": []}, 422),
        ({"checked_in_at": "2026-01-05T08:59:00Z", "checked_out_at": None}, 201),
        ({"checked_out_at": "2026-11-30T09:04:59+01:00"}, 422),
        ({"checked_out_at": "2026-12-01T09:05:00+01:00"}, 201),
        ({"checked_out_at": "2026-12-01T09:05:01+01:00"}, 422),
        ({"promises": [promise("x", due="2026-11-29")]}, 422),
        ({"promises": [promise("x", due="2126-11-29")]}, 422),
    ],
)
def test_times_have_limits_of_sense(world, changes, status):
    answer = world.client("rep1").put(URL, json=a_report(**changes))
    assert answer.status_code == status, answer.text
    if status == 422:
        assert answer.json()["code"] == "impossible_times"
        assert "+00:00" not in answer.json()["detail"]
        assert "2026-" not in answer.json()["detail"]
        assert rows(world, VisitReport) == []


def test_anothers_customer_is_not_found(world):
    answer = world.client("rep1").put(URL, json=a_report(customer_code="C2"))
    assert (answer.status_code, answer.json()["code"]) == (404, "customer_not_found")


@pytest.mark.parametrize(
    ("state", "status"), [(PlanState.PUBLISHED, 201), (PlanState.REPLACED, 201), ("draft", 404)]
)
def test_a_planned_customer_may_be_reported_after_changing_hands(world, state, status):
    with world.database.writing() as session:
        session.exec(select(Territory).where(Territory.code == "T1")).one().rep_id = None
        session.exec(select(CyclePlan)).one().state = PlanState(state)
    assert world.client("rep1").put(URL, json=a_report()).status_code == status


def test_a_taken_promise_code_keeps_nothing(world):
    answer = world.client("rep1").put(URL, json=a_report(promises=[promise("new"), promise("P3")]))
    assert (answer.status_code, answer.json()["code"]) == (409, "promise_code_taken")
    assert rows(world, VisitReport) == rows(world, Visit) == []
    assert {p.code for p in rows(world, Promise)} == {"P1", "P2", "P3"}


def test_a_correction_is_a_version_and_repeats_harmlessly(world):
    client = world.client("rep1")
    client.put(URL, json=a_report())
    world.now += timedelta(minutes=30)
    first = client.post(CORRECTIONS, json=a_correction(satisfaction=5))
    again = client.post(CORRECTIONS, json=a_correction(satisfaction=5))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    kept = first.json()
    assert (kept["version"], kept["report"]["satisfaction"]) == (2, 5)
    assert [(c["version"], c["reason"]) for c in kept["corrections"]] == [(2, "Wrong tap")]
    assert rows(world, VisitReport)[0].body["satisfaction"] == 4
    other = client.post(CORRECTIONS, json=a_correction(satisfaction=1))
    assert (other.status_code, other.json()["code"]) == (409, "correction_differs")
    assert len(rows(world, VisitReportCorrection)) == 1
    # the first body sent once more, say by an outbox that never heard back, is still known
    assert client.put(URL, json=a_report()).json()["version"] == 2


def test_a_correction_takes_the_visit_back_and_gives_it_again(world):
    client = world.client("rep1")
    client.put(URL, json=a_report())
    client.post(CORRECTIONS, json=a_correction(1, outcome="not_met"))
    assert rows(world, Visit) == []
    client.post(CORRECTIONS, json=a_correction(2))
    assert len(rows(world, Visit)) == 1


def test_a_corrected_day_moves_the_visit(world):
    client = world.client("rep1")
    client.put(URL, json=a_report())
    sunday = {"checked_in_at": "2026-11-29T09:00:00Z", "checked_out_at": "2026-11-29T09:20:00Z"}
    client.post(CORRECTIONS, json=a_correction(**sunday))
    assert [v.date.isoformat() for v in rows(world, Visit)] == ["2026-11-29"]


def test_another_report_of_the_day_takes_the_visit_over(world):
    client, other = world.client("rep1"), uuid4()
    client.put(URL, json=a_report(promises=[]))
    client.put(f"{API}/visit-reports/{other}", json=a_report(promises=[], notes="Came back"))
    client.post(CORRECTIONS, json=a_correction(outcome="closed", promises=[]))
    assert [v.report_id for v in rows(world, Visit)] == [other]


def test_a_visit_from_the_records_stays(world):
    with world.database.writing() as session:
        session.add(Visit(customer_id=1, rep_id=1, date=NOW.date()))
    client = world.client("rep1")
    client.put(URL, json=a_report())
    client.post(CORRECTIONS, json=a_correction(outcome="closed"))
    assert [v.report_id for v in rows(world, Visit)] == [None]


def test_a_correction_settles_the_promises(world):
    client = world.client("rep1")
    client.put(URL, json=a_report(promises=[promise(c) for c in ("a", "b", "c")]))
    client.post(f"{API}/promises/c/keep", json={"evidence": "Done"})
    after = [promise("a", due="2026-12-09", what="Two sheets"), promise("d")]
    answer = client.post(CORRECTIONS, json=a_correction(reason="Misheard", promises=after))
    stand = {p["code"]: (p["standing"], p["due"]) for p in answer.json()["promises"]}
    assert stand == {
        "a": ("open", "2026-12-09"),
        "b": ("withdrawn", "2026-12-04"),
        "c": ("kept", "2026-12-04"),
        "d": ("open", "2026-12-04"),
    }
    assert {p.code: p.evidence for p in rows(world, Promise)}["b"] == "Misheard"


def test_a_correction_keeps_the_customer(world):
    client = world.client("rep1")
    client.put(URL, json=a_report())
    answer = client.post(CORRECTIONS, json=a_correction(customer_code="C2"))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "body.report.customer_code"


def test_the_list_goes_on_from_its_cursor(world):
    client = world.client("rep1")
    sent = [uuid4() for _ in range(5)]
    for number, report_id in enumerate(sent):
        world.now = NOW + timedelta(minutes=number // 2)  # two received at the same instant
        client.put(f"{API}/visit-reports/{report_id}", json=a_report(promises=[]))
    manager, seen, cursor = world.client("malta"), [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        part = manager.get(f"{API}/visit-reports", params=params).json()
        seen += [item["id"] for item in part["items"]]
        if (cursor := part["next_cursor"]) is None:
            break
    assert sorted(seen) == sorted(str(report_id) for report_id in sent)
    assert seen[0] == str(sent[-1])


def test_the_list_filters(world):
    world.client("rep1").put(URL, json=a_report())
    manager = world.client("malta")

    def count(**params):
        return len(manager.get(f"{API}/visit-reports", params=params).json()["items"])

    assert count(rep_code="R1", first_day="2026-11-30", last_day="2026-11-30") == 1
    assert (
        count(rep_code="R2") == count(first_day="2026-12-01") == count(last_day="2026-11-29") == 0
    )


WITHOUT_ZONE = cursor("2026-11-30T09:00:00", str(UUID(int=1)))
BEFORE_ALL_TIMES = cursor("0001-01-01T00:00:00+14:00", str(UUID(int=1)))


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "WzEsMl0", "W10", "bnVsbA", "é", "=" * 9, WITHOUT_ZONE, BEFORE_ALL_TIMES],
)
def test_a_made_up_cursor_is_refused(world, cursor):
    answer = world.client("rep1").get(f"{API}/visit-reports", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
