"""Forms of visits by trade: the company's own in the place of the product's."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session, select

from crm.models import Customer, ReportForm
from crm.rules.access import Asker
from crm.rules.report_forms import ANY, DEFAULT, Extra, FieldKind, Form, Label, Line
from crm.store.customers import customers
from crm.store.house import audit
from crm.vocabulary import Purpose

NOUN = "report_form"  # in the audit trail


def own(session: Session, trade: str) -> ReportForm | None:
    """What the company set for a trade."""
    return session.exec(select(ReportForm).where(ReportForm.trade == trade)).one_or_none()


def form_of(session: Session, trade: str) -> Form:
    """By what a trade's visits go: its own form, that for any trade, or the product's."""
    for name in (trade, ANY):
        kept = own(session, name)
        if kept is not None and (kept.checklist or kept.fields):
            return from_data(kept.checklist, kept.fields)
    return DEFAULT


def trades_set(session: Session) -> list[str]:
    """The trades that have a form of their own."""
    kept = session.exec(select(ReportForm).order_by(ReportForm.trade)).all()
    return [form.trade for form in kept if form.trade != ANY and (form.checklist or form.fields)]


def trades_seen(session: Session, asker: Asker) -> set[str]:
    """The trades of the customers whom the asker may see."""
    query = select(Customer.trade).where(customers.are_visible_to(asker)).distinct()
    return set(session.exec(query))


def keep(session: Session, trade: str, form: Form, *, reason: str) -> ReportForm:
    """Set a trade's form; an empty one: the product's holds again."""
    checklist, fields = as_data(form)
    kept = own(session, trade)
    before: tuple[Any, Any] = ([], []) if kept is None else (kept.checklist, kept.fields)
    if kept is None:
        kept = ReportForm(trade=trade, checklist=checklist, fields=fields)
        session.add(kept)
    else:
        kept.checklist, kept.fields = checklist, fields
        kept.version += 1
    session.flush()
    audit.record(
        session,
        "set",
        noun=NOUN,
        key=trade,
        reason=reason,
        changes=[("checklist", before[0], checklist), ("fields", before[1], fields)],
    )
    return kept


def as_data(form: Form) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lists of a form as JSON."""
    return [asdict(line) for line in form.checklist], [asdict(field) for field in form.fields]


def from_data(checklist: list[dict[str, Any]], fields: list[dict[str, Any]]) -> Form:
    """The form that `as_data` wrote."""
    return Form(
        checklist=tuple(
            Line(label=Label(**line["label"]), purposes=tuple(map(Purpose, line["purposes"])))
            for line in checklist
        ),
        fields=tuple(
            Extra(
                label=Label(**field["label"]),
                kind=FieldKind(field["kind"]),
                choices=tuple(Label(**choice) for choice in field["choices"]),
                required=field["required"],
            )
            for field in fields
        ),
    )
