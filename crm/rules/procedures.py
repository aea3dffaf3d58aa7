"""审批程序: who decides what, within how long, and who instead. A company may have its own."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from crm.errors import Refused
from crm.rules.organisation import Place, can_be_held_in
from crm.text import N_
from crm.vocabulary import ApprovalMatter, Role

LINE = (  # each answers to the next
    Role.REP,
    Role.DISTRICT_MANAGER,
    Role.REGIONAL_DIRECTOR,
    Role.GENERAL_MANAGER,
    Role.CHAIRMAN,
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a procedure. One of `decides` and `alternatives` decides within so many hours;
    then `escalates_to` may as well, or, with `goes_on`, the step is passed over. It is needed from
    a size of the matter on; `lead_hours` before it takes effect it must be asked for. With
    `second_person` whoever asked may not decide."""

    decides: Role
    alternatives: tuple[Role, ...] = ()
    within_hours: int = 48
    escalates_to: Role | None = None
    from_size: int = 0
    lead_hours: int = 0
    second_person: bool = False
    goes_on: bool = False

    @property
    def named(self) -> tuple[Role, ...]:
        """The roles that the step waits for."""
        return (self.decides, *self.alternatives)


MANAGER = Step(decides=Role.DISTRICT_MANAGER, escalates_to=Role.REGIONAL_DIRECTOR)
DIRECTOR = Step(decides=Role.REGIONAL_DIRECTOR, escalates_to=Role.GENERAL_MANAGER)
GENERAL = Step(decides=Role.GENERAL_MANAGER, escalates_to=Role.CHAIRMAN)
MUCH_SHORTER_PERCENT = 50  # of the grade's interval left out by a frequency of one's own
LARGE_EXPORT_ROWS = 1000
DAY_CHANGE_HOURS = 1  # the rep is under way

DEFAULTS: dict[ApprovalMatter, tuple[Step, ...]] = {
    ApprovalMatter.PLAN: (Step(decides=Role.REP, goes_on=True), MANAGER),
    ApprovalMatter.CUSTOMER_CORRECTION: (MANAGER,),
    ApprovalMatter.STRIKE_OUT: (MANAGER,),
    # size: by how many percent the interval is shorter than the grade's
    ApprovalMatter.FREQUENCY: (MANAGER, replace(DIRECTOR, from_size=MUCH_SHORTER_PERCENT)),
    ApprovalMatter.FREQUENCY_TABLE: (GENERAL,),
    ApprovalMatter.GRADING: (GENERAL,),
    ApprovalMatter.TERRITORIES: (DIRECTOR,),
    # size: rows
    ApprovalMatter.EXPORT: (
        replace(DIRECTOR, second_person=True),
        replace(GENERAL, second_person=True, from_size=LARGE_EXPORT_ROWS),
    ),
    ApprovalMatter.DAY_CHANGE: (replace(MANAGER, within_hours=DAY_CHANGE_HOURS),),
}
LOWEST: dict[ApprovalMatter, Role] = {  # nobody below may decide: it is not theirs to see whole
    ApprovalMatter.PLAN: Role.REP,
    ApprovalMatter.CUSTOMER_CORRECTION: Role.DISTRICT_MANAGER,
    ApprovalMatter.STRIKE_OUT: Role.DISTRICT_MANAGER,
    ApprovalMatter.FREQUENCY: Role.DISTRICT_MANAGER,
    ApprovalMatter.FREQUENCY_TABLE: Role.GENERAL_MANAGER,
    ApprovalMatter.GRADING: Role.GENERAL_MANAGER,
    ApprovalMatter.TERRITORIES: Role.DISTRICT_MANAGER,
    ApprovalMatter.EXPORT: Role.DISTRICT_MANAGER,
    ApprovalMatter.DAY_CHANGE: Role.DISTRICT_MANAGER,
}


class ProcedureRefused(Refused):
    """A procedure by which something would never, or wrongly, be decided."""


def rank(role: Role) -> int:
    """The place in the line; -1 for who stands in none."""
    return LINE.index(role) if role in LINE else -1


def above(role: Role) -> Role | None:
    """Whom a role answers to; None for the chairman and for who stands in no line."""
    upper = LINE[rank(role) + 1 :] if role in LINE else ()
    return upper[0] if upper else None


def check(matter: ApprovalMatter, steps: Sequence[Step]) -> None:
    """Raise `ProcedureRefused` for steps that cannot decide a matter, naming the first slip."""
    if not steps or steps[0].from_size > 0:
        raise ProcedureRefused(
            N_("The first step of {matter} must be needed for every size: give it from_size 0."),
            matter=matter,
        )
    if steps[-1].goes_on:
        raise ProcedureRefused(
            N_("The last step of {matter} decides: it cannot be passed over."), matter=matter
        )
    seen: set[Role] = set()
    for number, step in enumerate(steps, start=1):
        for role in step.named:
            if rank(role) < rank(LOWEST[matter]):
                raise ProcedureRefused(
                    N_("Step {n} of {matter}: {role} cannot decide it; {lowest} or above can."),
                    n=number,
                    matter=matter,
                    role=role,
                    lowest=LOWEST[matter],
                )
            if role in seen:
                raise ProcedureRefused(
                    N_("Step {n} of {matter}: {role} is named twice; a person decides once."),
                    n=number,
                    matter=matter,
                    role=role,
                )
            seen.add(role)
        if step.escalates_to is not None and rank(step.escalates_to) <= rank(step.decides):
            raise ProcedureRefused(
                N_("Step {n} of {matter} goes from {role} to {to}, who is not above."),
                n=number,
                matter=matter,
                role=step.decides,
                to=step.escalates_to,
            )
        if step.goes_on and step.escalates_to is not None:
            raise ProcedureRefused(
                N_("Step {n} of {matter} is either passed over or escalated, not both."),
                n=number,
                matter=matter,
            )


def steps_for(steps: Sequence[Step], *, size: int, place: Place, asks: Role) -> tuple[Step, ...]:
    """The steps that a matter of a size needs where it belongs, asked for by somebody of a role.

    Roles that nobody can hold there (a director where the district has no region) give way to the
    one above; steps that become the same are one. Where a second person is asked for and the asker
    holds the named role, whoever is above may decide as well.
    """
    found: list[Step] = []
    for step in steps:
        if step.from_size > size:
            continue
        there = _where(step, place)
        if there.second_person and asks in there.named:
            other = above(asks) or Role.GENERAL_MANAGER
            if other not in there.named:
                there = replace(there, alternatives=(*there.alternatives, other))
        if found and found[-1].decides is there.decides:
            found[-1] = _both(found[-1], there)
        else:
            found.append(there)
    return tuple(found)


def as_data(step: Step) -> dict[str, Any]:
    """The step as it is kept with an approval."""
    return asdict(step)


def from_data(data: dict[str, Any]) -> Step:
    """The step that `as_data` wrote; what was noted beside it is left out."""
    to = data["escalates_to"]
    return Step(
        decides=Role(data["decides"]),
        alternatives=tuple(Role(role) for role in data["alternatives"]),
        within_hours=data["within_hours"],
        escalates_to=Role(to) if to else None,
        from_size=data["from_size"],
        lead_hours=data["lead_hours"],
        second_person=data["second_person"],
        goes_on=data["goes_on"],
    )


def _where(step: Step, place: Place) -> Step:
    decides = _holdable(step.decides, place)
    alternatives = dict.fromkeys(_holdable(role, place) for role in step.alternatives)
    to = _holdable(step.escalates_to, place) if step.escalates_to else None
    return replace(
        step,
        decides=decides,
        alternatives=tuple(role for role in alternatives if role is not decides),
        escalates_to=above(decides) if to is decides else to,
    )


def _holdable(role: Role, place: Place) -> Role:
    """The role or the nearest above that somebody can hold in a place."""
    return next(r for r in LINE[rank(role) :] if can_be_held_in(r, place))


def _both(one: Step, other: Step) -> Step:
    return replace(
        one,
        alternatives=tuple(dict.fromkeys((*one.alternatives, *other.alternatives))),
        within_hours=min(one.within_hours, other.within_hours),
        lead_hours=max(one.lead_hours, other.lead_hours),
        second_person=one.second_person or other.second_person,
        goes_on=one.goes_on and other.goes_on,
    )
