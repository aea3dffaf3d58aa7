"""`callcycle why`: short sentences about planned and unserved visits, in both languages."""

import sys

import pytest

from crm.models import Customer
from crm.rules.access import OPERATOR
from field_api.cli import main as cli
from field_api.services.planning.reasons import LIMITS, remedy_in_words
from field_api.services.planning.why import NotInAPlan, why_visits
from field_api.services.planning.why_words import ANCHORS, BARS, PARTS, in_words
from field_api.wording import LANGUAGES
from routing.explain import Cost, WhyHere, WhyNot
from routing.plan import Remedy
from routing.reasons import Anchor, Bar, RemedyCode
from tests.field_api.planning_world import FIRST

WHERE = {"date": "2026-12-01", "rep": "R1"}
NUMBERS = {"minutes": 12, "from_s": 36_000, "to_s": 37_800, "begin_s": 36_000}


@pytest.fixture
def planned(planning):
    """W0 receives nobody by day; the others have their days."""
    planning.change(Customer, "W0", opening_hours="Mo-Su 22:00-23:00")
    planning.plan()
    return planning


def told(planned, wanted: str, language="en") -> list[list[str]]:
    found = why_visits(planned.database, OPERATOR, wanted, FIRST)
    return [in_words(language, one) for one in found]


def test_a_customer_is_told_visit_by_visit(planned):
    first, second = told(planned, "W1")
    day = planned.days()["W1"][0]
    assert first[0].startswith(f"W1 Customer W1: {day:%a} {day.day} {day:%b}, ")
    assert "rep R1" in first[0]
    assert any("all other visits as they are" in line for line in first)
    assert any("outside the visit's dates" in line for line in second)


def test_one_visit_is_told_by_its_id(planned):
    (first, _) = why_visits(planned.database, OPERATOR, "G1", FIRST)
    (one,) = why_visits(planned.database, OPERATOR, first.visit_id, FIRST)
    assert (one.visit_id, one.answer) == (first.visit_id, first.answer)
    assert isinstance(one.answer, WhyHere)
    assert one.published.rep.code == "R2"


def test_an_unserved_visit_is_told_with_its_remedies(planned):
    found = why_visits(planned.database, OPERATOR, "W0", FIRST)
    assert all(isinstance(one.answer, WhyNot) for one in found)
    lines = told(planned, "W0")[0]
    assert "no place" in lines[0]
    assert "never open to visits in the rep's working hours (no_open_hours)" in lines[1]
    assert any("would fit with: the customer agrees to a visit" in line for line in lines)


def test_in_chinese(planned):
    text = "\n".join(line for lines in told(planned, "W0", "zh") for line in lines)
    assert "未能安排" in text
    assert "营销人员的工作时间内客户从不接待拜访" in text


def test_what_is_in_no_plan_is_refused(planned):
    with pytest.raises(NotInAPlan, match="W99 is no visit"):
        told(planned, "W99")


def test_a_manager_asks_about_the_own_district_only(planned):
    asker = planned.asker("R2")
    assert why_visits(planned.database, asker, "G1", FIRST)
    with pytest.raises(NotInAPlan):
        why_visits(planned.database, asker, "W1", FIRST)


def test_every_rule_and_anchor_has_its_words():
    assert set(BARS) == set(Bar)
    assert set(ANCHORS) == set(Anchor)
    assert set(PARTS) == set(Cost.__dataclass_fields__)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", RemedyCode)
def test_every_remedy_can_be_said(code, language):
    limits = [{"limit": limit.value, "to": 3600} for limit in LIMITS]
    for limit in limits if code is RemedyCode.RAISE_LIMIT else [{}]:
        remedy = Remedy(code=code, params={**WHERE, **NUMBERS, **limit})
        text = remedy_in_words(language, remedy.code, remedy.params)
        assert text
        assert "{" not in text


def test_the_command(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CALLCYCLE_LANG", "en")
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    monkeypatch.setattr(sys, "argv", ["callcycle", "why", "C1", "--today", str(FIRST), "--db", url])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    assert "C1 is no visit and no customer of a plan in force" in capsys.readouterr().err
