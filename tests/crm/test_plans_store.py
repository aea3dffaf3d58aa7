"""What a cycle is planned from and how plans are kept, each asker within the own boundary."""

from datetime import UTC, date, datetime

import pytest

from crm.models import (
    Appointment,
    Customer,
    CyclePlan,
    PlannedDay,
    PlannedVisit,
    Promise,
    Rep,
    Territory,
    UnfitTime,
    UnservedVisit,
    Visit,
)
from crm.rules.access import OPERATOR, Asker
from crm.store.plans import plans, publishing
from crm.vocabulary import CustomerStatus, PlanState, PromiseState, Role
from tests.builders import VALLETTA, VICTORIA_GOZO, a_customer, a_district, a_rep, a_territory

MONDAY, SUNDAY = date(2026, 11, 30), date(2026, 12, 27)
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def session(database):
    """Two districts with a rep, a territory and a customer each."""
    with database.writing() as session:
        for number, near in enumerate((VALLETTA, VICTORIA_GOZO), start=1):
            district = a_district(f"D{number}", f"District {number}")
            session.add(district)
            session.flush()
            rep = a_rep(district, f"R{number}", near)
            session.add(rep)
            session.flush()
            territory = a_territory(rep, f"T{number}", near)
            session.add(territory)
            session.flush()
            session.add(a_customer(f"C{number}", near, territory_id=territory.id))
        session.flush()
        yield session


def rep(session, number=1) -> Rep:
    return session.get(Rep, number)


def manager(session, number) -> Asker:
    return Asker(role=Role.DISTRICT_MANAGER, district_id=rep(session, number).district_id)


def a_plan(rep_id=1, first=MONDAY, last=SUNDAY, state=PlanState.PUBLISHED) -> CyclePlan:
    values = {"fingerprint": "f" * 64, "seed": 1, "created_at": NOW}
    return CyclePlan(rep_id=rep_id, first_day=first, last_day=last, state=state, **values)


def keep(session, plan: CyclePlan) -> CyclePlan:
    return publishing.keep(session, plan, [], [], [])


def facts(session, asker=OPERATOR, number=1, before=MONDAY):
    return plans.facts_of(session, asker, rep(session, number), before=before)


def test_a_manager_of_another_district_sees_no_plan_and_no_facts(session):
    for number in (1, 2):
        keep(session, a_plan(number))
    session.add(Visit(customer_id=1, date=date(2026, 12, 1)))
    own, other = manager(session, 1), manager(session, 2)
    assert [found.code for found, _ in plans.in_force(session, own, MONDAY)] == ["R1"]
    assert [found.code for found, _ in plans.in_force(session, other, MONDAY)] == ["R2"]
    assert [found.code for found, _ in plans.in_force(session, OPERATOR, MONDAY)] == ["R1", "R2"]
    assert plans.plan_in_force(session, own, rep(session), MONDAY).rep_id == 1
    with pytest.raises(plans.NoPlan, match="R1"):
        plans.plan_in_force(session, other, rep(session), MONDAY)
    assert [c.code for c in facts(session, own).customers] == ["C1"]
    assert facts(session, other).customers == ()
    assert plans.visited_since(session, own, rep(session), MONDAY) == {1: [date(2026, 12, 1)]}
    assert plans.visited_since(session, other, rep(session), MONDAY) == {}


def test_a_rep_sees_the_own_plan(session):
    for number in (1, 2):
        keep(session, a_plan(number))
    asker = Asker(role=Role.REP, rep_id=2)
    assert [found.code for found, _ in plans.in_force(session, asker, MONDAY)] == ["R2"]
    with pytest.raises(plans.NoPlan):
        plans.plan_in_force(session, asker, rep(session, 1), MONDAY)


def test_only_active_customers_of_own_territories(session):
    session.add(a_customer("GONE", status=CustomerStatus.STRUCK_OUT, territory_id=1))
    session.add(a_customer("NOWHERE", territory_id=None))
    session.add(a_customer("B0", territory_id=1))
    assert [c.code for c in facts(session).customers] == ["B0", "C1"]
    territory = session.get(Territory, 1)
    territory.rep_id = 2
    assert facts(session).customers == ()
    assert [c.code for c in facts(session, number=2).customers] == ["B0", "C1", "C2"]


def test_facts_are_those_before_the_day(session):
    for day in (date(2026, 11, 2), date(2026, 11, 29), MONDAY):
        session.add(Visit(customer_id=1, date=day))
    assert facts(session).last_visits == {1: date(2026, 11, 29)}
    assert facts(session, before=date(2026, 12, 1)).last_visits == {1: MONDAY}
    assert facts(session, before=date(2026, 11, 2)).last_visits == {}


def test_commitments_that_stand(session):
    for code, day, cancelled in (
        ("LATER", date(2026, 12, 9), False),
        ("SOON", MONDAY, False),
        ("PAST", date(2026, 11, 29), False),
        ("OFF", date(2026, 12, 1), True),
    ):
        values = {"customer_id": 1, "begin_s": 36000, "minutes": 30}
        session.add(Appointment(code=code, date=day, cancelled=cancelled, **values))
    for code, due, state in (
        ("P2", date(2026, 12, 5), PromiseState.OPEN),
        ("P1", date(2026, 11, 2), PromiseState.OPEN),
        ("KEPT", date(2026, 12, 1), PromiseState.KEPT),
        ("BACK", date(2026, 12, 1), PromiseState.WITHDRAWN),
    ):
        session.add(
            Promise(code=code, customer_id=1, what="x", made_on=NOW.date(), due=due, state=state)
        )
    session.add(UnfitTime(customer_id=1, weekday=0, from_s=0, to_s=3600))
    session.add(UnfitTime(customer_id=2, weekday=0, from_s=0, to_s=3600))
    found = facts(session)
    assert [one.code for one in found.appointments[1]] == ["SOON", "LATER"]
    assert [one.code for one in found.promises[1]] == ["P1", "P2"]
    assert found.unfit_times.keys() == {1}


def test_many_customers_are_no_trouble(session):
    session.add_all(Customer(**_copy(n)) for n in range(2500))
    session.flush()
    assert len(facts(session).customers) == 2501


def _copy(number: int) -> dict[str, object]:
    return a_customer(f"M{number:04}", territory_id=1).model_dump(exclude={"id"})


def test_a_published_plan_takes_the_place_of_others_from_its_first_day_on(session):
    earlier = keep(session, a_plan(first=date(2026, 11, 9), last=date(2026, 12, 6)))
    inside = keep(session, a_plan(first=date(2026, 12, 7), last=date(2026, 12, 8)))
    other_rep, draft = keep(session, a_plan(2)), keep(session, a_plan(state=PlanState.DRAFT))
    new = keep(session, a_plan())
    assert (earlier.state, earlier.last_day) == (PlanState.PUBLISHED, date(2026, 11, 29))
    assert inside.state is PlanState.REPLACED
    assert draft.state is PlanState.DRAFT
    assert new.state is other_rep.state is PlanState.PUBLISHED
    for day, expected in (
        (date(2026, 11, 1), earlier),
        (date(2026, 11, 29), earlier),
        (MONDAY, new),
        (date(2027, 3, 1), new),
    ):
        assert plans.plan_in_force(session, OPERATOR, rep(session), day).id == expected.id


def test_a_draft_replaces_nothing_and_is_not_in_force(session):
    first = keep(session, a_plan())
    keep(session, a_plan(state=PlanState.DRAFT))
    assert plans.plan_in_force(session, OPERATOR, rep(session), MONDAY).id == first.id


def test_rows_go_with_their_plan(session):
    day = PlannedDay(plan_id=0, date=MONDAY, leave_s=0, return_s=1, travel_s=0, travel_m=0)
    times = {"arrive_s": 0, "begin_s": 0, "end_s": 1, "travel_s": 0, "travel_m": 0}
    visit = PlannedVisit(
        plan_id=0, visit_id="v", customer_id=1, date=MONDAY, position=1, purpose="x", **times
    )
    missed = UnservedVisit(plan_id=0, visit_id="u", customer_id=1, code="x", rule="x")
    kept = publishing.keep(session, a_plan(), [day], [visit], [missed])
    assert {row.plan_id for row in (day, visit, missed)} == {kept.id}
