"""Customers, as deep as the asker may see them: listed, shown, edited, added."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import Territory
from crm.rules.access import Asker, Reach, Realm
from crm.rules.customer_status import NoSuchWay, who_decides
from crm.rules.files import ADDS_CUSTOMERS, KEEPS_FILES, depth_of, quarter_of
from crm.rules.reports import day_of
from crm.store.customers import corrections, customer_lists, customers
from crm.store.customers.customer_lists import Listed, Wanted
from crm.store.house import audit
from crm.text import N_
from crm.vocabulary import CustomerStatus, FileDepth, Grade
from field_api.auth import Caller
from field_api.errors import CODES, Forbidden, InvalidInput
from field_api.etags import Match
from field_api.schemas.card_changes import CardChanges, NewCustomerBody, PlaceBody
from field_api.schemas.customers import CustomerRow, FileRow, StatusBody
from field_api.schemas.values import Page
from field_api.services.customers import card_changes
from field_api.services.customers.customer_answers import FileAnswer, file_of
from field_api.services.pages import cursor, place, storable
from field_api.services.people.roles import refuse_unless
from field_api.settings import Settings

STATUS_FOR_OTHERS = N_("This change of standing is for others to decide; ask your manager.")
KEEPERS_ONLY = N_("Only managers and information admins write files; propose a correction.")


CODES |= {
    customers.CustomerCodeTaken: (409, "customer_code_taken"),
    customers.CustomerNotInCare: (409, "customer_not_in_care"),
    NoSuchWay: (409, "status_not_changed_so"),
}


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which customers are wanted, as they were asked for; None and empty: whatever."""

    text: str = ""
    status: CustomerStatus | None = None
    grade: Grade | None = None
    territory: str = ""
    rep: str = ""
    city: str = ""
    trade: str = ""
    due: bool | None = None


def listed(
    database: Database,
    caller: Caller,
    sought: Sought,
    *,
    after: str | None,
    limit: int,
    now: datetime,
) -> Page[CustomerRow]:
    """The caller's customers by code, in parts of at most `limit`. Raises `Forbidden` for what
    operating cards do not show."""
    behind = place(after, lambda code, _: storable(code))
    whole = depth_of(caller.asker.role) is not FileDepth.OPERATING_CARD
    if not whole and (sought.grade is not None or sought.due is not None):
        raise Forbidden(N_("Operating cards show neither grades nor verifications; leave it out."))
    wanted = Wanted(
        text=sought.text,
        status=sought.status,
        grade=sought.grade,
        territory=sought.territory,
        rep=sought.rep,
        city=sought.city,
        trade=sought.trade,
        due=sought.due,
        quarter=quarter_of(day_of(now, caller.zone)),
    )
    with database.reading() as session:
        found = customer_lists.listed(session, caller.asker, wanted, after=behind, limit=limit + 1)
        rows = [row_of(row, whole=whole) for row in found[:limit]]
        end = cursor(rows[-1].code, "") if len(found) > limit else None
        return Page(items=rows, next_cursor=end)


def row_of(row: Listed, *, whole: bool) -> CustomerRow:
    """A row of a list; `whole` for those who see more than operating cards."""
    customer = row.customer
    return CustomerRow(
        code=customer.code,
        name=customer.name,
        street=customer.street,
        city=customer.city,
        lat=customer.lat if customer.placed else None,
        lon=customer.lon if customer.placed else None,
        status=customer.status,
        file=FileRow(
            trade=customer.trade,
            channel=customer.channel,
            grade=customer.grade,
            territory_code=row.territory,
            rep_code=row.rep,
            interval_days=customer.interval_days,
            verified_on=customer.verified_on,
            due_for_verification=row.due,
        )
        if whole
        else None,
    )


def one(
    database: Database, settings: Settings, caller: Caller, code: str, *, now: datetime
) -> FileAnswer:
    """A customer's file at the depth of the caller's role; `CustomerNotFound`."""
    with database.reading() as session:
        customer = customers.get(session, caller.asker, code)
        return file_of(session, settings, caller, customer, now=now)


def edit(
    database: Database,
    settings: Settings,
    caller: Caller,
    code: str,
    match: Match,
    changes: CardChanges,
    *,
    now: datetime,
) -> FileAnswer:
    """Change fields of a customer's card.

    Raises `CustomerNotFound`, `Forbidden` for reps, `VersionChanged`, `InvalidInput` for opening
    hours that nobody can read and for a place where the customer would be lost to the caller.
    """

    def work(session: Session) -> FileAnswer:
        customer = customers.get(session, caller.asker, code, to_change=True)
        refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
        match.refuse_unless(customer.version)
        if changes.place is not None:
            refuse_out_of_sight(session, caller.asker, changes.place)
        card_changes.write(session, customer, changes)
        return file_of(session, settings, caller, customer, now=now)

    return database.written(work, by=caller.asker, at=now)


def add(
    database: Database, settings: Settings, caller: Caller, body: NewCustomerBody, *, now: datetime
) -> FileAnswer:
    """Add a customer or a prospect; the territory follows from the place.

    Raises `Forbidden`, `CustomerCodeTaken`, `InvalidInput` for opening hours nobody can read.
    """
    refuse_unless(
        caller.asker,
        ADDS_CUSTOMERS,
        N_("Only information admins and the general manager add customers."),
    )

    def work(session: Session) -> FileAnswer:
        customers.refuse_taken_code(session, body.code)
        customer = card_changes.add(session, body)
        return file_of(session, settings, caller, customer, now=now)

    return database.written(work, by=caller.asker, at=now)


def change_status(
    database: Database,
    settings: Settings,
    caller: Caller,
    code: str,
    match: Match,
    body: StatusBody,
    *,
    now: datetime,
) -> FileAnswer:
    """Take a prospect up, win a customer back, or blacklist one, with the reason on record; the
    same again changes nothing. Who is visited no more is owed nothing any more.

    Raises `CustomerNotFound`, `NoSuchWay`, `Forbidden`, `VersionChanged`.
    """

    def work(session: Session) -> FileAnswer:
        customer = customers.get(session, caller.asker, code, to_change=True)
        refuse_unless(caller.asker, KEEPS_FILES, STATUS_FOR_OTHERS)
        if customer.status is not body.status:
            refuse_unless(
                caller.asker, who_decides(customer.status, body.status), STATUS_FOR_OTHERS
            )
            match.refuse_unless(customer.version)
            session.info[audit.REASON] = body.reason
            if body.status is CustomerStatus.BLACKLISTED:
                corrections.leave_alone(session, customer, body.status, reason=body.reason, now=now)
            else:
                customer.status = body.status
            session.flush()
        return file_of(session, settings, caller, customer, now=now)

    return database.written(work, by=caller.asker, at=now)


def refuse_out_of_sight(session: Session, asker: Asker, body: PlaceBody) -> None:
    """Raise `InvalidInput` for a place where the customer would be lost to the asker."""
    if asker.reach(Realm.CUSTOMERS) is Reach.EVERYTHING:
        return
    territory = card_changes.territory_for(session, body)
    own = customers.territories_visible_to(asker)
    if territory is None or session.exec(own.where(Territory.id == territory.id)).first() is None:
        raise InvalidInput(
            "body.place",
            N_(
                "{lat}, {lon} lies in none of your territories; were the two swapped? "
                "The information admin moves customers to other districts."
            ),
            lat=body.lat,
            lon=body.lon,
        )
