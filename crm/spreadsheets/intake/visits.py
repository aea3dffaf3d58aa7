"""Visits that were made."""

from crm.spreadsheets.intake.records import Known, Record, known_customer, known_rep
from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_


def visit(parsed: Parsed, known: Known, judgement: Judgement) -> Record | None:
    """A visit's record; one in the future is taken and named."""
    customer = known_customer(parsed, known, judgement)
    fine, rep = known_rep(parsed, known, judgement, "rep_code")
    if customer is None or not fine:
        return None
    day = parsed.values["date"]
    if str(day) > known.today.isoformat():
        judgement.warn(
            parsed.row,
            "date",
            N_("lies in the future, and a visit that was made cannot"),
            N_("Check the date; the next visit is reckoned from it."),
        )
    key = (customer.id, day, rep.id if rep else None)
    return Record(
        parsed=parsed,
        key=key,
        values=dict(zip(("customer_id", "date", "rep_id"), key, strict=True)),
    )
