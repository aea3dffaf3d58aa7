"""Months in counts: what the database reckons by sets is what the rules say, customer by customer.

A random history is written: customers come, move, pause and go, and are visited now and then.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from crm.models import CareSpell, Customer, Visit
from crm.models.care_spells import EVER, FOREVER
from crm.rules.figures.attained import attained, required
from crm.rules.figures.covered import coverage
from crm.rules.figures.in_interval import interval_compliance
from crm.rules.figures.overdue import overdue_rate
from crm.rules.figures.stretches import Stretch, cut
from crm.store.customers import care_spells
from crm.store.month_counts import territory_months
from crm.vocabulary import CustomerStatus
from tests.builders import a_customer, a_district, a_rep, a_territory

MONTH, UNTIL = date(2026, 11, 1), date(2026, 11, 30)
AT = datetime(2026, 12, 1, 1, tzinfo=UTC)
BEGIN = date(2026, 9, 1)
DAYS = st.integers(0, 100)
VISITS = st.lists(st.tuples(st.integers(0, 4), DAYS), max_size=40, unique=True)
CHANGES = st.lists(
    st.tuples(
        DAYS,
        st.integers(0, 4),
        st.sampled_from(["move", "pause", "wake", "interval"]),
        st.sampled_from([1, 2, 5, 6, 7, 13, 28, 84]),
    ),
    max_size=12,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(visits=VISITS, changes=CHANGES)
def test_the_database_reckons_as_the_rules_do(database, visits, changes):
    with database.reading() as session:  # nothing of it is kept
        customers, territories = _world(session)
        for customer, day in visits:
            made = BEGIN + timedelta(days=day)
            session.add(Visit(customer_id=customers[customer].id, date=made))
        session.flush()
        _live(session, customers, territories, changes)
        found = {
            (row.territory_id, row.rep_id): row
            for row in territory_months.reckoned(session, MONTH, UNTIL, at=AT)
        }
        asked = _by_hand(session)
        assert found.keys() == asked.keys()
        for whose, stretches in asked.items():
            row = found[whose]
            assert (row.covered, row.customers) == _pair(coverage(stretches))
            assert row.required == sum(map(required, stretches))
            assert row.attained == sum(map(attained, stretches))
            assert row.done == sum(len(one.made) for one in stretches)
            assert (row.gaps_kept, row.gaps) == _pair(interval_compliance(stretches))
            assert (row.overdue, row.with_interval) == _pair(overdue_rate(stretches, UNTIL))
        session.rollback()


def test_a_move_today_leaves_the_months_before_as_they_were(database):
    with database.reading() as session:
        customers, territories = _world(session)
        care_spells.note(session, BEGIN)
        before = _counts(session)
        customers[0].territory_id = territories[1].id
        care_spells.note(session, date(2026, 12, 2))
        assert _counts(session) == before
        spells = session.exec(
            select(CareSpell)
            .where(CareSpell.customer_id == customers[0].id)
            .order_by(CareSpell.first_day)
        ).all()
        assert [(one.first_day, one.last_day) for one in spells] == [
            (EVER, date(2026, 12, 1)),
            (date(2026, 12, 2), FOREVER),
        ]
        assert {one.in_care_since for one in spells} == {EVER}
        session.rollback()


def test_the_later_word_of_a_day_holds(database):
    with database.reading() as session:
        customers, territories = _world(session)
        care_spells.note(session, BEGIN)
        later = BEGIN + timedelta(days=3)
        for territory in (territories[1], territories[0]):
            customers[0].territory_id = territory.id
            care_spells.note(session, later)
        spells = session.exec(
            select(CareSpell).where(CareSpell.customer_id == customers[0].id)
        ).all()
        assert [one.territory_id for one in sorted(spells, key=lambda s: s.first_day)] == [
            territories[0].id,
            territories[0].id,
        ]
        session.rollback()


def _world(session):
    district = a_district()
    session.add(district)
    session.flush()
    territories = []
    for number in (1, 2):
        rep = a_rep(district, f"R{number}")
        session.add(rep)
        session.flush()
        territories.append(a_territory(rep, f"T{number}"))
        session.add(territories[-1])
    session.flush()
    customers: list[Customer] = [
        a_customer(f"C{n}", territory_id=territories[n % 2].id, grade="ABCDE"[n]) for n in range(5)
    ]
    session.add_all(customers)
    session.flush()
    return customers, territories


def _live(session, customers, territories, changes):
    """Days go by and things change; the evening's standing is noted each day."""
    by_day = defaultdict(list)
    for day, *change in changes:
        by_day[day].append(change)
    for day in sorted({0, *by_day}):
        for number, kind, interval in by_day[day]:
            customer = customers[number]
            if kind == "move":
                there = customer.territory_id
                customer.territory_id = next(t.id for t in territories if t.id != there)
            elif kind == "interval":
                customer.interval_days = interval
            else:
                asleep = kind == "pause"
                customer.status = CustomerStatus.PROSPECT if asleep else CustomerStatus.ACTIVE
        care_spells.note(session, BEGIN + timedelta(days=day))


def _by_hand(session):
    visits = defaultdict(set)
    for visit in session.exec(select(Visit)):
        visits[visit.customer_id].add(visit.date)
    found = defaultdict(list)
    for spell in session.exec(select(CareSpell)):
        days = cut(MONTH, UNTIL, spell=(spell.first_day, spell.last_day))
        if days is None:
            continue
        found[spell.territory_id, spell.rep_id].append(
            Stretch(
                first=days[0],
                last=days[1],
                interval_days=spell.interval_days,
                in_care_since=spell.in_care_since,
                visits=tuple(sorted(visits[spell.customer_id])),
            )
        )
    return found


def _counts(session):
    rows = territory_months.reckoned(session, MONTH, UNTIL, at=AT)
    return [row.model_dump(exclude={"id"}) for row in rows]


def _pair(share):
    return share.numerator, share.denominator
