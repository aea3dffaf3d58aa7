"""Procedures as data: what can decide, and which steps a matter needs where it belongs."""

import json

import pytest

from crm.rules.organisation import Place
from crm.rules.procedures import (
    DEFAULTS,
    LARGE_EXPORT_ROWS,
    LINE,
    MUCH_SHORTER_PERCENT,
    ProcedureRefused,
    Step,
    above,
    as_data,
    check,
    from_data,
    rank,
    steps_for,
)
from crm.vocabulary import ApprovalMatter, Role

REP, MANAGER, DIRECTOR, GENERAL, CHAIRMAN = LINE
WHOLE = Place(rep_id=1, district_id=1, region_id=1)
WITHOUT_REGION = Place(rep_id=1, district_id=1)
COMPANY = Place()


def deciders(matter, *, size=1, place=WHOLE, asks=Role.REP):
    return [step.named for step in steps_for(DEFAULTS[matter], size=size, place=place, asks=asks)]


@pytest.mark.parametrize("matter", ApprovalMatter)
def test_the_products_own_procedures_hold_to_the_rules(matter):
    check(matter, DEFAULTS[matter])


def test_the_line():
    assert [above(role) for role in LINE] == [*LINE[1:], None]
    assert (above(Role.INFORMATION_ADMIN), rank(Role.INFORMATION_ADMIN)) == (None, -1)


def test_each_matter_goes_to_whom_it_should():
    assert deciders(ApprovalMatter.PLAN) == [(REP,), (MANAGER,)]
    assert deciders(ApprovalMatter.CUSTOMER_CORRECTION) == [(MANAGER,)]
    assert deciders(ApprovalMatter.STRIKE_OUT) == [(MANAGER,)]
    assert deciders(ApprovalMatter.GRADING, place=COMPANY) == [(GENERAL,)]
    assert deciders(ApprovalMatter.TERRITORIES) == [(DIRECTOR,)]


def test_a_frequency_much_shorter_than_the_grades_goes_to_the_director_as_well():
    matter = ApprovalMatter.FREQUENCY
    assert deciders(matter, size=MUCH_SHORTER_PERCENT - 1) == [(MANAGER,)]
    assert deciders(matter, size=MUCH_SHORTER_PERCENT) == [(MANAGER,), (DIRECTOR,)]


def test_a_large_export_goes_to_the_general_manager_as_well():
    matter = ApprovalMatter.EXPORT
    assert deciders(matter, size=LARGE_EXPORT_ROWS - 1) == [(DIRECTOR,)]
    assert deciders(matter, size=LARGE_EXPORT_ROWS) == [(DIRECTOR,), (GENERAL,)]


def test_a_district_without_a_region_goes_to_the_general_manager():
    (step,) = steps_for(
        DEFAULTS[ApprovalMatter.TERRITORIES], size=1, place=WITHOUT_REGION, asks=Role.REP
    )
    assert (step.decides, step.escalates_to) == (GENERAL, CHAIRMAN)
    (step,) = steps_for(
        DEFAULTS[ApprovalMatter.STRIKE_OUT], size=1, place=WITHOUT_REGION, asks=Role.REP
    )
    assert (step.decides, step.escalates_to) == (MANAGER, GENERAL)


def test_steps_that_become_the_same_are_one():
    first = Step(decides=DIRECTOR, within_hours=24, alternatives=(CHAIRMAN,), goes_on=True)
    second = Step(decides=GENERAL, lead_hours=72, second_person=True, alternatives=(CHAIRMAN,))
    (step,) = steps_for((first, second), size=1, place=WITHOUT_REGION, asks=Role.REP)
    assert step == Step(
        decides=GENERAL,
        alternatives=(CHAIRMAN,),
        within_hours=24,
        lead_hours=72,
        second_person=True,
    )


def test_an_alternative_that_nobody_can_hold_gives_way_too():
    step = Step(decides=GENERAL, alternatives=(DIRECTOR, CHAIRMAN))
    (there,) = steps_for((step,), size=1, place=COMPANY, asks=Role.REP)
    assert there.named == (GENERAL, CHAIRMAN)


@pytest.mark.parametrize(
    ("asks", "place", "named"),
    [
        (Role.INFORMATION_ADMIN, COMPANY, (GENERAL,)),
        (MANAGER, WHOLE, (DIRECTOR,)),
        (DIRECTOR, WHOLE, (DIRECTOR, GENERAL)),
        (GENERAL, COMPANY, (GENERAL, CHAIRMAN)),
    ],
)
def test_where_a_second_person_is_wanted_there_is_one(asks, place, named):
    assert deciders(ApprovalMatter.EXPORT, asks=asks, place=place) == [named]


def test_the_chairmans_second_person_is_the_general_manager():
    own = (Step(decides=CHAIRMAN, second_person=True),)
    (step,) = steps_for(own, size=1, place=COMPANY, asks=CHAIRMAN)
    assert step.named == (CHAIRMAN, GENERAL)
    named = (Step(decides=CHAIRMAN, alternatives=(GENERAL,), second_person=True),)
    (step,) = steps_for(named, size=1, place=COMPANY, asks=CHAIRMAN)
    assert step.named == (CHAIRMAN, GENERAL)


def test_a_step_is_kept_as_plain_data():
    step = Step(decides=GENERAL, alternatives=(CHAIRMAN,), escalates_to=CHAIRMAN, lead_hours=72)
    kept = json.loads(json.dumps(as_data(step))) | {"escalated_at": "2026-11-30"}
    assert from_data(kept) == step
    assert from_data(as_data(Step(decides=REP))) == Step(decides=REP)


@pytest.mark.parametrize(
    ("matter", "steps", "says"),
    [
        (ApprovalMatter.PLAN, (), "from_size 0"),
        (ApprovalMatter.PLAN, (Step(decides=MANAGER, from_size=2),), "from_size 0"),
        (ApprovalMatter.PLAN, (Step(decides=REP, goes_on=True),), "cannot be passed over"),
        (ApprovalMatter.STRIKE_OUT, (Step(decides=REP),), "rep cannot decide it"),
        (ApprovalMatter.GRADING, (Step(decides=DIRECTOR),), "general_manager or above"),
        (ApprovalMatter.EXPORT, (Step(decides=Role.OPERATOR),), "operator cannot decide"),
        (
            ApprovalMatter.EXPORT,
            (Step(decides=GENERAL, alternatives=(Role.INFORMATION_ADMIN,)),),
            "information_admin cannot decide",
        ),
        (ApprovalMatter.PLAN, (Step(decides=MANAGER), Step(decides=MANAGER)), "named twice"),
        (
            ApprovalMatter.PLAN,
            (Step(decides=DIRECTOR, escalates_to=MANAGER),),
            "to district_manager, who is not above",
        ),
        (ApprovalMatter.PLAN, (Step(decides=MANAGER, escalates_to=MANAGER),), "not above"),
        (
            ApprovalMatter.PLAN,
            (Step(decides=REP, goes_on=True, escalates_to=MANAGER), Step(decides=MANAGER)),
            "either passed over or escalated",
        ),
    ],
)
def test_what_could_never_or_wrongly_decide_is_refused(matter, steps, says):
    with pytest.raises(ProcedureRefused, match=says):
        check(matter, steps)


def test_the_general_manager_or_the_chairman_days_ahead():
    """As banquets and site visits are decided."""
    either = Step(decides=GENERAL, alternatives=(CHAIRMAN,), lead_hours=72)
    check(ApprovalMatter.EXPORT, (either,))
