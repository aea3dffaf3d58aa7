"""Changes by hand, and what days say to a visit, in words."""

from collections.abc import Sequence
from datetime import date

from crm.models import Customer, PlanEdit
from crm.text import N_
from crm.vocabulary import PlanEditKind
from field_api.schemas.plan_edits import EditAnswer, TargetAnswer
from field_api.services.planning.why_words import BARS
from field_api.wording import Language, listed, say
from maps.figures import clock, day, duration
from routing.explain import Target
from routing.problem import Problem, Visit
from routing.reasons import Bar
from routing.replan import Difference

MINUTE_S = 60
NAMED = 3
DID: dict[PlanEditKind, str] = {
    PlanEditKind.MOVE: N_("{customer} moved from {before} to {after}"),
    PlanEditKind.HAND_OVER: N_("{customer} handed over, from {before} to {after}"),
    PlanEditKind.PIN: N_("{customer} fixed to {after}"),
    PlanEditKind.UNPIN: N_("{customer} no longer fixed to {after}"),
    PlanEditKind.REMEDY: N_("{customer} given a place on {after}"),
    PlanEditKind.ABSENCE: N_("{customer} and the other visits from {before} on handed over"),
}
PLACED = N_("{customer} placed on {after}")


def did(language: Language, edit: PlanEdit, customer_name: str) -> str:
    """What a change did, in a sentence without its end."""
    text = DID[edit.kind]
    if edit.kind is PlanEditKind.MOVE and edit.before_on is None:
        text = PLACED
    return say(
        language,
        text,
        customer=customer_name,
        before=day(edit.before_on, language) if edit.before_on else "–",
        after=day(edit.after_on, language) if edit.after_on else "–",
    )


def edit_answers(rows: Sequence[tuple[PlanEdit, Customer]], language: Language) -> list[EditAnswer]:
    """Changes as they are told."""
    return [
        EditAnswer(
            id=edit.id or 0,
            kind=edit.kind,
            visit_id=edit.visit_id,
            customer_code=customer.code,
            customer_name=customer.name,
            before_on=edit.before_on,
            after_on=edit.after_on,
            by=edit.actor,
            at=edit.made_at,
            purpose=edit.purpose,
            undone=edit.undone_at is not None,
            text=did(language, edit, customer.name),
        )
        for edit, customer in rows
    ]


def also_moved(language: Language, difference: Difference, problem: Problem, own: str) -> list[str]:
    """What else changed its day, or by a quarter of an hour and more its time."""
    names = {customer.id: customer.name for customer in problem.customers}
    found = [
        say(
            language,
            N_("{customer}: {before} → {after}"),
            customer=names.get(change.customer_id, change.customer_id),
            before=day(change.before.date, language),
            after=day(change.after.date, language),
        )
        for change in difference.moved
        if change.visit_id != own and change.before and change.after
    ]
    shifted = [change for change in difference.shifted if change.visit_id != own]
    if shifted:
        text = N_("{count} visits of the same days begin earlier or later")
        found.append(say(language, text, count=len(shifted)))
    return found


def travel_in_words(language: Language, seconds: int) -> str:
    """+6 min, −3 min, or that the way stays as long."""
    minutes = (abs(seconds) + MINUTE_S // 2) // MINUTE_S
    if not minutes:
        return say(language, N_("no more travel"))
    sign = "+" if seconds > 0 else "−"
    return say(language, N_("{time} travel"), time=sign + duration(minutes * MINUTE_S, language))


def target_answer(
    language: Language, target: Target, visit: Visit, problem: Problem
) -> TargetAnswer:
    """What a day says: the cost in a few words and then more, or what it would break."""
    fits = target.bar is None
    return TargetAnswer(
        rep_code=target.rep_id,
        date=target.date,
        fits=fits,
        text=travel_in_words(language, target.cost.travel_s)
        if target.cost is not None
        else _broken(language, target, visit),
        detail=_fitting(language, target, visit) if fits else _holders(language, target, problem),
        travel_s=target.cost.travel_s if target.cost else None,
        begin_s=target.begin_s,
        back_s=target.back_s,
        overtime_min=target.overtime_min,
    )


def _fitting(language: Language, target: Target, visit: Visit) -> str:
    parts = [
        say(
            language,
            N_("at {time}, back at {back}"),
            time=clock(target.begin_s or 0),
            back=clock(target.back_s or 0),
        )
    ]
    off = (target.date - visit.ideal).days
    if off:
        text = N_("{n} days after its due date") if off > 0 else N_("{n} days before its due date")
        parts.append(say(language, text, n=abs(off)))
    return listed(language, parts)


def _broken(language: Language, target: Target, visit: Visit) -> str:
    if target.bar is Bar.DAY_END and target.overtime_min:
        over = duration(target.overtime_min * MINUTE_S, language)
        return say(language, N_("{time} over the working hours"), time=over)
    if target.bar is Bar.DATES:
        return _outside(language, visit, target.date)
    assert target.bar is not None
    return say(language, BARS[target.bar])


def _outside(language: Language, visit: Visit, on: date) -> str:
    if visit.commitment is not None and on > visit.latest:
        text = N_("promised or agreed by {day}")
        return say(language, text, day=day(visit.latest, language))
    text = N_("must be between {first} and {last}")
    return say(
        language, text, first=day(visit.earliest, language), last=day(visit.latest, language)
    )


def _holders(language: Language, target: Target, problem: Problem) -> str:
    """Which planned visits hold the room, the lowest rank first."""
    if not target.by:
        return ""
    customers = {customer.id: customer.name for customer in problem.customers}
    owners = {visit.id: visit.customer_id for visit in problem.visits}
    names = [customers[owners[visit_id]] for visit_id in target.by[:NAMED]]
    text = N_("it would fit in the place of one of these: {names}")
    return say(language, text, names=listed(language, names))
