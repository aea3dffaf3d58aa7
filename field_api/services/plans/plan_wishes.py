"""Wishes on a proposed plan: taken, which plans the days again, or refused with a word."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, CyclePlan, PlannedVisit, PlanWish
from crm.rules.access import Asker
from crm.rules.plan_states import is_to_come
from crm.store.people import messages
from crm.store.plans import plan_wishes
from crm.store.plans.plan_wishes import WishAnswered, WishNotFound
from crm.text import N_
from crm.vocabulary import WishState
from field_api.errors import CODES, Conflict, InvalidInput
from field_api.schemas.approvals import WishKind
from field_api.schemas.plan_wishes import PlanWishAnswer, RefuseBody, TakeBody, WishTaken
from field_api.schemas.plans import MoveAnswer, RemedyAnswer, UnservedAnswer
from field_api.services.planning.kept import pair_of
from field_api.services.planning.rows import exchange
from field_api.services.planning.solving import PlanRefused
from field_api.services.planning.wishes import WishRefused
from routing.check import check
from routing.replan import ChangeRefused, Pin, replan
from routing.replan.again import Replanned

CODES |= {
    WishNotFound: (404, "wish_not_found"),
    WishAnswered: (409, "wish_answered"),
}
TAKEN = N_("Your wish for {visit} is taken: {day}.")
REFUSED = N_("Your wish for {visit} cannot be taken: “{answer}”")


def listed(database: Database, asker: Asker, plan_id: int) -> list[PlanWishAnswer]:
    """The wishes on a plan, in order. Raises `PlanNotFound`."""
    with database.reading() as session:
        return wishes_of(session, asker, plan_id)


def wishes_of(session: Session, asker: Asker, plan_id: int) -> list[PlanWishAnswer]:
    """The same, in a session of the caller's."""
    return [_told(*row) for row in plan_wishes.of_plan(session, asker, plan_id)]


def take(
    database: Database,
    asker: Asker,
    plan_id: int,
    wish_id: int,
    body: TakeBody,
    *,
    now: datetime,
) -> WishTaken:
    """Fix the visit to the day wanted and plan the days that this touches again.

    Raises `PlanNotFound`, `WishNotFound`, `WishAnswered`, `Conflict` for a plan that is in force or
    over, `InvalidInput` where no day is named, `WishRefused` for a day that cannot be,
    `PlanUnreadable`.
    """

    def work(session: Session) -> WishTaken:
        plan, wish = plan_wishes.get(session, asker, plan_id, wish_id)
        _refuse_in_force(plan)
        day = body.on or wish.wanted_on
        if day is None:
            raise InvalidInput("body.on", N_("The wish names no day; name one."))
        again = _pinned(plan, Pin(visit_id=wish.visit_id, date=day))
        plan_wishes.settle(session, asker, wish, WishState.TAKEN, answer=body.answer, now=now)
        ids = {
            customer.code: customer.id or 0 for customer in plan_wishes.customers_of(session, plan)
        }
        exchange(session, plan, again.problem, again.plan, customer_ids=ids)
        taken = _taken(session, asker, plan_id, wish_id, again)
        _tell(session, wish, taken.wish, TAKEN, {"day": day.isoformat()}, now=now)
        return taken

    if body.dry_run:
        with database.trying(by=asker, at=now) as session:
            return work(session)
    return database.written(work, by=asker, at=now)


def refuse(
    database: Database,
    asker: Asker,
    plan_id: int,
    wish_id: int,
    body: RefuseBody,
    *,
    now: datetime,
) -> PlanWishAnswer:
    """Leave the visit where it is, and say why. Raises as `take` does."""

    def work(session: Session) -> PlanWishAnswer:
        plan, wish = plan_wishes.get(session, asker, plan_id, wish_id)
        _refuse_in_force(plan)
        plan_wishes.settle(session, asker, wish, WishState.REFUSED, answer=body.answer, now=now)
        told = _one(session, asker, plan_id, wish_id)
        _tell(session, wish, told, REFUSED, {"answer": body.answer}, now=now)
        return told

    return database.written(work, by=asker, at=now)


def _refuse_in_force(plan: CyclePlan) -> None:
    if not is_to_come(plan):
        raise Conflict(
            "plan_not_open",
            N_("Plan {id} is {state}; wishes are answered before it is in force."),
            id=plan.id,
            state=plan.state,
        )


def _pinned(plan: CyclePlan, pin: Pin) -> Replanned:
    problem, made = pair_of(plan)
    try:
        again = replan(problem, made, [pin], scope="day")
    except ChangeRefused as error:
        raise WishRefused(
            N_("This change cannot be planned: {cause}. Nothing was changed."), cause=error
        ) from None
    violations = check(again.problem, again.plan)
    if violations:
        raise PlanRefused(again.problem.id, violations)
    if any(missed.visit_id == pin.visit_id for missed in again.plan.unserved):
        raise WishRefused(
            N_("This change cannot be planned: {cause}. Nothing was changed."),
            cause=f"no room on {pin.date} for {pin.visit_id}",
        )
    return again


def _one(session: Session, asker: Asker, plan_id: int, wish_id: int) -> PlanWishAnswer:
    rows = plan_wishes.of_plan(session, asker, plan_id)
    return next(_told(*row) for row in rows if row[0].id == wish_id)


def _taken(
    session: Session, asker: Asker, plan_id: int, wish_id: int, again: Replanned
) -> WishTaken:
    names = {customer.id: customer.name for customer in again.problem.customers}
    return WishTaken(
        wish=_one(session, asker, plan_id, wish_id),
        moved=[
            MoveAnswer(
                planned_visit_id=change.visit_id,
                customer_code=change.customer_id,
                customer_name=names[change.customer_id],
                before=change.before.date if change.before else None,
                after=change.after.date if change.after else None,
            )
            for change in again.difference.moved
        ],
        unserved=[
            UnservedAnswer(
                planned_visit_id=missed.visit_id,
                customer_code=missed.customer_id,
                customer_name=names[missed.customer_id],
                reason=missed.code,
                rule=missed.rule,
                params=dict(missed.params),
                remedy=RemedyAnswer(**asdict(missed.remedy)) if missed.remedy else None,
            )
            for missed in again.difference.unserved
        ],
    )


def _told(wish: PlanWish, visit: PlannedVisit | None, customer: Customer | None) -> PlanWishAnswer:
    assert wish.id is not None
    return PlanWishAnswer(
        id=wish.id,
        plan_id=wish.plan_id,
        planned_visit_id=wish.visit_id,
        customer_code=customer.code if customer else None,
        customer_name=customer.name if customer else None,
        planned_on=visit.date if visit else None,
        wish=WishKind(wish.wish),
        wanted_on=wish.wanted_on,
        why=wish.why,
        by=wish.actor,
        made_at=wish.made_at,
        state=wish.state,
        answer=wish.answer,
        answered_by=wish.answered_by,
        answered_at=wish.answered_at,
    )


def _tell(
    session: Session,
    wish: PlanWish,
    told: PlanWishAnswer,
    text: str,
    params: dict[str, str],
    *,
    now: datetime,
) -> None:
    """Let whoever wished know; a visit is named by its customer."""
    visit = f"{told.customer_name} ({told.customer_code})" if told.customer_code else wish.visit_id
    messages.tell(
        session,
        [wish.user_id],
        kind="wish_answered",
        text=text,
        params={"visit": visit} | params,
        key=f"plan-wish/{wish.id}",
        noun="plan",
        subject=str(wish.plan_id),
        now=now,
    )
