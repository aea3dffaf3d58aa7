"""The fields that an approval would change, in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm.models import Approval
from crm.text import N_
from crm.vocabulary import CoordinateSystem, CustomerStatus
from field_api.services.customers import card_changes
from field_api.services.reports.report_words import NOTHING, Change
from field_api.terms import WEEKDAYS
from field_api.wording import Language, listed, say
from field_api.words import in_words

CHANGES_SHOWN = 30
FIELDS: dict[str, str] = {
    "name": N_("Name"),
    "trade": N_("Trade"),
    "channel": N_("Channel"),
    "street": N_("Street and number"),
    "postcode": N_("Postcode"),
    "city": N_("Town"),
    "contact_name": N_("Person to ask for"),
    "contact_phone": N_("Telephone"),
    "service_minutes": N_("Minutes of a visit"),
    "credit_score": N_("Credit score"),
    "customer_since": N_("Customer since"),
    "opening_hours": N_("Opening hours"),
    "unfit_times": N_("Unfit times"),
    "place": N_("Location"),
    "status": N_("Status"),
    "interval_days": N_("Days between visits"),
    "grade": N_("Grade"),
    "rep_id": N_("Rep"),
    "area_km2": N_("Area (km²)"),
}
INTERNAL = ("state",)  # of a plan: its title says so


def changes_of(
    approval: Approval, language: Language, *, reps: Mapping[int, str], most: int = CHANGES_SHOWN
) -> tuple[Change, ...]:
    """The first of the fields that would change; `reps` are names by number."""
    shown = [one for one in approval.payload.get("changes", []) if one["field"] not in INTERNAL]
    return tuple(_change(one, language, reps) for one in shown[:most])


def changes_in_all(approval: Approval) -> int:
    """How many fields would change."""
    fields = (one["field"] for one in approval.payload.get("changes", []))
    return sum(1 for field in fields if field not in INTERNAL)


def reps_named(approvals: Sequence[Approval]) -> set[int]:
    """The numbers of reps that stand in the fields of some approvals."""
    return {
        value
        for approval in approvals
        for change in approval.payload.get("changes", [])
        if change["field"].endswith("rep_id")
        for value in (change["before"], change["after"])
        if isinstance(value, int)
    }


def _change(change: Mapping[str, Any], language: Language, reps: Mapping[int, str]) -> Change:
    of, _, name = change["field"].rpartition(".")
    said = say(language, FIELDS[name]) if name in FIELDS else name
    return Change(
        said=f"{of} · {said}" if of else said,
        before_said=_value(name, change["before"], language, reps),
        after_said=_value(name, change["after"], language, reps),
    )


def _value(name: str, value: Any, language: Language, reps: Mapping[int, str]) -> str:
    if value in (None, "", []):
        return say(language, N_("the grade's")) if name == "interval_days" else NOTHING
    words: dict[str, Callable[[], str]] = {
        card_changes.PLACE: lambda: f"{value['lat']:.5f}, {value['lon']:.5f}" + _system(value),
        card_changes.UNFIT_TIMES: lambda: listed(
            language, (_unfit(one, language) for one in value)
        ),
        "status": lambda: in_words(language, CustomerStatus(value)),
        "rep_id": lambda: reps.get(value, NOTHING),
    }
    return words[name]() if name in words else str(value)


def _system(place: Mapping[str, Any]) -> str:
    """The system of coordinates, where it is not the one that all are kept in."""
    name = place.get("system", CoordinateSystem.WGS84.value)
    return "" if name == CoordinateSystem.WGS84.value else f" ({name})"


def _unfit(one: Mapping[str, Any], language: Language) -> str:
    weekday = one.get("weekday")
    day = one.get("date") if weekday is None else say(language, WEEKDAYS[weekday])
    return f"{day} {one['begin']}–{one['end']}"
