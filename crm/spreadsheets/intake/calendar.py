"""Days of a country's calendar."""

from crm.rules.calendar import country_code
from crm.spreadsheets.intake.records import Known, Record, given
from crm.spreadsheets.parse import Judgement, Parsed


def calendar_day(parsed: Parsed, _known: Known, _judgement: Judgement) -> Record:
    """A day's record; a country by any of its codes."""
    country = country_code(str(parsed.values["country"]))
    values = {
        "country": country,
        "date": parsed.values["date"],
        "is_workday": parsed.values["workday"] == "yes",
    }
    key = (country, parsed.values["date"])
    return Record(parsed=parsed, key=key, values=values | given(parsed, {"name": ""}))
