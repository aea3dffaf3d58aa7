"""Promises: due after they were made; one that is late already is taken and named."""

from typing import Any

from crm.spreadsheets.intake.records import Known, Record, given, known_customer, known_rep
from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_


def promise(parsed: Parsed, known: Known, judgement: Judgement) -> Record | None:
    """A promise's record. Without an owner it is the territory's rep's, without a date it was
    made on the day of the import."""
    customer = known_customer(parsed, known, judgement)
    fine, owner = known_rep(parsed, known, judgement, "owner_rep_code")
    if customer is None or not fine:
        return None
    due = str(parsed.values["due"])
    made_on = parsed.values.get("made_on")
    made = made_on or known.promises_made.get(str(parsed.values["code"]))
    if made is not None and due < str(made):
        judgement.reject(
            parsed.row,
            "due",
            N_("is before the day on which it was promised, {made_on}"),
            N_("Check both dates."),
            made_on=str(made),
        )
        return None
    if due < known.today.isoformat():
        judgement.warn(
            parsed.row,
            "due",
            N_("has passed: the promise is late already"),
            N_("Keep it now, or agree on another date with the customer."),
        )
    values: dict[str, Any] = given(parsed, {"code": "", "what": "", "to_whom": ""})
    values |= {"customer_id": customer.id, "due": parsed.values["due"]}
    new_only: dict[str, Any] = {}
    if made_on is not None:
        values["made_on"] = made_on
    else:
        new_only["made_on"] = known.today if due >= str(known.today) else parsed.values["due"]
    if owner is not None:
        values["owner_rep_id"] = owner.id
    else:
        new_only["owner_rep_id"] = customer.rep_id
    return Record(parsed=parsed, key=(values["code"],), values=values, new_only=new_only)
