"""The core's words as people read them: purposes, weekdays."""

from datetime import date

from crm.text import N_
from crm.vocabulary import Purpose
from field_api.wording import Language, say

PURPOSES: dict[Purpose, str] = {
    Purpose.KEY_CARE: N_("key customer care"),
    Purpose.ORDER: N_("order and display"),
    Purpose.ROUTINE: N_("routine visit"),
    Purpose.CHECK_UP: N_("check-up"),
    Purpose.APPOINTMENT: N_("appointment"),
    Purpose.PROMISE: N_("keep a promise"),
    Purpose.URGENT: N_("urgent visit"),
}

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def purpose_in_words(language: Language, purpose: str) -> str:
    """The purpose of a visit; one that is not of the vocabulary is shown as it stands."""
    try:
        return say(language, PURPOSES[Purpose(purpose)])
    except ValueError:
        return purpose


def weekday_of(language: Language, day: date) -> str:
    """The weekday's short name."""
    return say(language, WEEKDAYS[day.weekday()])
