"""Why a day cannot be changed so."""

from crm.errors import Refused
from field_api.errors import CODES, HttpRefusal


class DayNotUnderWay(Refused):
    """Only today is changed in this way; other days are planned again."""


class DayNotPlannable(Refused):
    """The plan that the day is from cannot be read any more."""


class AlreadyOnTheDay(Refused):
    """The customer is visited on this day anyway."""


class PreviewOutdated(HttpRefusal):
    """The plan, the day or the clock has gone on since the preview; a fresh one is answered."""

    status = 409
    code = "preview_outdated"


CODES |= {
    DayNotUnderWay: (409, "day_not_under_way"),
    DayNotPlannable: (409, "day_not_plannable"),
    AlreadyOnTheDay: (409, "already_on_the_day"),
}
