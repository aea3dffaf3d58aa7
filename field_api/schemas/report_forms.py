"""Forms of visits over the wire."""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from crm.rules.report_forms import Extra, FieldKind, Form, Label, Line
from crm.vocabulary import Purpose
from field_api.schemas.values import Code, FilledLine, Sentence, Shape

MOST_LINES = 50
MOST_FIELDS = 30
MOST_CHOICES = 30
LINE: dict[str, Any] = {
    "label": {"code": "gifts", "en": "Gifts", "zh": "礼品"},
    "purposes": ["key_care"],
}
FIELD: dict[str, Any] = {
    "label": {"code": "oven", "en": "Kind of oven", "zh": "烤炉类型"},
    "kind": "choice",
    "choices": [
        {"code": "deck", "en": "deck oven", "zh": "层炉"},
        {"code": "rack", "en": "rack oven", "zh": "旋转炉"},
    ],
    "required": True,
}
FORM: dict[str, Any] = {
    "trade": "bakery",
    "own": True,
    "version": 3,
    "checklist": [LINE],
    "fields": [FIELD],
}


class LabelBody(Shape):
    """A code for programs with its words in both languages."""

    code: Code
    en: FilledLine
    zh: FilledLine


class LineBody(Shape):
    """Something to have or to know before a visit; without purposes, for each."""

    model_config = ConfigDict(json_schema_extra={"examples": [LINE]})

    label: LabelBody
    purposes: Annotated[tuple[Purpose, ...], Field(max_length=len(Purpose))] = ()


class FieldBody(Shape):
    """A further field of the report, sent in `extra` under its code: a number as digits, `yes` or
    `no`, or the code of a choice."""

    model_config = ConfigDict(json_schema_extra={"examples": [FIELD]})

    label: LabelBody
    kind: FieldKind
    choices: Annotated[tuple[LabelBody, ...], Field(max_length=MOST_CHOICES)] = ()
    required: bool = False

    @model_validator(mode="after")
    def _has_choices(self) -> Self:
        if (self.kind is FieldKind.CHOICE) != bool(self.choices):
            raise ValueError("name choices for the kind choice, and for no other")
        _each_once("choices", [choice.code for choice in self.choices])
        return self


class ReportFormBody(Shape):
    """A trade's checklist and fields; both empty: the product's hold again."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"checklist": [LINE], "fields": [FIELD], "reason": "New range"}]
        }
    )

    checklist: Annotated[tuple[LineBody, ...], Field(max_length=MOST_LINES)] = ()
    fields: Annotated[tuple[FieldBody, ...], Field(max_length=MOST_FIELDS)] = ()
    reason: Sentence = ""

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        _each_once("checklist", [line.label.code for line in self.checklist])
        _each_once("fields", [field.label.code for field in self.fields])
        return self

    def form(self) -> Form:
        """As the rules know it."""
        return Form(
            checklist=tuple(
                Line(label=_label(line.label), purposes=line.purposes) for line in self.checklist
            ),
            fields=tuple(
                Extra(
                    label=_label(field.label),
                    kind=field.kind,
                    choices=tuple(_label(choice) for choice in field.choices),
                    required=field.required,
                )
                for field in self.fields
            ),
        )


class ReportFormAnswer(Shape):
    """By what a trade's visits go; `own`: the company set it for this very trade."""

    model_config = ConfigDict(json_schema_extra={"examples": [FORM]})

    trade: str
    own: bool
    version: int
    checklist: tuple[LineBody, ...]
    fields: tuple[FieldBody, ...]


def _each_once(where: str, codes: list[str]) -> None:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ValueError(f"{where}: the code {twice[0]} stands twice; use each once")


def _label(body: LabelBody) -> Label:
    return Label(code=body.code, en=body.en, zh=body.zh)
