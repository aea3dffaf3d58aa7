"""档案: how deep each role sees into a customer's file, who keeps it, and its quarterly check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from crm.errors import Refused
from crm.rules.access import MANAGERS
from crm.text import N_
from crm.vocabulary import CustomerStatus, FileDepth, Role

KEEPS_FILES = (*MANAGERS, Role.INFORMATION_ADMIN)  # enters, verifies and completes
WRITES_CONFIDENTIAL_FACTS = MANAGERS  # who may write one may not yet read it
SEES_SALES = MANAGERS
ADDS_CUSTOMERS = (Role.INFORMATION_ADMIN, Role.GENERAL_MANAGER, Role.CHAIRMAN)
IN_CARE = (CustomerStatus.ACTIVE, CustomerStatus.PROSPECT)  # whose files are verified
NEVER_VISITED = (CustomerStatus.STRUCK_OUT, CustomerStatus.BLACKLISTED)
LONGEST_COMPLETION = timedelta(days=366)
MONTHS_A_QUARTER = 3


class CheckedField(StrEnum):
    """What a verification may find missing: fields of the card, or whole parts of the file."""

    NAME = "name"
    TRADE = "trade"
    CHANNEL = "channel"
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    PLACE = "place"
    CONTACT_NAME = "contact_name"
    CONTACT_PHONE = "contact_phone"
    OPENING_HOURS = "opening_hours"
    UNFIT_TIMES = "unfit_times"
    SERVICE_MINUTES = "service_minutes"
    GRADE = "grade"
    FREQUENCY = "frequency"
    SALES = "sales"
    KEY_PEOPLE = "key_people"
    FACTS = "facts"


# Columns of the card that can be empty: an empty one is not completed.
OF_THE_CARD = frozenset(
    {
        CheckedField.TRADE,
        CheckedField.CHANNEL,
        CheckedField.STREET,
        CheckedField.POSTCODE,
        CheckedField.CITY,
        CheckedField.CONTACT_NAME,
        CheckedField.CONTACT_PHONE,
        CheckedField.OPENING_HOURS,
    }
)


class ImpossibleVerification(Refused):
    """A verification that contradicts itself."""


class StillMissing(Refused):
    """A completion that leaves a field empty."""


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """A quarter of a year, in which every file is verified once."""

    year: int
    number: int  # 1 to 4

    @property
    def name(self) -> str:
        """As it is kept: `2026-Q4`."""
        return f"{self.year}-Q{self.number}"

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return date(self.year, MONTHS_A_QUARTER * (self.number - 1) + 1, 1)

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        following = self.number % 4 + 1
        year = self.year + (following == 1)
        return Quarter(year=year, number=following).first_day - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(year=day.year, number=(day.month - 1) // MONTHS_A_QUARTER + 1)


def depth_of(role: Role) -> FileDepth:
    """How deep a role sees without opening the confidential file."""
    return FileDepth.OPERATING_CARD if role is Role.REP else FileDepth.WORKING_COPY


def refuse_impossible_verification(
    missing: Iterable[str], complete_by: date | None, *, today: date
) -> None:
    """Raise `ImpossibleVerification` unless what is missing has a day to be completed by, from
    today to a year ahead, and what is right has none."""
    named = ", ".join(missing)
    if not named and complete_by is not None:
        raise ImpossibleVerification(
            N_("Nothing is missing, and yet it is to be completed by {day}; leave one out."),
            day=complete_by.isoformat(),
        )
    if named and complete_by is None:
        raise ImpossibleVerification(
            N_("Say in complete_by until when the missing is completed: {missing}."),
            missing=named,
        )
    if complete_by is not None and not today <= complete_by <= today + LONGEST_COMPLETION:
        raise ImpossibleVerification(
            N_("To be completed by {day} is not between today ({today}) and a year from now."),
            day=complete_by.isoformat(),
            today=today.isoformat(),
        )


def refuse_incomplete(missing: Iterable[str], card: Mapping[str, Any]) -> None:
    """Raise `StillMissing` when a field of the card that was missing is empty still. What cannot
    be empty, and whole parts of the file, are taken on the word of who completes them."""
    empty = [field for field in missing if field in OF_THE_CARD and not card.get(field)]
    if empty:
        raise StillMissing(
            N_("Still empty: {fields}. Fill them in first, then complete."),
            fields=", ".join(empty),
        )


def is_called_off(status: CustomerStatus, on: date, *, today: date, reported: bool) -> bool:
    """Whether a planned visit is not to be made: the customer is not visited any more, the day is
    not over, and nobody has been there."""
    return status in NEVER_VISITED and on >= today and not reported


def is_overdue(complete_by: date | None, *, completed: bool, today: date) -> bool:
    """Whether a completion is late; its last day is still in time."""
    return not completed and complete_by is not None and complete_by < today
