"""What there is to weigh about something asked for: what it costs, and what falls away with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from crm.models import Approval, Customer
from crm.store.approvals import decision_facts
from crm.text import N_
from crm.vocabulary import ApprovalMatter, ApprovalState, ExportKind
from field_api.schemas.card_changes import PlaceBody
from field_api.services.customers import card_changes
from field_api.services.planning.visits import interval_of, service_s_of, usual_interval_of
from field_api.services.reports.report_words import NOTHING
from field_api.wording import Language, listed, say
from field_api.words import in_words
from maps import figures

YEAR_DAYS = 365
HOUR_S = 3600
CENTS = 100
Found = Iterator[tuple[str, str]]  # a text of the catalogues, and how much


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something to weigh, and how much it is, in words."""

    label: str
    value: str


def costs_of(session: Session, approval: Approval, language: Language) -> list[Fact]:
    """What there is to weigh about an open approval that the asker was let see."""
    if approval.state is not ApprovalState.OPEN:
        return []
    return [
        Fact(label=say(language, label), value=value)
        for label, value in COSTS.get(approval.matter, _nothing)(session, approval, language)
    ]


def _nothing(_session: Session, _approval: Approval, _language: Language) -> Found:
    yield from ()


def _of_frequency(session: Session, approval: Approval, language: Language) -> Found:
    changes = approval.payload.get("changes", [])
    customer = _customer(session, approval)
    if customer is None:
        more = sum(YEAR_DAYS / one["after"] - YEAR_DAYS / one["before"] for one in changes)
        yield N_("Customers"), f"{len(changes):,}"
        yield N_("Visits a year"), f"{more:+,.0f}"
        return
    usual_days = usual_interval_of(customer)
    before, after = (changes[0][key] or usual_days for key in ("before", "after"))
    more = YEAR_DAYS / after - YEAR_DAYS / before
    spent_s = round(abs(more) * service_s_of(customer))
    yield N_("Visits a year"), f"{more:+.0f}"
    sign = "+" if more >= 0 else "−"
    yield N_("Hours at the customer a year"), f"{sign} {figures.hours(spent_s, language)}"
    yield N_("By the grade"), say(language, N_("every {n} days"), n=usual_days)


def _of_strike_out(session: Session, approval: Approval, language: Language) -> Found:
    customer = _customer(session, approval)
    if customer is None:
        return
    asked_on = approval.asked_at.date()
    owed = decision_facts.owed_to(session, customer, since=asked_on)
    sold = decision_facts.sales_cents(session, customer, since=asked_on - timedelta(days=YEAR_DAYS))
    yearly = YEAR_DAYS / interval_of(customer)
    yield N_("Open promises, withdrawn with it"), str(owed.promises)
    yield N_("Appointments, called off with it"), str(owed.appointments)
    yield N_("Visits in plans, which fall away"), str(owed.planned)
    yield N_("Visits a year"), f"{-yearly:+.0f}"
    yield N_("Sales of the last year"), f"{sold / CENTS:,.0f}"


def _of_correction(session: Session, approval: Approval, language: Language) -> Found:
    if "distance_m" in approval.payload:
        away = figures.distance(approval.payload["distance_m"], language)
        yield N_("The rep stood from the place"), away
    customer = _customer(session, approval)
    for change in approval.payload["changes"]:
        if change["field"] == card_changes.PLACE and change["after"] and customer is not None:
            after = card_changes.territory_for(
                session, PlaceBody.model_validate(change["after"], strict=False)
            )
            names = (decision_facts.territory_name(session, customer), after.name if after else "")
            shown = [name or NOTHING for name in dict.fromkeys(names)]
            yield N_("Territory"), " → ".join(shown)


def _of_grading(_session: Session, approval: Approval, language: Language) -> Found:
    yield N_("Customers that move"), f"{approval.size:,}"
    counts = approval.payload.get("counts", {})
    yield N_("By grade"), listed(language, (f"{g} {n:,}" for g, n in sorted(counts.items())))


def _of_territories(_session: Session, approval: Approval, language: Language) -> Found:
    effects = approval.payload.get("effects", {})
    yield N_("Customers that change hands"), f"{effects.get('moved', 0):,}"
    if effects.get("stranded"):
        yield N_("Customers in no territory"), str(len(effects["stranded"]))
    if effects.get("cut"):
        yield N_("Neighbours that lose ground"), listed(language, effects["cut"])
    if removed := approval.payload.get("removed"):
        yield N_("Territories that go"), listed(language, (one["code"] for one in removed))
    if day := approval.payload.get("takes_effect_on"):
        yield N_("Takes effect on"), figures.day(date.fromisoformat(day), language)


def _of_plan(session: Session, approval: Approval, language: Language) -> Found:
    found = decision_facts.plan_figures(session, approval.payload["plan_id"])
    if not found:
        return
    yield (
        N_("Visits on a day"),
        say(language, N_("{part} of {whole}"), part=found["planned"], whole=found["required"]),
    )
    yield N_("On the road"), figures.hours(found["travel_s"], language)
    yield (
        N_("Hours needed"),
        say(
            language,
            N_("{part} of {whole}"),
            part=figures.hours(found["needed_s"], language),
            whole=figures.hours(found["available_s"], language),
        ),
    )


def _of_export(_session: Session, approval: Approval, language: Language) -> Found:
    yield N_("What"), in_words(language, ExportKind(approval.payload["kind"]))
    yield N_("Rows"), f"{approval.size:,}"
    chosen = approval.payload.get("filters") or {}
    if chosen:
        yield N_("Only"), listed(language, (str(value) for value in chosen.values()))
    hours = approval.payload.get("hours", 0)
    yield N_("May be fetched for"), figures.duration(hours * HOUR_S, language)


def _of_day_change(_session: Session, approval: Approval, language: Language) -> Found:
    lost = approval.payload.get("lost", [])
    yield N_("Visits that are owed and fall away"), str(len(lost))
    yield N_("Day"), figures.day(date.fromisoformat(approval.payload["day"]), language)


COSTS: dict[ApprovalMatter, Callable[[Session, Approval, Language], Found]] = {
    ApprovalMatter.FREQUENCY: _of_frequency,
    ApprovalMatter.STRIKE_OUT: _of_strike_out,
    ApprovalMatter.CUSTOMER_CORRECTION: _of_correction,
    ApprovalMatter.GRADING: _of_grading,
    ApprovalMatter.TERRITORIES: _of_territories,
    ApprovalMatter.PLAN: _of_plan,
    ApprovalMatter.EXPORT: _of_export,
    ApprovalMatter.DAY_CHANGE: _of_day_change,
}


def _customer(session: Session, approval: Approval) -> Customer | None:
    code = approval.payload.get("customer")
    return decision_facts.customer_named(session, code) if code else None
