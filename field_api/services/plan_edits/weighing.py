"""What each day would cost a visit and what it would break, before anything is changed."""

from dataclasses import replace
from datetime import datetime

from crm.database import Database
from crm.rules.access import Asker
from crm.text import N_
from field_api.schemas.plan_edits import TargetsAnswer
from field_api.services.plan_edits.opened import Opened, Seen, opened
from field_api.services.plan_edits.passing import passed
from field_api.services.plan_edits.refusals import EditRefused
from field_api.services.plan_edits.told import target_answer
from field_api.services.travel.travel_times import travel_by
from field_api.settings import Settings
from field_api.wording import Language
from routing.explain import targets
from routing.plan import Plan
from routing.problem import Problem


def weighed(
    database: Database,
    settings: Settings,
    asker: Asker,
    seen: Seen,
    visit_id: str,
    *,
    to: Seen | None = None,
    now: datetime,
    language: Language,
) -> TargetsAnswer:
    """What the days of a plan, or of another rep's, say to a visit. Raises as `opened` does, and
    `EditRefused` for a visit that is not in the plan or cannot pass."""
    with database.reading() as session:
        one = opened(session, settings, asker, seen, now=now, language=language)
        other = opened(session, settings, asker, to, now=now, language=language) if to else None
    problem, plan = _asked(one, other, visit_id, settings, database)
    visit = next(visit for visit in problem.visits if visit.id == visit_id)
    return TargetsAnswer(
        visit_id=visit_id,
        targets=[
            target_answer(language, target, visit, problem)
            for target in targets(problem, plan, visit_id)
            if one.begun is None or target.date > one.begun
        ],
    )


def _asked(
    one: Opened, other: Opened | None, visit_id: str, settings: Settings, database: Database
) -> tuple[Problem, Plan]:
    refuse_unknown(one, visit_id)
    if other is None:
        return one.problem, one.plan
    return replace(passed(one, other, visit_id, travel_by(settings, database)).taker), other.plan


def refuse_unknown(one: Opened, visit_id: str) -> None:
    """Raise `EditRefused` for a visit that the plan's days ahead do not have."""
    if all(visit.id != visit_id for visit in one.problem.visits):
        text = N_(
            "Visit {visit} is not among the days ahead of plan {id}: it was made, dropped, or its "
            "day has begun."
        )
        raise EditRefused(text, visit=visit_id, id=one.row.id)
