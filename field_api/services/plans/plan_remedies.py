"""Visits without a day, and what would let them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm.database import Database
from crm.models import Customer, CyclePlan, UnservedVisit
from crm.rules.access import Asker
from crm.store.plans import plan_list
from crm.text import N_
from crm.vocabulary import PlanState
from field_api.services.day_changes.joined import until
from field_api.services.plan_edits.changing import BY_THE_PLAN
from field_api.services.plan_edits.refusals import EditRefused
from field_api.services.planning.kept import pair_of
from field_api.services.planning.reasons import reason_in_words, remedy_in_words
from field_api.wording import Language
from maps.figures import day as day_said
from routing.explain import why_not
from routing.replan import ahead


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A visit without a day: the reason, and the cheapest remedy in words; `by_plan`: one click
    does it, else somebody has to be asked first."""

    visit_id: str
    customer: Customer
    reason: str
    remedy: str
    code: str
    by_plan: bool
    cost: int


def missing_of(
    row: UnservedVisit, customer: Customer, language: Language, *, changes_from: date
) -> Missing:
    """A visit without a day as the page of its plan lists it; a remedy of a day that changes no
    more is none."""
    remedy = row.remedy
    on = remedy["params"].get("date") if remedy else None
    if on and date.fromisoformat(str(on)) < changes_from:
        remedy = None
    return Missing(
        visit_id=row.visit_id,
        customer=customer,
        reason=reason_in_words(language, row.code),
        remedy=remedy_said(language, remedy["code"], remedy["params"]) if remedy else "",
        code=remedy["code"] if remedy else "",
        by_plan=remedy is not None and remedy["code"] in BY_THE_PLAN,
        cost=remedy["cost"] if remedy else 0,
    )


def changes_from(row: CyclePlan, today: date) -> date:
    """The first day of a plan that may be changed: of one in force tomorrow."""
    in_force = row.state is PlanState.PUBLISHED
    return max(row.first_day, today + timedelta(days=1)) if in_force else row.first_day


def remedy_said(language: Language, code: str, params: Mapping[str, Any]) -> str:
    """A remedy in words, its date with the weekday."""
    on = params.get("date")
    said = {"date": day_said(date.fromisoformat(str(on)), language)} if on else {}
    return remedy_in_words(language, code, {**params, **said})


def remedies_of(
    database: Database,
    asker: Asker,
    rep_code: str,
    plan_id: int | None,
    visit_id: str,
    *,
    today: date,
    language: Language,
) -> dict[str, Any]:
    """Everything that would let a visit in, the cheapest first, on days that may change. Raises
    `PlanNotFound`, `EditRefused` for a visit that has a place, and `PlanUnreadable`."""
    with database.reading() as session:
        row = plan_list.get(session, asker, plan_id or 0)
    problem, plan = pair_of(row)
    if (first_day := changes_from(row, today)) <= row.last_day:
        problem, plan = ahead(*until(problem, plan, row.last_day), first_day)
    try:
        found = why_not(problem, plan, visit_id).remedies
    except (ValueError, KeyError):
        raise EditRefused(N_("Visit {visit} has a place by now."), visit=visit_id) from None
    return {
        "visit_id": visit_id,
        "rep_code": rep_code,
        "remedies": [
            {
                "code": remedy.code,
                "text": remedy_said(language, remedy.code, remedy.params),
                "cost": remedy.cost,
                "by_plan": remedy.code in BY_THE_PLAN,
            }
            for remedy in found
        ],
    }
