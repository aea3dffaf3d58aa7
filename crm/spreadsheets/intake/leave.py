"""Leave of reps: it ends when it has begun."""

from typing import Any

from crm.spreadsheets.intake.records import Known, Record, given, known_rep
from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_
from crm.vocabulary import DayPart, LeaveKind


def leave(parsed: Parsed, known: Known, judgement: Judgement) -> Record | None:
    """A leave's record; without a last day it is of one day."""
    _, rep = known_rep(parsed, known, judgement, "rep_code")
    if rep is None:
        return None
    first_day, last_day = parsed.values["first_day"], parsed.values.get("last_day")
    if last_day is not None and str(last_day) < str(first_day):
        judgement.reject(
            parsed.row,
            "last_day",
            N_("is before the first day, {first_day}"),
            N_("Were the two swapped? Write a last day that is not before the first."),
            first_day=str(first_day),
        )
        return None
    part = DayPart(str(parsed.values.get("part") or DayPart.WHOLE))
    values: dict[str, Any] = given(parsed, {"note": ""})
    values |= {"rep_id": rep.id, "first_day": first_day, "part": part}
    values["last_day"] = last_day or first_day
    if "kind" in parsed.values:
        values["kind"] = LeaveKind(str(parsed.values["kind"] or LeaveKind.OTHER))
    return Record(parsed=parsed, key=(rep.id, first_day, part), values=values)
