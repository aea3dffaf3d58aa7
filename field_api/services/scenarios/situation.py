"""A district's facts, as they are or as they would be: who has which customers, hours, intervals.
Nothing of it is written anywhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from crm.models import Customer, District, Rep, Territory
from crm.rules.access import OPERATOR
from crm.rules.territories import TerritoryShape, membership
from crm.store.plans import plans
from crm.store.plans.plans import RepFacts
from crm.store.territories import territories
from crm.vocabulary import Grade
from field_api.services.planning.problem import cycle_task
from routing.problem import Problem, WorkDay
from routing.travel.interface import TravelTimes

Row = TypeVar("Row", Rep, Customer)
Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A territory of a situation: who works it, and where it lies."""

    code: str
    name: str
    rep_code: str | None
    shape: TerritoryShape
    version: int | None  # None: it is not there yet


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """The cycle that is reckoned, and where travel times come from."""

    first_day: date
    last_day: date
    country: str
    travel: TravelTimes


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A district: its territories, its reps by code, its customers by number, and who has whom
    (customer's number to rep's code)."""

    parts: tuple[Part, ...]
    reps: Mapping[str, Rep]
    customers: Mapping[int, Customer]
    rep_of: Mapping[int, str]
    known: Mapping[str, RepFacts] = field(repr=False)  # by rep today, what else is known

    @property
    def without_rep(self) -> list[str]:
        """Codes of customers whom nobody would visit."""
        return sorted(one.code for id_, one in self.customers.items() if id_ not in self.rep_of)

    def customers_of(self, rep_code: str) -> list[Customer]:
        """A rep's customers, in order of code."""
        own = [one for id_, one in self.customers.items() if self.rep_of.get(id_) == rep_code]
        return sorted(own, key=lambda one: one.code)

    def problem(self, rep_code: str, cycle: Cycle) -> Problem:
        """A rep's cycle, as it would be planned."""
        return cycle_task(
            self._facts(rep_code),
            first_day=cycle.first_day,
            last_day=cycle.last_day,
            country=cycle.country,
            travel=cycle.travel,
        ).problem

    def workdays(self, rep_code: str, cycle: Cycle) -> tuple[WorkDay, ...]:
        """A rep's working days of a cycle."""
        nobody = replace(self, rep_of={})
        (rep,) = nobody.problem(rep_code, cycle).reps
        return rep.workdays

    @property
    def last_visits(self) -> dict[int, date]:
        """The last visit to each customer who was ever visited."""
        return _of(set(self.customers), (one.last_visits for one in self.known.values()))

    def _facts(self, rep_code: str) -> RepFacts:
        own = self.customers_of(rep_code)
        ids = {one.id or 0 for one in own}
        all_known = list(self.known.values())
        mine = self.known.get(rep_code)
        return RepFacts(
            rep=self.reps[rep_code],
            customers=tuple(own),
            unfit_times=_of(ids, (one.unfit_times for one in all_known)),
            last_visits=_of(ids, (one.last_visits for one in all_known)),
            promises=_of(ids, (one.promises for one in all_known)),
            appointments=_of(ids, (one.appointments for one in all_known)),
            own_days=all_known[0].own_days,
            absences=mine.absences if mine else (),
            peaks=all_known[0].peaks,
        )


def today(session: Session, district: District, first_day: date) -> Situation:
    """The district as it is."""
    rows = session.exec(
        select(Territory).where(Territory.district_id == district.id).order_by(Territory.code)
    ).all()
    reps = session.exec(select(Rep).where(Rep.district_id == district.id).order_by(Rep.code)).all()
    at_work = [rep for rep in reps if rep.active]
    codes = {rep.id: rep.code for rep in at_work}
    own = {row.id for row in rows}
    # territories without a rep have customers, too: those of the rep who is none
    nobody = _copied(Rep, reps[0], {"id": None, "code": ""}) if reps else None
    # and so have those of reps who left, or who are another district's
    holding = select(Rep).where(col(Rep.id).in_({row.rep_id for row in rows} - codes.keys()))
    away = session.exec(holding.order_by(Rep.code)).all()
    asked = [*at_work, *away, *([nobody] if nobody else [])]
    known = {rep.code: plans.facts_of(session, OPERATOR, rep, before=first_day) for rep in asked}
    home = {row.id: codes.get(row.rep_id) for row in rows}
    found = {
        one.id or 0: one
        for facts in known.values()
        for one in facts.customers
        if one.territory_id in own
    }
    return Situation(
        parts=tuple(
            Part(
                code=row.code,
                name=row.name,
                rep_code=home[row.id],
                shape=territories.shape_of(row),
                version=row.version,
            )
            for row in rows
        ),
        reps={rep.code: rep for rep in at_work},
        customers=found,
        rep_of={
            id_: rep
            for id_, one in found.items()
            if (rep := home.get(one.territory_id)) is not None
        },
        known=known,
    )


def with_intervals(now: Situation, intervals: Mapping[Grade, int]) -> Situation:
    """The same with other intervals for grades; a customer's own interval stays."""
    customers = {
        id_: _copied(Customer, one, {"interval_days": intervals[one.grade or Grade.E]})
        if one.interval_days is None and (one.grade or Grade.E) in intervals
        else one
        for id_, one in now.customers.items()
    }
    return replace(now, customers=customers)


def with_hours(now: Situation, columns: Mapping[str, Any]) -> Situation:
    """The same with other working hours for every rep."""
    reps = {code: _copied(Rep, rep, columns) for code, rep in now.reps.items()}
    return replace(now, reps=reps)


def with_reps(now: Situation, more: Sequence[Rep], fewer: Iterable[str]) -> Situation:
    """The same with reps who come, and without those who go; whose customers have nobody."""
    gone = set(fewer)
    reps = {code: rep for code, rep in now.reps.items() if code not in gone}
    reps |= {rep.code: rep for rep in more}
    parts = tuple(
        replace(part, rep_code=None) if part.rep_code in gone else part for part in now.parts
    )
    rep_of = {id_: rep for id_, rep in now.rep_of.items() if rep not in gone}
    return replace(now, reps=reps, parts=parts, rep_of=rep_of)


def with_parts(now: Situation, parts: Sequence[Part]) -> Situation:
    """The same with these territories; customers have the rep in whose territory they lie."""
    places = [(id_, one.lat, one.lon) for id_, one in now.customers.items()]
    shapes = [replace(part.shape, id=number) for number, part in enumerate(parts)]
    homes = membership(places, shapes).by_customer
    rep_of = {
        id_: rep for id_, number in homes.items() if (rep := parts[number].rep_code) is not None
    }
    return replace(now, parts=tuple(parts), rep_of=rep_of)


def rep_like(like: Rep, **columns: Any) -> Rep:
    """A rep who is not there yet, like another one."""
    return _copied(Rep, like, {"id": None, **columns})


def _copied(table: Callable[..., Row], row: Row, changes: Mapping[str, Any]) -> Row:
    """A row of nobody's: nothing of it can be written."""
    copy = table(**(row.model_dump() | dict(changes)))
    if isinstance(row, Customer) and isinstance(copy, Customer):
        set_committed_value(copy, "usual_interval_days", row.usual_interval_days)
        set_committed_value(copy, "usual_service_minutes", row.usual_service_minutes)
    return copy


def _of(ids: set[int], known: Iterable[Mapping[int, Value]]) -> dict[int, Value]:
    return {id_: value for one in known for id_, value in one.items() if id_ in ids}
