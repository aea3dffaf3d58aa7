"""A customer's file as it is answered: the operating card or the working copy."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from crm.models import Customer, CustomerFact, KeyPerson, Rep, Territory
from crm.rules.access import Asker, Reach, Realm
from crm.rules.cadence import gap_limits
from crm.rules.files import SEES_SALES, depth_of, quarter_of
from crm.rules.promises import standing
from crm.rules.reports import day_of
from crm.store.customers import customer_lists, files, history
from crm.store.grades import grading
from crm.store.house import audit_trail
from crm.store.promises import promises
from crm.vocabulary import FileDepth
from field_api.auth import Caller
from field_api.schemas.customers import (
    ContactPerson,
    CustomerOperatingCard,
    Frequency,
    GradeReasons,
    PromiseOwed,
    SalesFigures,
    VisitMade,
    WorkingCopy,
)
from field_api.schemas.files import FactAnswer, KeyPersonAnswer
from field_api.services.customers.card_changes import unfit_times_of
from field_api.services.planning.visits import interval_of
from field_api.settings import Settings

LAST_VISITS = 5
A_YEAR = timedelta(days=365)
A_DAY = timedelta(days=1)
TOLD_WITHOUT_SALES = frozenset(  # of a grade's evidence, to who does not see sales
    {"smaller", "graded", "percentile", "threshold", "score", "known_weight"}
)

FileAnswer = CustomerOperatingCard | WorkingCopy


def file_of(
    session: Session, settings: Settings, caller: Caller, customer: Customer, *, now: datetime
) -> FileAnswer:
    """The file of a customer that the caller was let see, at the depth of the caller's role."""
    today = day_of(now, caller.zone)
    if depth_of(caller.asker.role) is FileDepth.OPERATING_CARD:
        return _operating_card(session, settings, caller.asker, customer, today)
    return _working_copy(session, settings, caller.asker, customer, today)


def key_person_answer(asker: Asker, person: KeyPerson) -> KeyPersonAnswer:
    """A key person as kept, at the depth of the asker's role."""
    whole = depth_of(asker.role) is not FileDepth.OPERATING_CARD
    return KeyPersonAnswer(
        number=person.id or 0,
        version=person.version,
        name=person.name,
        post=person.post,
        phone=person.phone,
        say=person.say,
        attitude=person.attitude if whole else None,
        known_by=person.known_by if whole else None,
        notes=person.notes if whole else None,
        rank=person.rank,
    )


def fact_answer(fact: CustomerFact) -> FactAnswer:
    """A fact as kept; the content of a confidential one stands in the confidential file only."""
    return FactAnswer(
        number=fact.id or 0,
        version=fact.version,
        topic=fact.topic,
        content=None if fact.confidential else fact.content,
        source=fact.source,
        confidential=fact.confidential,
        noted_on=fact.noted_on,
    )


def _card(session: Session, customer: Customer) -> dict[str, object]:
    return {
        "version": customer.version,
        "code": customer.code,
        "name": customer.name,
        "status": customer.status,
        "place_origin": customer.place_origin,
        "street": customer.street,
        "postcode": customer.postcode,
        "city": customer.city,
        "lat": customer.lat if customer.placed else None,
        "lon": customer.lon if customer.placed else None,
        "contact_name": customer.contact_name,
        "contact_phone": customer.contact_phone,
        "opening_hours": customer.opening_hours,
        "opening_hours_problem": customer.opening_hours_problem,
        "unfit_times": unfit_times_of(session, customer),
    }


def _operating_card(
    session: Session, settings: Settings, asker: Asker, customer: Customer, today: date
) -> CustomerOperatingCard:
    return CustomerOperatingCard.model_validate(
        _card(session, customer)
        | {
            "people": [
                ContactPerson(
                    number=person.id or 0,
                    version=person.version,
                    name=person.name,
                    post=person.post,
                    phone=person.phone,
                    say=person.say,
                    rank=person.rank,
                )
                for person in files.key_people(session, customer)
            ],
            "last_visits": _visits(session, customer),
            "promises": _promises(session, settings, asker, customer, today),
        }
    )


def _working_copy(
    session: Session, settings: Settings, asker: Asker, customer: Customer, today: date
) -> WorkingCopy:
    territory = session.get(Territory, customer.territory_id) if customer.territory_id else None
    rep = session.get(Rep, territory.rep_id) if territory and territory.rep_id else None
    field_work = asker.reach(Realm.FIELD_WORK) is not Reach.NOTHING
    sales = asker.role in SEES_SALES
    return WorkingCopy.model_validate(
        _card(session, customer)
        | {
            "trade": customer.trade,
            "channel": customer.channel,
            "source_system": customer.source_system,
            "source_lat": customer.source_lat if customer.placed else None,
            "source_lon": customer.source_lon if customer.placed else None,
            "service_minutes": customer.service_minutes,
            "credit_score": customer.credit_score if sales else None,
            "customer_since": customer.customer_since,
            "territory_code": territory.code if territory else "",
            "rep_code": rep.code if rep else "",
            "grade": customer.grade,
            "grading": _grading(session, customer, with_sales=sales),
            "frequency": _frequency(session, customer),
            "people": [
                key_person_answer(asker, person) for person in files.key_people(session, customer)
            ],
            "facts": [fact_answer(fact) for fact in files.open_facts(session, customer)],
            "sales": _sales(session, customer, today) if sales else None,
            "last_visits": _visits(session, customer) if field_work else None,
            "promises": (
                _promises(session, settings, asker, customer, today) if field_work else None
            ),
            "verified_on": customer.verified_on,
            "due_for_verification": customer_lists.due(session, customer, quarter_of(today)),
        }
    )


def _grading(session: Session, customer: Customer, *, with_sales: bool) -> GradeReasons | None:
    past = grading.latest(session, customer)
    if past is None:
        return None
    evidence = {
        name: value
        for name, value in past.evidence.items()
        if with_sales or name in TOLD_WITHOUT_SALES
    }
    return GradeReasons(
        grade=past.grade,
        previous=past.previous,
        policy=past.policy,
        run_at=past.run_at,
        sales_from=past.sales_from,
        sales_to=past.sales_to,
        evidence=evidence,
    )


def _frequency(session: Session, customer: Customer) -> Frequency:
    interval_days = interval_of(customer)
    least, most = gap_limits(interval_days)
    own = customer.interval_days is not None
    decided = (
        audit_trail.history(session, "customer", customer.code, field="interval_days", limit=1)
        if own
        else []
    )
    return Frequency(
        interval_days=interval_days,
        least_gap_days=least,
        most_gap_days=most,
        own=own,
        reason=customer.interval_reason if own else "",
        approved_by=decided[0][1].actor if decided else "",
        approved_at=decided[0][1].at if decided else None,
    )


def _sales(session: Session, customer: Customer, today: date) -> SalesFigures:
    first = today - A_YEAR + A_DAY
    before = first - A_YEAR
    amount, previous = history.sales_in(
        session, customer, ((first, today), (before, first - A_DAY))
    )
    return SalesFigures(
        first_day=first, last_day=today, amount_cents=amount, previous_cents=previous
    )


def _visits(session: Session, customer: Customer) -> list[VisitMade]:
    return [
        VisitMade(date=visit.date, rep_code=rep_code)
        for visit, rep_code in history.visits_to(session, customer, most=LAST_VISITS)
    ]


def _promises(
    session: Session, settings: Settings, asker: Asker, customer: Customer, today: date
) -> list[PromiseOwed]:
    assert customer.id is not None
    owed = promises.open_of_customers(session, asker, [customer.id]).get(customer.id, [])
    return [
        PromiseOwed(
            code=promise.code,
            what=promise.what,
            to_whom=promise.to_whom,
            due=promise.due,
            standing=standing(
                promise.state, promise.due, today=today, soon_days=settings.due_soon_days
            ),
        )
        for promise in owed
    ]
