"""A proposal asked for over HTTP: read here, worked out by a process of its own."""

from datetime import date, timedelta

from crm.database import Database
from crm.rules.access import Asker
from field_api.jobs.workers import Workers
from field_api.schemas.territory_proposals import ProposalAnswer, ProposalBody
from field_api.services.territory_proposals.described import described
from field_api.services.territory_proposals.obstacles import IndivisibleDistrict
from field_api.services.territory_proposals.question import DAYS_A_WEEK, Question
from field_api.services.territory_proposals.worked_out import plain, solved
from field_api.services.travel.travel_times import travel_by
from field_api.settings import Settings
from routing.territories import UnusableDistrict


def ask(
    database: Database,
    settings: Settings,
    asker: Asker,
    body: ProposalBody,
    *,
    today: date,
    workers: Workers,
) -> ProposalAnswer:
    """Work out territories of a district of the asker's; nothing is kept.

    Raises `DistrictNotFound`, `RepNotFound`, `UnknownFixed`, `IndivisibleDistrict`, and what
    travel times raise.
    """
    question = question_of(body, settings, today)
    travel = travel_by(settings, database)
    with database.reading() as session:
        found = described(session, asker, question, travel)
        session.expunge_all()
    try:
        if workers.is_open:
            answer = workers.submit(solved, found.district, question).result()
        else:
            answer = solved(found.district, question)
    except UnusableDistrict as error:
        raise IndivisibleDistrict(error) from error
    return ProposalAnswer.model_validate(plain(found, question, answer))


def question_of(body: ProposalBody, settings: Settings, today: date) -> Question:
    """The question that a body asks; without a first day of the weeks from next Monday."""
    monday = today + timedelta(days=DAYS_A_WEEK - today.weekday())
    return Question(
        task=body.task,
        district_code=body.district_code,
        first_day=body.first_day or monday,
        weeks=body.weeks,
        country=settings.country,
        rep_codes=tuple(body.rep_codes),
        more_reps=body.more_reps,
        fixed=tuple(body.fixed),
        geometry=None if body.geometry is None else body.geometry.model_dump(),
        tolerance=body.tolerance,
        limit=body.limit,
        by_home=body.by_home,
        whole_towns=body.whole_towns,
        across_water=body.across_water,
        fresh=body.fresh,
    )
