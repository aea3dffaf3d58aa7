"""Territories worked out for somebody who goes on with other things meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from crm.rules.access import Asker
from crm.store.house.jobs import Taken
from crm.vocabulary import Role
from field_api.jobs.registry import Desk, GivenUp, Handler, register
from field_api.services.territory_proposals.described import Described, described
from field_api.services.territory_proposals.obstacles import IndivisibleDistrict
from field_api.services.territory_proposals.question import Question
from field_api.services.territory_proposals.worked_out import Answer, plain, solved
from field_api.services.travel.travel_times import travel_by
from routing.territories import UnusableDistrict

KIND = "propose_territories"
LOOK_S = 0.3


def work(desk: Desk, job: Taken) -> dict[str, Any]:
    """Read the district, as whoever asked sees it, and divide it."""
    question = Question.from_plain(job.payload["question"])
    travel = travel_by(desk.settings, desk.database)
    with desk.database.reading() as session:
        found = described(session, _asker(job.payload["asker"]), question, travel)
    try:
        return plain(found, question, _answer(desk, found, question))
    except UnusableDistrict as error:
        raise IndivisibleDistrict(error) from error


def keep(_session: Session, _job: Taken, found: dict[str, Any], _now: datetime) -> dict[str, Any]:
    """The answer stays with the job; nothing of it is in force."""
    return found


def _answer(desk: Desk, found: Described, question: Question) -> Answer:
    if not desk.workers.is_open:
        return solved(found.district, question)
    future = desk.workers.submit(solved, found.district, question)
    while True:
        try:
            return future.result(timeout=LOOK_S)
        except TimeoutError:
            if desk.stopped():
                future.cancel()
                raise GivenUp from None


def _asker(plain_asker: Mapping[str, Any]) -> Asker:
    return Asker(**{**plain_asker, "role": Role(plain_asker["role"])})


register(KIND, Handler(work=work, keep=keep, computes=True))
