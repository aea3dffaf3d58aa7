"""A day planned again, as the rep is told: stop by stop, and the difference in words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from crm.rules.day_changes import Need, PutOff, needs_of
from crm.rules.times_of_day import write_time
from crm.text import N_
from crm.vocabulary import DayChangeKind, DayChangeState, Grade
from field_api.digests import digest
from field_api.schemas.day_changes import DayChangeAnswer, RestStop, VisitChanged
from field_api.services.day_changes.rest import Rest
from field_api.services.planning.reasons import reason_in_words, remedy_of
from field_api.wording import Language, say
from maps.figures import day
from routing.codec import encode
from routing.plan import DayRoute, Unserved
from routing.reasons import ReasonCode
from routing.replan.difference import At, VisitChange
from routing.rules.pace import pace_of

SHOWN_HEX = 16

TEXTS: dict[str, str] = {
    "put_off": N_("{customer} is put off to {day} at {time}."),
    "no_place": N_("{customer} finds no day: {reason}."),
    "later": N_("{customer} at {time} instead of {before}, later."),
    "earlier": N_("{customer} at {time} instead of {before}, earlier."),
    "other_day": N_("{customer} on {day} at {time} instead of {before}."),
    "added": N_("{customer} comes in at {time}."),
}


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names and grades of customers, by code."""

    by_code: Mapping[str, tuple[str, Grade]]

    @classmethod
    def of(cls, rest: Rest) -> "Names":
        """Those that the plan knows, and one that is new in it."""
        found = {c.id: (c.name, Grade(c.grade)) for c in rest.again.problem.customers}
        found |= {c.code: (c.name, c.grade or Grade.E) for _, c in rest.under_way.stops}
        if rest.new_customer is not None:
            new = rest.new_customer
            found[new.code] = (new.name, new.grade or Grade.E)
        return cls(by_code=found)

    def name(self, code: str) -> str:
        """How the customer is called."""
        return self.by_code[code][0] or code


def needs(rest: Rest) -> dict[str, Need]:
    """Why a manager is asked, by visit."""
    names = Names.of(rest).by_code
    before = {visit.id: visit for visit in rest.base.visits}
    left = rest.again.difference
    after: dict[str, date | None] = {
        change.visit_id: change.after.date for change in left.moved if change.after
    }
    after |= {missed.visit_id: None for missed in left.unserved}
    put_off = []
    for visit_id, to in after.items():
        visit = before[visit_id]
        kind = visit.commitment.kind if visit.commitment else ""
        put_off.append(
            PutOff(
                visit_id=visit_id,
                grade=names[visit.customer_id][1],
                after=to,
                latest=visit.latest,
                promised=kind == "promise",
                booked=kind == "appointment",
                called_off=visit_id == rest.called_off,
            )
        )
    return needs_of(put_off)


def fingerprint(rest: Rest, sent: str) -> str:
    """What a preview was made from, and what it says: base plan, moment, a digest of the rest."""
    made = digest({"sent": sent, "plan": encode(rest.again.plan)})
    return f"{rest.under_way.row.id}.{rest.free_s}.{made[:SHOWN_HEX]}"


def moment_of(given: str, plan_id: int | None) -> int | None:
    """The moment in a fingerprint of a preview from this plan; None: it is from another."""
    parts = given.split(".")
    if len(parts) != len(("plan", "moment", "digest")) or parts[0] != str(plan_id):
        return None
    return int(parts[1]) if parts[1].isascii() and parts[1].isdigit() else None


def answer(
    rest: Rest,
    change_id: UUID,
    kind: DayChangeKind,
    sent: str,
    *,
    language: Language,
    state: Literal["preview"] | DayChangeState = "preview",
    plan_id: int | None = None,
    approval_id: UUID | None = None,
) -> DayChangeAnswer:
    """The preview, or what was accepted; `plan_id` then is the new plan's."""
    names, asked = Names.of(rest), needs(rest)
    under_way = rest.under_way
    done = {visit.visit_id for visit, _ in rest.behind}
    before = [stop for stop in under_way.stops if stop[0].visit_id not in done]
    home_s = next((d.return_s for d in under_way.days if d.date == under_way.day), rest.free_s)
    route = next((r for r in rest.again.plan.routes if r.date == under_way.day), None)
    home_after_s = route.return_s if route else home_by(rest)
    shown_plan = plan_id if plan_id is not None else under_way.row.id
    assert shown_plan is not None
    return DayChangeAnswer(
        id=change_id,
        date=under_way.day,
        kind=kind,
        state=state,
        fingerprint=fingerprint(rest, sent),
        plan_id=shown_plan,
        free_at=write_time(rest.free_s),
        free_s=rest.free_s,
        before=tuple(
            _stop(names, v.visit_id, c.code, v.begin_s, v.end_s, v.travel_s) for v, c in before
        ),
        after=tuple(_after(names, route)),
        home_before=write_time(home_s),
        home_before_s=home_s,
        home_after=write_time(home_after_s),
        home_after_s=home_after_s,
        lunch_after=write_time(route.lunch_begin_s)
        if route is not None and route.lunch_begin_s is not None
        else None,
        changes=tuple(_changes(rest, names, asked, language)),
        home_text=say(
            language,
            N_("Home at {after} instead of {before}."),
            after=write_time(home_after_s),
            before=write_time(home_s),
        ),
        needs_approval=bool(asked),
        approval_id=approval_id,
    )


def home_by(rest: Rest) -> int:
    """When the rep is home who has no stop left and sets out now."""
    (rep,) = rest.again.problem.reps
    hours = next(d for d in rep.workdays if d.date == rest.under_way.day)
    leg_s = int(rest.again.problem.travel_s[rep.transport][hours.start, hours.end])
    return pace_of(hours.peaks).arrive(rest.free_s, leg_s)


def _stop(
    names: Names, visit_id: str, code: str, begin_s: int, end_s: int, travel_s: int
) -> RestStop:
    return RestStop(
        planned_visit_id=visit_id,
        customer_code=code,
        customer_name=names.name(code),
        begin=write_time(begin_s),
        begin_s=begin_s,
        end=write_time(end_s),
        end_s=end_s,
        travel_s=travel_s,
    )


def _after(names: Names, route: DayRoute | None) -> Iterator[RestStop]:
    for stop in route.stops if route else ():
        yield _stop(names, stop.visit_id, stop.customer_id, stop.begin_s, stop.end_s, stop.travel_s)


def _changes(
    rest: Rest, names: Names, asked: Mapping[str, Need], language: Language
) -> Iterator[VisitChanged]:
    left, today = rest.again.difference, rest.under_way.day
    for change in left.moved:
        yield _moved("put_off", change, names, asked, today, language)
    was = _stood(rest)
    ends_today = {visit.id for visit in rest.again.problem.visits if visit.latest <= today}
    for missed in left.unserved:
        yield _lost(missed, was.get(missed.visit_id), names, asked, ends_today, language)
    for change in left.added:
        yield _moved("added", change, names, asked, today, language)
    new = [u for u in rest.again.plan.unserved if u.visit_id not in _known(rest)]
    for missed in new:  # an urgent visit for which there is no room
        yield _lost(missed, None, names, asked, ends_today, language)
    for change in left.shifted:
        assert change.before is not None
        assert change.after is not None
        what: Any = "later" if change.after.begin_s > change.before.begin_s else "earlier"
        yield _moved(what, change, names, asked, today, language)


def _known(rest: Rest) -> set[str]:
    return {visit.id for visit in rest.base.visits}


def _stood(rest: Rest) -> dict[str, At]:
    """Where visits stood that have no day any more."""
    return {
        visit.visit_id: At(rep_id=rest.under_way.rep.code, date=visit.date, begin_s=visit.begin_s)
        for visit, _ in rest.under_way.visits
    }


def _moved(
    what: Literal["put_off", "later", "earlier", "added"],
    change: VisitChange,
    names: Names,
    asked: Mapping[str, Need],
    today: date,
    language: Language,
) -> VisitChanged:
    to, name = change.after, names.name(change.customer_id)
    assert to is not None
    stays = change.before is not None and change.before.date == to.date
    template = TEXTS["other_day" if stays and to.date != today else what]
    text = say(
        language,
        template,
        customer=name,
        day=day(to.date, language),
        time=write_time(to.begin_s),
        before=write_time(change.before.begin_s) if change.before else "",
    )
    return VisitChanged(
        what=what,
        planned_visit_id=change.visit_id,
        customer_code=change.customer_id,
        customer_name=name,
        **_from_to(change.before, to),
        reason="",
        remedy="",
        need=asked.get(change.visit_id),
        text=text,
    )


def _lost(
    missed: Unserved,
    was: At | None,
    names: Names,
    asked: Mapping[str, Need],
    ends_today: Collection[str],
    language: Language,
) -> VisitChanged:
    last_day_over = missed.code is ReasonCode.NO_WORKDAY and missed.visit_id in ends_today
    reason = (
        say(language, N_("today was its last day"))
        if last_day_over
        else reason_in_words(language, missed.code)
    )
    name, template = names.name(missed.customer_id), TEXTS["no_place"]
    return VisitChanged(
        what="no_place",
        planned_visit_id=missed.visit_id,
        customer_code=missed.customer_id,
        customer_name=name,
        **_from_to(was, None),
        reason=reason,
        remedy=remedy_of(language, missed.remedy),
        need=asked.get(missed.visit_id),
        text=say(language, template, customer=name, reason=reason),
    )


def _from_to(was: At | None, to: At | None) -> dict[str, Any]:
    return {
        "from_date": was.date if was else None,
        "from_time": write_time(was.begin_s) if was else None,
        "to_date": to.date if to else None,
        "to_time": write_time(to.begin_s) if to else None,
    }


def sent_digest(body: Mapping[str, Any]) -> str:
    """What tells the same change from another; the fingerprint is no part of what happened."""
    return digest(
        {name: value for name, value in body.items() if name not in ("fingerprint", "id")}
    )
