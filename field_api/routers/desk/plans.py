"""Plans at the desk: the reps, a plan as calendar and map, and what is changed in it."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from crm.rules.approvals import Word
from crm.text import N_
from crm.vocabulary import DecisionKind
from field_api.deps import TheHouse
from field_api.page_headers import page_headers
from field_api.schemas.desk_plans import (
    Fingerprint,
    HandOverForm,
    PlanInQuery,
    SendForm,
    StartForm,
    VisitInQuery,
    WishForm,
    WordForm,
)
from field_api.schemas.forms import body_of
from field_api.schemas.plan_edits import (
    EditBody,
    EditedAnswer,
    PlanId,
    SeenPlan,
    TargetsAnswer,
)
from field_api.schemas.plan_wishes import RefuseBody, TakeBody
from field_api.schemas.planning_runs import PlanningRunBody
from field_api.schemas.values import Code, Day
from field_api.services import approvals, plan_edits
from field_api.services.plan_edits.opened import Seen
from field_api.services.plan_edits.standing_in import MOST_COLLEAGUES, Wanted
from field_api.services.plans import (
    plan_approval,
    plan_board,
    plan_calendars,
    plan_comparing,
    plan_maps,
    plan_remedies,
    plan_wishes,
    planning_runs,
    visit_tables,
)
from field_api.web.desk import TheManagersDesk

router = APIRouter(prefix="/desk/plans")


@router.get("", response_class=HTMLResponse)
def board(desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """The reps with this cycle's and the next cycle's plan."""
    shown = plan_board.board(house.database, desk.asker, today=desk.today, language=desk.language)
    return desk.page("plans/board", board=shown, today=desk.today)


@router.post("/start")
def start(desk: TheManagersDesk, house: TheHouse, form: Annotated[StartForm, Form()]) -> Response:
    """Begin to plan a cycle; its progress stands on the page of all plans."""
    planning_runs.ask(
        house.database,
        house.settings,
        desk.asker,
        body_of(
            PlanningRunBody,
            first_day=form.first_day,
            weeks=form.weeks,
            rep_codes=form.rep,
            purpose=form.purpose or desk.t(N_("Planned at the desk")),
        ),
        today=desk.today,
        now=desk.now,
        language=desk.language,
        wake=house.supervisor.wake,
    )
    return desk.done(N_("Planning has begun."), to="/desk/plans")


@router.post("/runs/{run_id}/cancel")
def cancel(run_id: UUID, desk: TheManagersDesk, house: TheHouse) -> Response:
    """End a run; plans already made stay drafts."""
    planning_runs.cancel(
        house.database,
        desk.caller.asker,
        run_id,
        now=desk.now,
        language=desk.language,
        wake=house.supervisor.wake,
    )
    return desk.done(N_("Planning was ended; plans already made stay drafts."), to="/desk/plans")


@router.get("/{rep_code}", response_class=HTMLResponse)
def calendar(
    rep_code: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    plan: PlanInQuery = None,
    beside: Annotated[Code | None, Query()] = None,
) -> HTMLResponse:
    """A rep's plan as calendar and map, with what has no day; a colleague's beside it."""
    return desk.page(
        "plans/plan",
        **plan_calendars.page_of(
            house,
            desk.caller.asker,
            rep_code,
            plan,
            beside=beside,
            now=desk.now,
            language=desk.language,
        ),
    )


@router.get("/{rep_code}/map", response_class=HTMLResponse)
def map_of(
    rep_code: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    plan: PlanInQuery = None,
    day: Annotated[Day | None, Query()] = None,
) -> HTMLResponse:
    """The plan's routes as a map that carries everything inside it."""
    html = plan_maps.of_plan(
        house, desk.caller.asker, rep_code, plan, day, now=desk.now, language=desk.language
    )
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.get("/{rep_code}/targets")
def targets(
    rep_code: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    plan: Annotated[PlanId, Query()],
    fingerprint: Annotated[Fingerprint, Query()],
    visit: Annotated[VisitInQuery, Query()],
    to: PlanInQuery = None,
    to_fingerprint: Annotated[Fingerprint | None, Query()] = None,
) -> TargetsAnswer:
    """What each day costs a visit, and what it would break."""
    other = Seen(plan_id=to, fingerprint=to_fingerprint) if to and to_fingerprint else None
    return plan_edits.weighed(
        house.database,
        house.settings,
        desk.caller.asker,
        Seen(plan_id=plan, fingerprint=fingerprint),
        visit,
        to=other,
        now=desk.now,
        language=desk.language,
    )


@router.post("/{rep_code}/edits")
def edit(rep_code: Code, body: EditBody, desk: TheManagersDesk, house: TheHouse) -> EditedAnswer:
    """Change the plan by hand."""
    return plan_edits.change(
        house.database,
        house.settings,
        desk.caller.asker,
        body,
        deed=uuid4(),
        now=desk.now,
        language=desk.language,
    )


@router.post("/{rep_code}/undo")
def undo(rep_code: Code, body: SeenPlan, desk: TheManagersDesk, house: TheHouse) -> EditedAnswer:
    """Take the last change by hand back."""
    return plan_edits.undo(
        house.database,
        house.settings,
        desk.caller.asker,
        body,
        now=desk.now,
        language=desk.language,
    )


@router.get("/{rep_code}/remedies", response_class=HTMLResponse)
def remedies(
    rep_code: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    visit: Annotated[VisitInQuery, Query()],
    plan: PlanInQuery = None,
) -> HTMLResponse:
    """Everything that would let a visit in, and what each day says."""
    return desk.part(
        "plans/remedies",
        **plan_remedies.remedies_of(
            house.database,
            desk.caller.asker,
            rep_code,
            plan,
            visit,
            today=desk.today,
            language=desk.language,
        ),
    )


@router.get("/{rep_code}/compare", response_class=HTMLResponse)
def compare(
    rep_code: Code, desk: TheManagersDesk, house: TheHouse, plan: PlanInQuery = None
) -> HTMLResponse:
    """A plan beside the published one of the same days."""
    return desk.page(
        "plans/compare",
        **plan_comparing.compared(
            house, desk.caller.asker, rep_code, plan, now=desk.now, language=desk.language
        ),
    )


@router.get("/{rep_code}/hand-over", response_class=HTMLResponse)
def hand_over(
    rep_code: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    first: Annotated[Day | None, Query()] = None,
    last: Annotated[Day | None, Query()] = None,
    colleague: Annotated[list[Code] | None, Query(max_length=MOST_COLLEAGUES)] = None,
) -> HTMLResponse:
    """What would become of an absent rep's visits, before anything is done."""
    rep, away, near = plan_edits.away_of(
        house.database, house.settings, desk.caller.asker, rep_code, now=desk.now
    )
    wanted = Wanted(
        first_day=first or away.first_day,
        last_day=last or away.last_day,
        colleagues=tuple(colleague or ()),
    )
    found = None
    if last is not None:
        found = plan_edits.preview(
            house.database,
            house.settings,
            desk.caller.asker,
            rep_code,
            wanted,
            now=desk.now,
            language=desk.language,
        )
    sentence = plan_edits.in_a_sentence(found, desk.language) if found else ""
    return desk.page(
        "plans/hand_over", rep=rep, wanted=wanted, near=near, found=found, sentence=sentence
    )


@router.post("/{rep_code}/hand-over")
def take_over(
    rep_code: Code, desk: TheManagersDesk, house: TheHouse, form: Annotated[HandOverForm, Form()]
) -> Response:
    """Hand an absent rep's visits over as it was looked at."""
    wanted = Wanted(first_day=form.first, last_day=form.last, colleagues=form.colleague)
    plan_edits.accept(
        house.database,
        house.settings,
        desk.caller.asker,
        rep_code,
        wanted,
        form.token,
        reason=form.reason or desk.t(N_("The rep is away.")),
        now=desk.now,
        language=desk.language,
    )
    return desk.done(N_("The visits are handed over."), to=f"/desk/plans/{quote(rep_code)}")


@router.get("/{rep_code}/visit-table")
def visit_table(
    rep_code: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    plan: PlanInQuery = None,
    first: Annotated[Day | None, Query()] = None,
    last: Annotated[Day | None, Query()] = None,
    form: visit_tables.Form = "pdf",
) -> Response:
    """The visit table as a PDF or a workbook."""
    taken = visit_tables.visit_table(
        house,
        desk.caller.asker,
        rep_code,
        plan,
        form,
        first=first,
        last=last,
        now=desk.now,
        language=desk.language,
    )
    headers = page_headers("api") | {"content-disposition": taken.disposition}
    return Response(taken.content, media_type=taken.media_type, headers=headers)


@router.post("/{rep_code}/send")
def send(
    rep_code: Code, desk: TheManagersDesk, house: TheHouse, form: Annotated[SendForm, Form()]
) -> Response:
    """Send a draft to the rep and then for approval."""
    plan_approval.submit(
        house.database,
        house.settings,
        desk.caller.asker,
        form.plan,
        reason=form.reason,
        special_case=form.special_case,
        now=desk.now,
    )
    return desk.done(N_("The plan is sent: first the rep confirms it."))


@router.post("/{rep_code}/word")
def word(
    rep_code: Code, desk: TheManagersDesk, house: TheHouse, form: Annotated[WordForm, Form()]
) -> Response:
    """Approve a plan that waits, send it back, or say something to it."""
    said = Word(kind=DecisionKind(form.say), comment=form.comment)
    approvals.decide(house.database, desk.caller.asker, form.approval, said, now=desk.now)
    return desk.done(SAID[said.kind])


@router.post("/{rep_code}/wishes")
def wish(
    rep_code: Code, desk: TheManagersDesk, house: TheHouse, form: Annotated[WishForm, Form()]
) -> Response:
    """Take a rep's wish or refuse it."""
    if form.take:
        taken = TakeBody(answer=form.answer)
        plan_wishes.take(
            house.database, desk.caller.asker, form.plan, form.wish, taken, now=desk.now
        )
        return desk.done(N_("The wish is taken, and the days it touches are planned again."))
    refused = RefuseBody(answer=form.answer)
    plan_wishes.refuse(
        house.database, desk.caller.asker, form.plan, form.wish, refused, now=desk.now
    )
    return desk.done(N_("The wish is refused, and the rep is told why."))


SAID = {
    DecisionKind.APPROVE: N_("Approved."),
    DecisionKind.REFUSE: N_("Sent back with your words."),
    DecisionKind.COMMENT: N_("Your words are kept with the plan."),
}
