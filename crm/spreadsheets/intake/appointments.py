"""Appointments, and those that cannot all be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.rules.times_of_day import DAY_S
from crm.spreadsheets.intake.records import Known, Record, given, known_customer
from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_

MINUTES = 30


@dataclass(frozen=True, kw_only=True)
class Booked:
    """An appointment as it stands: where, whose territory, when."""

    code: str
    customer_id: int
    rep_id: int | None
    date: date
    begin_s: int
    end_s: int


def appointment(parsed: Parsed, known: Known, judgement: Judgement) -> Record | None:
    """An appointment's record; it must end on its day."""
    customer = known_customer(parsed, known, judgement)
    if customer is None:
        return None
    values: dict[str, Any] = given(parsed, {"code": "", "minutes": MINUTES, "note": ""})
    begin_s = int(str(parsed.values["time"]))
    if begin_s + 60 * values.get("minutes", MINUTES) > DAY_S:
        judgement.reject(
            parsed.row,
            "time",
            N_("makes an appointment that lasts over midnight"),
            N_("Write an earlier time or fewer minutes."),
        )
        return None
    values |= {"customer_id": customer.id, "date": parsed.values["date"], "begin_s": begin_s}
    return Record(
        parsed=parsed, key=(values["code"],), values=values, new_only={"minutes": MINUTES}
    )


def clashes(booked: Sequence[Booked]) -> list[tuple[str, str]]:
    """Pairs of codes of appointments on one day that overlap, at one customer or in territories
    of one rep; in order of day and time."""
    found: list[tuple[str, str]] = []
    ordered = sorted(booked, key=lambda b: (b.date, b.begin_s, b.code))
    for n, first in enumerate(ordered):
        for second in ordered[n + 1 :]:
            if second.date != first.date or second.begin_s >= first.end_s:
                break
            same_rep = first.rep_id is not None and first.rep_id == second.rep_id
            if same_rep or first.customer_id == second.customer_id:
                found.append((first.code, second.code))
    return found
