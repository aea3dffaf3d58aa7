"""What stands in a visit report, in words: fields of the trade, and what a correction changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm.rules.report_forms import Form, Label
from crm.text import N_
from crm.vocabulary import VisitOutcome
from field_api.wording import Language, listed, say
from field_api.words import in_words

NOTHING = "–"
FIELDS: dict[str, str] = {
    "outcome": N_("Outcome"),
    "notes": N_("Notes"),
    "needs": N_("Needs"),
    "objections": N_("Objections"),
    "competitors": N_("Competitors"),
    "credit_change": N_("Credit"),
    "satisfaction": N_("Satisfaction"),
    "person_met": N_("Person met"),
    "gifts": N_("Gifts"),
    "training": N_("Help and training"),
    "next_visit": N_("Next visit"),
    "promises": N_("Promises"),
    "checked_in_at": N_("Checked in"),
    "checked_out_at": N_("Checked out"),
    "position": N_("Position"),
    "leaving_position": N_("Position on leaving"),
    "planned_visit_id": N_("Planned visit"),
    "plan_id": N_("Plan"),
    "extra": N_("About this visit"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """A field of a report that a correction gave another value, in words."""

    said: str
    before_said: str
    after_said: str


@dataclass(frozen=True, kw_only=True)
class ExtraSaid:
    """A field of the customer's trade with its value, in words."""

    label: str
    value: str


def extras_said(form: Form, extra: Mapping[str, str], language: Language) -> list[ExtraSaid]:
    """The values of the trade's fields; one that the form does not know any more by its code."""
    fields = {field.label.code: field for field in form.fields}
    found = []
    for code, value in extra.items():
        field = fields.get(code)
        words = {one.code: _label(one, language) for one in field.choices} if field else {}
        label = _label(field.label, language) if field else code
        found.append(ExtraSaid(label=label, value=words.get(value, value)))
    return found


def changes_said(
    form: Form, before: Mapping[str, Any], after: Mapping[str, Any], language: Language
) -> tuple[Change, ...]:
    """The fields whose value is another, in words."""
    fields = [*after, *(field for field in before if field not in after)]
    return tuple(
        Change(
            said=say(language, FIELDS[field]) if field in FIELDS else field,
            before_said=_value(form, field, before.get(field), language),
            after_said=_value(form, field, after.get(field), language),
        )
        for field in fields
        if before.get(field) != after.get(field)
    )


def _value(form: Form, field: str, value: Any, language: Language) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if field == "outcome":
        return in_words(language, VisitOutcome(value))
    if field == "extra":
        said = extras_said(form, value, language)
        return listed(language, (f"{one.label}: {one.value}" for one in said))
    return _plain(value, language)


def _plain(value: Any, language: Language) -> str:
    if isinstance(value, Mapping):  # codes made up by phones tell nobody anything
        return listed(language, (str(v) for k, v in value.items() if k != "code" and v != ""))
    if isinstance(value, list):
        return listed(language, (_plain(one, language) for one in value))
    return str(value)


def _label(label: Label, language: Language) -> str:
    return label.zh if language == "zh" else label.en
