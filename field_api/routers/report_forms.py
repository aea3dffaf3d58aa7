"""What visits are prepared with and asked about, by line of business."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from field_api.deps import TheCaller, TheHouse, TheRep
from field_api.etags import IfMatch, answered_with
from field_api.schemas.problems import answers
from field_api.schemas.report_forms import ReportFormAnswer, ReportFormBody
from field_api.schemas.values import FilledLine
from field_api.services.reports import report_forms

router = APIRouter(tags=["Visit reports"])
LONGEST_TRADE = 100
Trade = Annotated[
    Annotated[FilledLine, Path(max_length=LONGEST_TRADE)],
    Path(description="A line of business as customers' cards name it, or `any`."),
]


@router.get("/my/report-forms", responses=answers(401, 403))
def own(rep: TheRep, house: TheHouse) -> list[ReportFormAnswer]:
    """The form for any trade, then those for trades of the rep's customers."""
    return report_forms.of_own_customers(house.database, rep.asker)


@router.get("/report-forms", responses=answers(401))
def listed(_caller: TheCaller, house: TheHouse) -> list[ReportFormAnswer]:
    """The form for any trade, then those that the company set."""
    return report_forms.listed(house.database)


@router.get("/report-forms/{trade}", responses=answers(401, 422))
def shown(
    trade: Trade, _caller: TheCaller, house: TheHouse, response: Response
) -> ReportFormAnswer:
    """By what a trade's visits go; its ETag is for setting it."""
    answer = report_forms.shown(house.database, trade)
    answered_with(response, answer.version)
    return answer


@router.put("/report-forms/{trade}", responses=answers(400, 401, 403, 412, 413, 422, 428, 503))
def replace(
    trade: Trade,
    body: ReportFormBody,
    match: IfMatch,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
) -> ReportFormAnswer:
    """Set a trade's checklist and report fields; both empty: the product's hold again."""
    answer = report_forms.replace(house.database, caller.asker, trade, body, match)
    answered_with(response, answer.version)
    return answer
