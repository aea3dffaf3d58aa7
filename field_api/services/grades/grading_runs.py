"""Grading over the API: tried dry, asked for, and applied once it is approved."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, GradingRun
from crm.rules.access import OPERATOR, Asker, Reach, Realm
from crm.rules.grading.grading_facts import Graded, sales_period
from crm.rules.grading.grading_policies import POLICIES, GradingPolicy, as_data, from_data
from crm.rules.reports import day_of
from crm.store import approvals
from crm.store.approvals import Overtaken, Place
from crm.store.grades import grading, grading_numbers
from crm.store.grades.grading import ToGrade
from crm.text import N_
from crm.vocabulary import ApprovalMatter
from field_api.errors import Forbidden, InvalidInput
from field_api.schemas.grading_runs import (
    GradeMoveAnswer,
    GradingAnswer,
    GradingBody,
    GradingRunAnswer,
)
from field_api.schemas.values import Page
from field_api.services.approvals import register
from field_api.services.grades.grading import GradingOutcome, outcome_of, worked_out
from field_api.services.pages import cursor, place, row_number
from field_api.settings import Settings

MATTER = ApprovalMatter.GRADING
LONGEST_REASON = 500
TITLES: dict[str, str] = {
    "sales_percentile": N_(
        "Grading of {graded} customers by sales from {first} to {last}: {moves} move"
    ),
    "sales_cumulative": N_(
        "Grading of {graded} customers by sales added up from {first} to {last}: {moves} move"
    ),
    "head_count_tiers": N_(
        "Grading of {graded} customers in tiers by sales from {first} to {last}: {moves} move"
    ),
    "profit_growth_matrix": N_(
        "Grading of {graded} customers by sales and growth up to {last}: {moves} move"
    ),
    "weighted_score": N_(
        "Grading of {graded} customers by a weighted score up to {last}: {moves} move"
    ),
}
SHOWN_MOVES = 1000  # of an answer; how many there are in all stands beside


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A grading worked out: by what, of whom, what each gets, and what it comes to. `digest`: of
    each customer's facts and grade before, so that the very same can be told again."""

    policy: GradingPolicy
    rows: Sequence[ToGrade]
    grades: Mapping[int, Graded]
    outcome: GradingOutcome
    digest: str


def run(
    database: Database, settings: Settings, asker: Asker, body: GradingBody, *, now: datetime
) -> GradingAnswer:
    """Work a grading out and, unless it is a dry run, ask for its approval.

    Raises `Forbidden` for an asker who sees a part of the customers only, `AlreadyAsked`.
    """
    if not asker.sees_everything:
        raise Forbidden(N_("Only those who see all customers may grade them."))
    period = sales_period(day_of(now, settings.zone))
    if body.dry_run:
        with database.reading() as session:
            policy = grading_numbers.in_force(session)[body.policy]
            return _answer(_worked_out(session, asker, policy, *period).outcome, None)

    def work(session: Session) -> GradingAnswer:
        policy = grading_numbers.in_force(session)[body.policy]
        found = _worked_out(session, asker, policy, *period)
        return _answer(found.outcome, _ask(session, asker, found, body.reason, now).id)

    return database.written(work, by=asker, at=now)


def ask(
    database: Database, settings: Settings, asker: Asker, policy: str, reason: str, *, now: datetime
) -> GradingAnswer:
    """The same as a page sends it. Raises `InvalidInput`, and as `run` does."""
    if policy not in POLICIES:
        raise InvalidInput("body.policy", N_("There is no policy “{name}”."), name=policy[:40])
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise InvalidInput(
            "body.reason",
            N_("Say why, in {most} characters at most; whoever decides reads it."),
            most=LONGEST_REASON,
        )
    body = GradingBody.model_validate({"policy": policy, "dry_run": False, "reason": reason})
    return run(database, settings, asker, body, now=now)


def listed(
    database: Database, asker: Asker, *, after: str | None, limit: int
) -> Page[GradingRunAnswer]:
    """The runs that were applied, the last one first. Raises `Forbidden`."""
    if asker.reach(Realm.CUSTOMERS) is not Reach.EVERYTHING:
        raise Forbidden(N_("Only those who see all customers see how they were graded."))
    before = place(after, lambda _, number: row_number(number))
    with database.reading() as session:
        found = grading.newest_runs(session, limit=limit + 1, before=before)
        shown = found[:limit]
        end = cursor("", shown[-1].run.id or 0) if len(found) > limit else None
        items = [
            GradingRunAnswer(
                id=one.run.id or 0,
                policy=one.run.policy,
                sales_from=one.run.sales_from,
                sales_to=one.run.sales_to,
                run_at=one.run.run_at,
                graded=one.graded,
                moved=one.moved,
            )
            for one in shown
        ]
        return Page(items=items, next_cursor=end)


def _worked_out(
    session: Session, asker: Asker, policy: GradingPolicy, first: date, last: date
) -> _Found:
    rows, grades = worked_out(session, asker, policy, first, last)
    outcome = outcome_of(rows, grades, policy=policy, first=first, last=last, applied=False)
    return _Found(policy=policy, rows=rows, grades=grades, outcome=outcome, digest=_digest(rows))


def _digest(rows: Sequence[ToGrade]) -> str:
    facts = [(row.code, row.grade, astuple(row.facts)) for row in rows]
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _ask(session: Session, asker: Asker, found: _Found, reason: str, now: datetime) -> Approval:
    outcome = found.outcome
    return approvals.ask(
        session,
        asker,
        matter=MATTER,
        subject=outcome.policy,
        title=TITLES[outcome.policy],
        title_params={
            "graded": outcome.graded,
            "first": outcome.sales_from.isoformat(),
            "last": outcome.sales_to.isoformat(),
            "moves": len(outcome.moves),
        },
        reason=reason,
        payload={
            "policy": outcome.policy,
            "numbers": as_data(found.policy),
            "sales_from": outcome.sales_from.isoformat(),
            "sales_to": outcome.sales_to.isoformat(),
            "digest": found.digest,
            "counts": {grade.value: count for grade, count in outcome.counts.items()},
            "changes": [
                {"field": f"{move.code}.grade", "before": move.before, "after": move.after}
                for move in outcome.moves[:SHOWN_MOVES]
            ],
        },
        size=len(outcome.moves),
        place=Place(),
        now=now,
    )


def _apply(session: Session, approval: Approval, now: datetime) -> dict[str, Any]:
    """Grade as it was shown: by the same numbers from the same figures, or not at all."""
    asked = approval.payload
    policy = from_data(asked["policy"], asked["numbers"])
    first, last = (date.fromisoformat(asked[key]) for key in ("sales_from", "sales_to"))
    found = _worked_out(session, OPERATOR, policy, first, last)
    if found.digest != asked["digest"]:
        raise Overtaken(
            N_("Sales, customers or grades have changed since it was worked out; grade again.")
        )
    run = GradingRun(policy=policy.name, sales_from=first, sales_to=last, run_at=now)
    grading.keep_run(session, run, found.rows, found.grades)
    return {"grading_run_id": run.id}


def _answer(outcome: GradingOutcome, approval_id: UUID | None) -> GradingAnswer:
    return GradingAnswer(
        policy=outcome.policy,
        sales_from=outcome.sales_from,
        sales_to=outcome.sales_to,
        graded=outcome.graded,
        counts={grade.value: count for grade, count in outcome.counts.items()},
        without_sales=outcome.without_sales,
        negative=outcome.negative,
        lacking={fact.value: count for fact, count in outcome.lacking.items()},
        moved=len(outcome.moves),
        moves=[
            GradeMoveAnswer(
                customer_code=move.code,
                customer_name=move.name,
                before=move.before,
                after=move.after,
                evidence=dict(move.evidence),
            )
            for move in outcome.moves[:SHOWN_MOVES]
        ],
        approval_id=approval_id,
    )


register(MATTER, _apply)
