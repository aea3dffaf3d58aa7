"""Reasons and remedies in words: the English of the catalogues for each stable code."""

from collections.abc import Mapping

from crm.text import N_
from field_api.wording import Language, say
from maps.figures import clock
from routing.plan import Remedy, Unserved
from routing.reasons import Bar, ReasonCode, RemedyCode

REASONS: dict[ReasonCode, str] = {
    ReasonCode.NO_OPEN_HOURS: N_("never open to visits in the rep's working hours"),
    ReasonCode.NO_WORKDAY: N_("no working day of the rep between its earliest and latest date"),
    ReasonCode.TOO_LONG_FOR_WINDOW: N_("longer than the customer is open to visits"),
    ReasonCode.NO_ROAD: N_("no road leads there and back; check where it lies"),
    ReasonCode.TOO_FAR: N_("there and back does not fit into a working day"),
    ReasonCode.GAP_IMPOSSIBLE: N_("no days keep the gaps that its frequency asks for"),
    ReasonCode.DEADLINE_PASSED: N_("promised for a day before the plan begins"),
    ReasonCode.APPOINTMENT_CLASH: N_("another appointment holds that time"),
    ReasonCode.NOT_ACTIVE: N_("the customer is not active"),
    ReasonCode.LOAD_TOO_BIG: N_("more than the vehicle carries"),
    ReasonCode.HOURS_SHORT: N_("the rep's hours are given to visits that rank higher"),
    ReasonCode.LOAD_SHORT: N_("the vehicle is full of what other visits take"),
    ReasonCode.WINDOW_TAKEN: N_("hours are left, but not at times when the customer is open"),
    ReasonCode.GAP_TAKEN: N_("the customer's other visits leave no day that keeps the gaps"),
    ReasonCode.JOINT_MISSED: N_("the visit it joins, or its hour, has no place"),
    ReasonCode.COSTS_TOO_MUCH: N_("it would fit, but the rest of the plan would get worse"),
}

REMEDIES: dict[RemedyCode, str] = {
    RemedyCode.PIN: N_("a visit on {date}, put there by hand"),
    RemedyCode.OVERTIME: N_("{minutes} min of overtime on {date}"),
    RemedyCode.SHORTEN_VISIT: N_("a visit of {minutes} min on {date}"),
    RemedyCode.OTHER_DATE: N_("a visit on {date}"),
    RemedyCode.WIDEN_WINDOW: N_("the customer agrees to a visit on {date} from {from} to {to}"),
    RemedyCode.RAISE_LIMIT: N_("a higher limit on {date}: {limit}"),
    RemedyCode.OTHER_REP: N_("rep {rep} on {date}"),
    RemedyCode.EXTEND_PROMISE: N_("a new date for the promise, {date}"),
    RemedyCode.MOVE_APPOINTMENT: N_("the appointment moved to {date} at {begin}"),
    RemedyCode.CHANGE_FREQUENCY: N_("another visit frequency, for a visit on {date}"),
    RemedyCode.CONFIRM_STATUS: N_("the customer made active again"),
}

LIMITS: dict[Bar, str] = {
    Bar.MAX_VISITS: N_("{to} visits"),
    Bar.MAX_DRIVING: N_("{to} min on the road"),
    Bar.MAX_DURATION: N_("{to} min away"),
    Bar.LOAD: N_("a load of {to}"),
}
IN_SECONDS = (Bar.MAX_DRIVING, Bar.MAX_DURATION)


def reason_in_words(language: Language, code: str) -> str:
    """The sentence for a reason code."""
    return say(language, REASONS[ReasonCode(code)])


def remedy_in_words(language: Language, code: str, params: Mapping[str, str | int]) -> str:
    """The sentence for a remedy; times of day are shown as HH:MM."""
    shown = {
        name.removesuffix("_s"): clock(int(value)) if name.endswith("_s") else value
        for name, value in params.items()
    }
    if code == RemedyCode.RAISE_LIMIT:
        shown["limit"] = _limit(language, Bar(str(params["limit"])), int(params["to"]))
    return say(language, REMEDIES[RemedyCode(code)], **shown)


def _limit(language: Language, limit: Bar, to: int) -> str:
    return say(language, LIMITS[limit], to=-(-to // 60) if limit in IN_SECONDS else to)


def remedy_of(language: Language, remedy: Remedy | None) -> str:
    """The sentence for a remedy, empty where there is none."""
    return remedy_in_words(language, remedy.code, remedy.params) if remedy else ""


def by_reason(unserved: tuple[Unserved, ...]) -> dict[ReasonCode, list[Unserved]]:
    """Unserved visits by their reason, the most frequent reason first."""
    found: dict[ReasonCode, list[Unserved]] = {}
    for missed in unserved:
        found.setdefault(ReasonCode(missed.code), []).append(missed)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))
