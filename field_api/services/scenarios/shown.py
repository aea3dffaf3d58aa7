"""What-ifs for a page: the list, one of them in words, and what there is to choose from."""

from dataclasses import dataclass
from uuid import UUID

from crm.database import Database
from crm.models import District, Rep
from crm.rules.access import Asker
from crm.rules.policy import DEFAULT_POLICY
from crm.store.people import organisation
from crm.store.territories import scenarios
from crm.store.territories.scenarios import ScenarioNotFound
from crm.vocabulary import Grade
from field_api.schemas.scenarios import ScenarioAnswer, ScenarioSummary
from field_api.services.scenarios import kept, picture
from field_api.wording import Language

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page of what-ifs, and the one that is opened with its figures in words."""

    items: list[ScenarioSummary]
    next_cursor: str | None
    here: ScenarioAnswer | None
    lines: list[tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Districts with their reps at work, and the usual intervals in days by grade."""

    districts: list[District]
    reps: list[tuple[Rep, str]]
    intervals: dict[Grade, int]


def listed(
    database: Database, asker: Asker, what: str, language: Language, *, after: str | None
) -> Listed:
    """The what-ifs of the asker's districts, the last made first; `what` is opened, else the
    first."""
    page = kept.listed(database, asker, after=after, limit=PAGE)
    wanted = what or (str(page.items[0].id) if page.items else "")
    here, lines = None, []
    if wanted:
        with database.reading() as session:
            try:
                scenario = scenarios.get(session, asker, UUID(wanted))
            except (ValueError, ScenarioNotFound):
                scenario = None
            if scenario is not None:
                here = kept.answer(session, scenario)
                lines = list(picture.lines(scenario.figures, language))
    return Listed(items=page.items, next_cursor=page.next_cursor, here=here, lines=lines)


def choices(database: Database, asker: Asker) -> Choices:
    """What the asker may try."""
    with database.reading() as session:
        districts = organisation.districts_of(session, asker)
        codes = {one.id: one.code for one in districts}
        reps = [
            (rep, codes[rep.district_id])
            for rep in organisation.reps_of(session, asker)
            if rep.active and rep.district_id in codes
        ]
    intervals = {grade: DEFAULT_POLICY[grade].interval_days for grade in Grade}
    return Choices(districts=districts, reps=reps, intervals=intervals)
