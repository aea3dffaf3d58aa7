"""What the forms of the administration send: texts, of which an empty one stands for none."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from crm.rules.peak_hours import Peak, read_peak
from crm.rules.weekdays import NAMES
from crm.vocabulary import DayPart, LeaveKind, Role
from field_api.schemas.forms import body_of
from field_api.schemas.users import NewUserBody, UserChanges
from field_api.schemas.values import Code, Day, FilledLine, Line, Shape

Maybe = Annotated[Code | None, BeforeValidator(lambda text: text or None)]
Ticked = Annotated[bool, BeforeValidator(lambda text: text in ("on", "true", True))]
Country = Annotated[str, Field(pattern="^[A-Za-z]{2,3}$")]
Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
PLACES = {
    Role.REP: "rep_code",
    Role.DISTRICT_MANAGER: "district_code",
    Role.REGIONAL_DIRECTOR: "region_code",
}


class AccountForm(Shape):
    """A person to add. `place` is the code of the rep, district or region that the role needs;
    what other roles' fields hold is left out."""

    username: FilledLine
    name: Line = ""
    role: Role
    rep_code: Maybe = None
    district_code: Maybe = None
    region_code: Maybe = None
    lang: Literal["", "en", "zh"] = ""

    def body(self) -> NewUserBody:
        """As the service takes it."""
        return body_of(
            NewUserBody,
            username=self.username,
            name=self.name,
            role=self.role,
            lang=self.lang,
            **_place(self.role, self),
        )


class AccountChangesForm(Shape):
    """What an account is to be; `version` is the one that was seen."""

    version: Version
    name: FilledLine
    role: Role
    rep_code: Maybe = None
    district_code: Maybe = None
    region_code: Maybe = None
    lang: Literal["", "en", "zh"] = ""

    def changes(self) -> UserChanges:
        """As the service takes it."""
        given = {"name": self.name, "role": self.role, "lang": self.lang}
        return body_of(UserChanges, **given, **_place(self.role, self))


class StandingForm(Shape):
    """An account closed, or open again."""

    version: Version
    active: Ticked = False


class RegionForm(Shape):
    """A region by its code."""

    code: Code
    name: FilledLine


class DistrictForm(Shape):
    """A district by its code, in a region or in none."""

    code: Code
    name: FilledLine
    region_code: Maybe = None


class MoveForm(Shape):
    """A rep into another district."""

    rep_code: Code
    district_code: Code
    with_territories: Ticked = False


class CalendarDayForm(Shape):
    """A day of a country, worked or off."""

    country: Country
    date: Day
    is_workday: Ticked = False
    name: Line = ""


class ForgottenDayForm(Shape):
    """A stated day that is taken back."""

    country: Country
    date: Day


class LeaveForm(Shape):
    """When a rep is away."""

    rep_code: Code
    first_day: Day
    last_day: Day
    part: DayPart = DayPart.WHOLE
    kind: LeaveKind = LeaveKind.OTHER


class EndedLeaveForm(Shape):
    """A leave that is taken away."""

    rep_code: Code
    first_day: Day


class PeakTableForm(Shape):
    """The table of peak hours that is meant: a district's, or (empty) the company's."""

    district_code: Maybe = None


class PeakRowForm(PeakTableForm):
    """A row of peak hours by what it says (`was`)."""

    was: Line = ""


class PeakRowChangeForm(PeakRowForm):
    """A row in the place of `was`, or, where that is empty, a new one; as people write it."""

    weekdays: Annotated[tuple[Annotated[int, Field(ge=0, le=6)], ...], Field(max_length=7)] = ()
    begin: Line
    end: Line
    percent: Line

    @property
    def peak(self) -> Peak:
        """The row as rules know it. Raises `UnsoundPeakHours`."""
        names = ",".join(NAMES[day] for day in sorted(set(self.weekdays)))
        return read_peak(names, self.begin, self.end, self.percent)


def _place(role: Role, form: AccountForm | AccountChangesForm) -> dict[str, str | None]:
    needed = PLACES.get(role)
    return {needed: getattr(form, needed)} if needed else {}
