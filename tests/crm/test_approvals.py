"""Who may decide, what one decision covers, and whether it was asked for in time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crm.rules.access import OPERATOR, Asker
from crm.rules.approvals import AskedTooLate, decided_by, may_decide, refuse_late
from crm.rules.organisation import Place, can_be_held_in, is_in_charge
from crm.rules.procedures import LINE, Step
from crm.vocabulary import Role

REP, MANAGER, DIRECTOR, GENERAL, CHAIRMAN = LINE
PLACE = Place(rep_id=1, district_id=2, region_id=3)
ELSEWHERE = Place(rep_id=7, district_id=8, region_id=9)
PEOPLE = {
    REP: Asker(role=REP, user_id=11, rep_id=1),
    MANAGER: Asker(role=MANAGER, user_id=12, district_id=2),
    DIRECTOR: Asker(role=DIRECTOR, user_id=13, region_id=3),
    GENERAL: Asker(role=GENERAL, user_id=14),
    CHAIRMAN: Asker(role=CHAIRMAN, user_id=15),
}
OUTSIDE = [Asker(role=Role.INFORMATION_ADMIN, user_id=16), OPERATOR]
BY_MANAGER = Step(decides=MANAGER)


def deciders(step, place=PLACE, asked_by_id=None):
    return [
        asker.role
        for asker in (*PEOPLE.values(), *OUTSIDE)
        if may_decide(asker, step, place, asked_by_id=asked_by_id)
    ]


def test_the_role_named_and_whoever_is_above_decide():
    assert deciders(BY_MANAGER) == [MANAGER, DIRECTOR, GENERAL, CHAIRMAN]
    assert deciders(Step(decides=GENERAL)) == [GENERAL, CHAIRMAN]
    assert deciders(Step(decides=GENERAL, alternatives=(DIRECTOR,))) == [
        DIRECTOR,
        GENERAL,
        CHAIRMAN,
    ]


def test_another_place_is_not_theirs():
    assert deciders(BY_MANAGER, ELSEWHERE) == [GENERAL, CHAIRMAN]
    assert deciders(Step(decides=REP), Place()) == [GENERAL, CHAIRMAN]


def test_an_account_without_its_place_decides_nothing():
    for role in (REP, MANAGER, DIRECTOR):
        assert not is_in_charge(Asker(role=role), Place())
        assert not is_in_charge(Asker(role=role), PLACE)


def test_nobody_is_ones_own_second_person():
    step = Step(decides=GENERAL, second_person=True)
    assert deciders(step, asked_by_id=PEOPLE[GENERAL].user_id) == [CHAIRMAN]
    assert deciders(step, asked_by_id=None) == [GENERAL, CHAIRMAN]
    own = Step(decides=GENERAL)
    assert deciders(own, asked_by_id=PEOPLE[GENERAL].user_id) == [GENERAL, CHAIRMAN]


def test_offices_are_held_where_there_is_something_to_hold():
    everywhere = (GENERAL, CHAIRMAN)
    assert [role for role in Role if can_be_held_in(role, Place())] == list(everywhere)
    assert [role for role in Role if can_be_held_in(role, PLACE)] == list(LINE)


def test_one_decision_covers_the_steps_in_a_row_that_are_ones_own():
    steps = (Step(decides=REP), BY_MANAGER, Step(decides=GENERAL), Step(decides=MANAGER))

    def until(role, position=0):
        return decided_by(PEOPLE[role], steps, position, PLACE, asked_by_id=None)

    assert [until(role) for role in LINE] == [1, 2, 2, 4, 4]
    assert until(REP, 1) == 1
    assert until(MANAGER, 3) == 4


LEAD = (Step(decides=MANAGER, lead_hours=24), Step(decides=GENERAL, lead_hours=72))
DAY = date(2026, 12, 4)
MALTA = ZoneInfo("Europe/Malta")


@pytest.mark.parametrize(
    ("now", "zone"),
    [
        (datetime(2026, 12, 1, 0, 0, tzinfo=UTC), UTC),
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), MALTA),
    ],
)
def test_asked_for_at_the_last_moment(now, zone):
    refuse_late(LEAD, needed_by=DAY, now=now, zone=zone)
    with pytest.raises(AskedTooLate, match="2026-12-01 00:00"):
        refuse_late(LEAD, needed_by=DAY, now=now.replace(second=1), zone=zone)


def test_without_a_day_or_a_lead_nothing_is_too_late():
    now = datetime(2026, 12, 24, tzinfo=UTC)
    refuse_late(LEAD, needed_by=None, now=now, zone=UTC)
    refuse_late((BY_MANAGER,), needed_by=DAY, now=now, zone=UTC)
