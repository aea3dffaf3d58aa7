"""Whether a report answers what its trade's form asks."""

import pytest

from crm.rules.report_forms import DEFAULT, Extra, FieldKind, Label, faults_of
from crm.store.reports.report_forms import as_data, from_data


def a_field(kind: FieldKind, *choices: str, required: bool = False) -> Extra:
    labels = tuple(Label(code=code, en=code, zh=code) for code in choices)
    label = Label(code="f", en="F", zh="F")
    return Extra(label=label, kind=kind, choices=labels, required=required)


@pytest.mark.parametrize(
    ("field", "given", "fine"),
    [
        (a_field(FieldKind.TEXT), None, True),
        (a_field(FieldKind.TEXT, required=True), None, False),
        (a_field(FieldKind.TEXT, required=True), "  ", False),
        (a_field(FieldKind.TEXT, required=True), "x", True),
        (a_field(FieldKind.NUMBER), "3.5", True),
        (a_field(FieldKind.NUMBER), "three", False),
        (a_field(FieldKind.NUMBER), "inf", False),
        (a_field(FieldKind.NUMBER), "nan", False),
        (a_field(FieldKind.YES_NO), "yes", True),
        (a_field(FieldKind.YES_NO), "maybe", False),
        (a_field(FieldKind.CHOICE, "a", "b"), "b", True),
        (a_field(FieldKind.CHOICE, "a", "b"), "c", False),
    ],
)
def test_what_is_a_fault(field, given, fine):
    sent = {} if given is None else {"f": given}
    assert faults_of(sent, [field]) == ([] if fine else ["f"])


def test_what_the_form_does_not_know_is_no_fault():
    assert faults_of({"of an older form": "x"}, DEFAULT.fields) == []


def test_a_form_comes_back_from_its_data():
    assert from_data(*as_data(DEFAULT)) == DEFAULT
