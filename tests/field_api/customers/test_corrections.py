"""What the field asks for about customers: corrections, strike-outs and frequencies, done when
they are approved."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from crm.models import (
    Appointment,
    Approval,
    AuditEntry,
    Customer,
    CustomerCorrection,
    Promise,
    Rep,
    Territory,
)
from crm.rules.access import OPERATOR
from crm.store.plans.plans import facts_of
from crm.vocabulary import CustomerStatus, PromiseState
from tests.builders import MDINA, VICTORIA_GOZO
from tests.field_api.customers.test_customers import C1, NASTY, URL
from tests.field_api.test_concurrency import COPIES, at_once
from tests.field_api.world import API, REPORT, a_report

ID = "00000000-0000-4000-8000-00000000c0de"
OTHER_ID = "00000000-0000-4000-8000-00000000c0df"
BODY = {"changes": {"contact_phone": "+356 2"}, "note": NASTY}
MY = f"{API}/my/requests"


def propose(world, body=None, number=ID, asker="rep1", code="C1"):
    return world.client(asker).put(f"{URL}/{code}/corrections/{number}", json=body or BODY)


def strike_out(world, asker="rep1", code="C1", reason="Closed for good"):
    return world.client(asker).post(f"{URL}/{code}/strike-out", json={"reason": reason})


def frequency(world, interval_days, asker="rep1", reason="Opens a second shop"):
    body = {"interval_days": interval_days, "reason": reason}
    return world.client(asker).post(f"{C1}/frequency", json=body)


def decide(world, asked, asker="malta", kind="approve", comment=""):
    url = f"{API}/approvals/{asked.json()['id']}/decisions"
    return world.client(asker).post(url, json={"kind": kind, "comment": comment})


def card(world, code="C1"):
    return world.client("general").get(f"{URL}/{code}").json()


def one(session, model, code):
    return session.exec(select(model).where(model.code == code)).one()


def set_card(world, **values):
    with world.database.writing() as session:
        for name, value in values.items():
            setattr(one(session, Customer, "C1"), name, value)


def test_a_correction_is_done_when_the_manager_approves(world):
    asked = propose(world)
    assert asked.status_code == 201, asked.text
    assert asked.json()["changes"] == [{"field": "contact_phone", "before": "", "after": "+356 2"}]
    assert (asked.json()["reason"], asked.json()["waits_for"]) == (NASTY, ["district_manager"])
    assert card(world)["contact_phone"] == ""
    assert decide(world, asked).json()["outcome"] == {"customer": "C1", "version": 2}
    assert (card(world)["contact_phone"], card(world)["version"]) == ("+356 2", 2)
    (change,) = world.client("malta").get(f"{C1}/history").json()["items"]
    assert (change["by"], change["reason"]) == ("Malta", NASTY)


def test_the_next_plan_is_made_with_what_was_corrected(world):
    place = {"lat": MDINA[0], "lon": MDINA[1]}
    times = [{"weekday": 0, "begin": "08:00", "end": "12:00"}]
    stood = {"lat": MDINA[0], "lon": MDINA[1] + 0.001, "accuracy_m": 5}
    changes = {"place": place, "unfit_times": times, "opening_hours": "Mo-Fr 08:00-18:00"}
    asked = propose(world, {"changes": changes, "note": "Moved", "position": stood})
    assert asked.json()["payload"]["distance_m"] == 90
    assert decide(world, asked).status_code == 200
    with world.database.reading() as session:
        rep = one(session, Rep, "R2")
        facts = facts_of(session, OPERATOR, rep, before=date(2026, 12, 7))
        moved = facts.customers[0]
        assert [customer.code for customer in facts.customers] == ["C1", "C2"]
        assert (moved.lat, moved.opening_hours) == (MDINA[0], "Mo-Fr 08:00-18:00")
        assert [unfit.to_s for unfit in facts.unfit_times[moved.id]] == [43200]


def test_where_the_rep_stood_is_measured_from_the_card_when_the_place_stays(world):
    stood = {"lat": 35.8989, "lon": 14.5246}
    asked = propose(world, BODY | {"position": stood})
    assert asked.json()["payload"]["distance_m"] == 901


def test_a_refused_correction_changes_nothing_and_says_why(world):
    asked = propose(world)
    decide(world, asked, kind="refuse", comment="Ask again")
    (told,) = world.client("rep1").get(MY).json()["items"]
    assert (told["state"], told["decisions"][0]["comment"]) == ("refused", "Ask again")
    assert card(world)["contact_phone"] == ""


def test_the_same_again_is_answered_with_what_is_kept(world):
    first, again = propose(world), propose(world)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    decide(world, first)
    assert propose(world).json()["state"] == "approved"
    with world.database.reading() as session:
        assert len(session.exec(select(Approval)).all()) == 1


def test_another_body_under_the_same_id_is_a_conflict(world):
    propose(world)
    for body in (BODY | {"note": "x"}, BODY | {"changes": {"city": "x"}}):
        answer = propose(world, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "correction_differs")
    answer = propose(world, asker="rep2", code="C2")
    assert (answer.status_code, answer.json()["code"]) == (409, "correction_differs")
    assert propose(world, asker="rep2").status_code == 404


def test_a_phone_that_repeats_itself_is_answered_also_when_the_customer_has_moved_on(world):
    first = propose(world)
    with world.database.writing() as session:
        one(session, Territory, "T1").rep_id = one(session, Rep, "R2").id
    assert propose(world).json()["id"] == first.json()["id"]
    assert propose(world, number=OTHER_ID).status_code == 404


def test_copies_sent_at_one_instant_are_one_request(world):
    answers = at_once(COPIES, lambda _: propose(world))
    assert sorted(a.status_code for a in answers) == [200] * (COPIES - 1) + [201]
    with world.database.reading() as session:
        assert len(session.exec(select(CustomerCorrection)).all()) == 1
        assert len(session.exec(select(Approval)).all()) == 1


def test_what_changed_meanwhile_overtakes_the_correction(world):
    asked = propose(world, {"changes": {"city": "Mdina", "street": "x"}, "note": "x"})
    set_card(world, city="Sliema")
    story = world.client("malta").get(f"{API}/approvals/{asked.json()['id']}").json()
    assert story["doubts"] == ["The card of customer C1 was changed meanwhile: city."]
    answer = decide(world, asked)
    assert (answer.status_code, answer.json()["code"]) == (409, "overtaken")
    assert (card(world)["city"], card(world)["street"]) == ("Sliema", "")
    (told,) = world.client("rep1").get(MY).json()["items"]
    assert (told["state"], "city" in told["message"]) == ("overtaken", True)


def test_of_two_corrections_of_one_field_the_second_is_overtaken(world):
    first = propose(world)
    second = propose(world, BODY | {"changes": {"contact_phone": "9"}}, OTHER_ID)
    assert decide(world, first).status_code == 200
    assert decide(world, second).json()["code"] == "overtaken"
    assert card(world)["contact_phone"] == "+356 2"


def test_what_somebody_did_meanwhile_just_so_is_no_contradiction(world):
    asked = propose(world)
    set_card(world, contact_phone="+356 2")
    assert decide(world, asked).status_code == 200


@pytest.mark.parametrize("change", ["struck_out", "no_territory"])
def test_a_correction_without_a_customer_to_visit_is_overtaken(world, change):
    lat, lon = VICTORIA_GOZO
    asked = propose(world, {"changes": {"place": {"lat": lat, "lon": lon}}, "note": "x"})
    with world.database.writing() as session:
        if change == "struck_out":
            one(session, Customer, "C1").status = CustomerStatus.STRUCK_OUT
        else:
            gone = one(session, Territory, "T3")
            gone.min_lat = gone.max_lat = 0.0
    assert decide(world, asked).json()["code"] == "overtaken"


def test_corrections_that_make_no_sense_are_refused(world):
    for changes in (
        {},
        {"contact_phone": ""},  # says so already
        {"grade": "A"},
        {"opening_hours": "whenever"},
        {"place": {"lat": 10.0, "lon": 10.0}},
        {"city": "x" * 101},
    ):
        answer = propose(world, {"changes": changes, "note": "x"})
        assert answer.status_code == 422, changes
    assert propose(world, BODY | {"note": " "}).status_code == 422
    assert propose(world, number="not-a-uuid").status_code == 422
    with world.database.reading() as session:
        assert session.exec(select(Approval)).all() == []


def test_a_struck_out_customer_leaves_routes_and_what_was_owed_there_ends(world):
    with world.database.writing() as session:
        of = {"customer_id": one(session, Customer, "C1").id, "begin_s": 36000, "minutes": 30}
        for number, day in enumerate((29, 30), start=1):
            session.add(Appointment(code=f"A{number}", date=date(2026, 11, day), **of))
        session.add(Appointment(code="A3", date=date(2026, 12, 24), cancelled=True, **of))
    asked = strike_out(world)
    assert asked.status_code == 201
    assert strike_out(world, "malta").json()["code"] == "already_asked"
    assert decide(world, asked).json()["outcome"] == {
        "customer": "C1",
        "appointments_cancelled": 1,
        "promises_withdrawn": 1,
    }
    assert card(world)["status"] == "struck_out"
    with world.database.reading() as session:
        assert [
            a.cancelled for a in session.exec(select(Appointment).order_by(Appointment.code))
        ] == [False, True, True]
        promise = one(session, Promise, "P1")
        assert (promise.state, promise.evidence) == (PromiseState.WITHDRAWN, "Closed for good")
        assert promise.closed_at == world.now
        entries = session.exec(select(AuditEntry).where(AuditEntry.reason == "Closed for good"))
        told = {(entry.action, entry.noun, entry.key) for entry in entries}
        assert told >= {
            ("change", "customer", "C1"),
            ("call_off", "appointment", "A2"),
            ("withdraw", "promise", "P1"),
        }
        facts = facts_of(session, OPERATOR, one(session, Rep, "R1"), before=date(2026, 12, 7))
        assert facts.customers == ()
    answer = strike_out(world)
    assert (answer.status_code, answer.json()["code"]) == (409, "customer_not_in_care")


def test_the_coming_days_do_not_send_the_rep_there(world):
    def stop():
        (found,) = world.client("rep1").get(f"{API}/my/days/2026-11-30").json()["stops"]
        return found["cancelled"]

    assert stop() is False
    set_card(world, status=CustomerStatus.STRUCK_OUT)
    assert stop() is True
    set_card(world, status=CustomerStatus.BLACKLISTED)
    assert stop() is True
    world.now = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # the day is over in Malta
    assert stop() is False


def test_a_visit_that_was_made_is_not_called_off_afterwards(world):
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    set_card(world, status=CustomerStatus.STRUCK_OUT)
    (stop,) = world.client("rep1").get(f"{API}/my/days/2026-11-30").json()["stops"]
    assert stop["cancelled"] is False


def test_a_strike_out_is_overtaken_by_another(world):
    asked = strike_out(world)
    set_card(world, status=CustomerStatus.BLACKLISTED)
    assert decide(world, asked).json()["code"] == "overtaken"
    assert card(world)["status"] == "blacklisted"


def test_appointments_end_by_the_reps_date(world):
    with world.database.writing() as session:
        one(session, Rep, "R1").timezone = "Pacific/Kiritimati"  # fourteen hours ahead
        of = {"customer_id": one(session, Customer, "C1").id, "begin_s": 36000, "minutes": 30}
        session.add(Appointment(code="A1", date=date(2026, 11, 30), **of))
    world.now = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)  # 1 December there
    outcome = decide(world, strike_out(world)).json()["outcome"]
    assert outcome["appointments_cancelled"] == 0


def test_a_customer_of_no_territory_is_decided_by_the_company(world):
    set_card(world, territory_id=None)
    asked = strike_out(world, "general")
    assert asked.json()["rep_code"] is None
    assert decide(world, asked, "general").status_code == 200


def test_a_frequency_of_its_own_comes_with_reason_and_approver(world):
    asked = frequency(world, 21)
    assert (asked.status_code, asked.json()["size"]) == (201, 25)
    assert frequency(world, 30).json()["code"] == "already_asked"
    assert decide(world, asked).json()["outcome"] == {"customer": "C1", "interval_days": 21}
    found = card(world)["frequency"]
    assert (found["interval_days"], found["own"]) == (21, True)
    assert (found["reason"], found["approved_by"]) == ("Opens a second shop", "Malta")
    assert found["approved_at"] == "2026-11-30T09:00:00Z"
    back = frequency(world, None, asker="malta")
    assert back.json()["size"] == 0
    decide(world, back)
    assert (card(world)["frequency"]["own"], card(world)["frequency"]["interval_days"]) == (
        False,
        28,
    )
    with world.database.reading() as session:
        assert one(session, Customer, "C1").interval_reason == ""


def test_a_much_shorter_interval_goes_further_up(world):
    asked = frequency(world, 7)
    assert (asked.json()["size"], len(asked.json()["steps"])) == (75, 2)
    decide(world, asked)
    assert card(world)["frequency"]["own"] is False
    decide(world, asked, "south")
    assert card(world)["frequency"]["interval_days"] == 7
    set_card(world, interval_days=None, grade=None)  # ungraded counts as E: 84 days
    assert frequency(world, 364).json()["size"] == 0


def test_a_frequency_given_meanwhile_overtakes(world):
    asked = frequency(world, 21)
    set_card(world, interval_days=14)
    assert decide(world, asked).json()["code"] == "overtaken"
    assert card(world)["frequency"]["interval_days"] == 14


def test_frequencies_that_make_no_sense_are_refused(world):
    for days in (0, -1, 365, 2**70, 1.5, "7"):
        assert frequency(world, days).status_code == 422, days
    assert frequency(world, None).status_code == 422  # it is the grade's already
    assert frequency(world, 9, reason=" ").status_code == 422
    answer = world.client("rep1").post(f"{C1}/frequency", json={"reason": "x"})
    assert answer.status_code == 422


def test_each_sees_the_own_requests(world):
    asked = [propose(world), strike_out(world), frequency(world, 21)]
    found, cursor = [], None
    for _ in range(3):
        params = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        page = world.client("rep1").get(MY, params=params).json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert (sorted(found), cursor) == (sorted(a.json()["id"] for a in asked), None)
    assert world.client("malta").get(MY).json()["items"] == []


def change_status(world, status, asker="general", version="*", reason="Two invoices overdue"):
    body = {"status": status, "reason": reason}
    return world.client(asker).post(f"{C1}/status", json=body, headers={"If-Match": version})


def test_the_blacklist_has_a_way_in_and_a_way_out(world):
    assert change_status(world, "blacklisted", "malta").status_code == 403
    assert change_status(world, "blacklisted", version='"v9"').status_code == 412
    done = change_status(world, "blacklisted", version='"v1"')
    assert (done.json()["status"], done.headers["etag"]) == ("blacklisted", '"v2"')
    assert change_status(world, "blacklisted", version='"v1"').headers["etag"] == '"v2"'
    assert world.client("rep1").get(f"{API}/promises?state=open").json()["items"] == []
    (change,) = world.client("malta").get(f"{C1}/history").json()["items"]
    assert (change["field"], change["by"]) == ("status", "General")
    assert change["reason"] == "Two invoices overdue"
    assert change_status(world, "active", "south").status_code == 403
    assert change_status(world, "active", reason=" ").status_code == 422
    assert change_status(world, "active").json()["status"] == "active"


def test_prospects_are_taken_up_and_dropped_customers_won_back(world):
    set_card(world, status=CustomerStatus.PROSPECT)
    assert change_status(world, "active", "rep1").status_code == 403
    assert change_status(world, "active", "info").status_code == 200
    set_card(world, status=CustomerStatus.STRUCK_OUT)
    assert change_status(world, "active", "info").status_code == 403
    assert change_status(world, "active", "malta").status_code == 200
    answer = change_status(world, "struck_out", "malta")
    assert (answer.status_code, answer.json()["code"]) == (409, "status_not_changed_so")


def test_nobody_books_a_visit_with_who_is_visited_no_more(world):
    body = {"customer_code": "C1", "date": "2026-12-01", "time": "10:00", "minutes": 30}
    client = world.client("rep1")
    set_card(world, status=CustomerStatus.STRUCK_OUT)
    answer = client.post(f"{API}/appointments", json=body | {"code": "A9"})
    assert (answer.status_code, answer.json()["code"]) == (409, "customer_not_in_care")
    set_card(world, status=CustomerStatus.ACTIVE)
    assert client.post(f"{API}/appointments", json=body | {"code": "A9"}).status_code == 201


def test_the_calendar_says_that_the_visit_is_off(world):
    address = world.client("rep1").post(f"{API}/my/calendar-feed").json()["url"]
    path = address[address.index("/calendar/") :]
    assert "STATUS:CONFIRMED" in world.client().get(path).text
    set_card(world, status=CustomerStatus.STRUCK_OUT)
    feed = world.client().get(path).text
    assert "STATUS:CANCELLED" in feed
    assert "STATUS:CONFIRMED" not in feed


def test_how_far_a_customer_is_trusted_is_not_the_reps_to_say(world):
    answer = propose(world, {"changes": {"credit_score": 100}, "note": "Pays on the day"})
    assert answer.status_code == 422
    assert "managers' to judge" in answer.text
