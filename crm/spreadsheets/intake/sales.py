"""Sales, in hundredths of the company's currency."""

from crm.spreadsheets.intake.records import Known, Record, known_customer
from crm.spreadsheets.parse import Judgement, Parsed


def sale(parsed: Parsed, known: Known, judgement: Judgement) -> Record | None:
    """A sale's record; several lines of one customer, day and product are summed later."""
    customer = known_customer(parsed, known, judgement)
    if customer is None:
        return None
    key = (customer.id, parsed.values["date"], parsed.values.get("product") or "")
    values = dict(zip(("customer_id", "date", "product"), key, strict=True))
    values["amount_cents"] = parsed.values["amount"]
    values["margin_cents"] = parsed.values.get("margin")
    return Record(parsed=parsed, key=key, values=values)
