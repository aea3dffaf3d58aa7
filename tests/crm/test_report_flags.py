"""What is flagged on a report, one rule at a time."""

from datetime import date

import pytest

from crm.rules.places import mirrored
from crm.rules.report_flags import Reference, flags_of_customer, flags_of_plan, is_mirrored
from crm.vocabulary import CustomerStatus, ReportFlag

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
MALTA = (35.8989, 14.5146)


@pytest.mark.parametrize(
    ("found", "flags"),
    [
        ({}, []),
        ({"names_plan": True}, ["plan_unknown"]),
        ({"names_plan": True, "plan_id": 7}, ["plan_replaced"]),
        ({"names_plan": True, "plan_id": 7, "plan_in_force_id": 8}, ["plan_replaced"]),
        ({"names_plan": True, "plan_id": 7, "plan_in_force_id": 7}, []),
        ({"plan_in_force_id": 7}, []),
        ({"names_visit": True}, []),
        ({"names_visit": True, "planned_on": frozenset({MONDAY})}, []),
        ({"names_visit": True, "planned_on": frozenset({TUESDAY})}, ["on_another_day"]),
        ({"names_visit": True, "planned_on": frozenset()}, ["not_in_plan"]),
        ({"planned_on": frozenset()}, []),
    ],
)
def test_how_a_report_stands_to_the_plan(found, flags):
    assert flags_of_plan(Reference(**found), visited_on=MONDAY) == flags


@pytest.mark.parametrize(
    ("status", "own", "flags"),
    [
        (CustomerStatus.ACTIVE, True, []),
        (CustomerStatus.PROSPECT, True, []),
        (CustomerStatus.STRUCK_OUT, True, ["customer_not_active"]),
        (CustomerStatus.BLACKLISTED, True, ["customer_not_active"]),
        (CustomerStatus.ACTIVE, False, ["customer_handed_over"]),
        (CustomerStatus.STRUCK_OUT, False, ["customer_not_active", "customer_handed_over"]),
    ],
)
def test_how_the_customer_stands(status, own, flags):
    assert flags_of_customer(status, own=own) == [ReportFlag(flag) for flag in flags]


@pytest.mark.parametrize(
    ("stood", "doubtful"),
    [
        ((-35.8989, 14.5146), True),
        ((35.8989, -14.5146), True),
        ((-35.8989, -14.5146), True),
        ((14.5146, 35.8989), True),
        ((-14.5146, 35.8989), True),
        ((35.9122, 14.5042), False),
        ((0.0, 0.0), False),
    ],
)
def test_a_slip_of_sign_or_order_is_told_from_being_elsewhere(stood, doubtful):
    assert is_mirrored(stood, MALTA, allowance_m=300) is doubtful


def test_no_mirrored_point_leaves_the_globe():
    assert mirrored(36.06, 120.38) == [(36.06, -120.38), (-36.06, 120.38), (-36.06, -120.38)]
