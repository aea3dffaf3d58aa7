"""Everything that waits for a decision, by kind, and what there is to know for deciding it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, Attachment, Customer
from crm.rules.access import Asker
from crm.store import approvals
from crm.store.approvals import Box, Names, decision_facts
from crm.store.promises import promise_board
from crm.vocabulary import ApprovalMatter
from field_api.schemas.approvals import ApprovalAnswer, StoryAnswer
from field_api.services.approvals.telling import short, told
from field_api.services.decisions.decision_changes import changes_in_all, changes_of, reps_named
from field_api.services.decisions.decision_costs import Fact, costs_of
from field_api.services.pages import cursor, instant, place
from field_api.services.pictures.evidence import place_change
from field_api.services.reports.report_words import Change
from field_api.wording import Language

PAGE = 100
CHANGES_IN_LIST = 1


class Shelf(StrEnum):
    """Which of the decisions that one may see."""

    WAITING = "waiting"  # for the asker
    ASKED = "asked"  # by the asker, however they stand
    OPEN = "open"  # for whomever
    DECIDED = "decided"


WANTED: dict[Shelf, approvals.Wanted] = {
    Shelf.WAITING: approvals.Wanted(box=Box.WAITING),
    Shelf.ASKED: approvals.Wanted(box=Box.ASKED),
    Shelf.OPEN: approvals.Wanted(closed=False),
    Shelf.DECIDED: approvals.Wanted(closed=True),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which decisions are wanted; of one matter, or of any."""

    shelf: Shelf = Shelf.WAITING
    matter: ApprovalMatter | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """Something asked for, with the first field it changes, and how many there are."""

    asked: ApprovalAnswer
    changes: tuple[Change, ...]
    in_all: int
    subject: str

    @property
    def together(self) -> bool:
        """Whether it may be decided with others at once."""
        return self.asked.i_may_decide and self.asked.matter is ApprovalMatter.CUSTOMER_CORRECTION


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A part of the list by kind, where the next one begins, and what waits by kind."""

    groups: list[tuple[ApprovalMatter, list[Row]]]
    next_cursor: str | None
    waiting: Mapping[ApprovalMatter, int]

    @property
    def waiting_in_all(self) -> int:
        """How many wait for the asker."""
        return sum(self.waiting.values())


@dataclass(frozen=True, kw_only=True)
class OpenDecision:
    """What was asked for with all there is to weigh. `has_map`: a place is part of it."""

    story: StoryAnswer
    changes: tuple[Change, ...]
    in_all: int
    costs: list[Fact]
    customer: Customer | None
    photos: list[Attachment]
    report_id: UUID | None
    has_map: bool


def listed(
    database: Database,
    asker: Asker,
    wanted: Wanted,
    *,
    now: datetime,
    language: Language,
    after: str | None = None,
    limit: int = PAGE,
) -> Listed:
    """The decisions wanted, by kind, in each the last asked for first. Raises `InvalidInput` for a
    cursor of no list."""
    behind = place(after, lambda at, number: (instant(at), UUID(number)))
    with database.reading() as session:
        found = approvals.newest(
            session, asker, _store_wanted(wanted), limit=limit + 1, before=behind
        )
        shown = found[:limit]
        rows = _rows(session, asker, shown, now, language)
        waiting = approvals.waiting_by_matter(session, asker)
    end = None
    if len(found) > limit:
        end = cursor(shown[-1].asked_at.isoformat(), str(shown[-1].id))
    groups = [
        (matter, [row for row in rows if row.asked.matter is matter]) for matter in ApprovalMatter
    ]
    return Listed(groups=[group for group in groups if group[1]], next_cursor=end, waiting=waiting)


def opened(
    database: Database, asker: Asker, approval_id: UUID, *, now: datetime, language: Language
) -> OpenDecision:
    """Something asked for with all about it. Raises `ApprovalNotFound`."""
    with database.reading() as session:
        approval = approvals.get(session, asker, approval_id)
        code = approval.payload.get("customer")
        customer = decision_facts.customer_named(session, code) if code else None
        reps = decision_facts.rep_names(session, reps_named([approval]))
        report_id = None
        photos: list[Attachment] = []
        if customer is not None and customer.id is not None:
            photos = promise_board.photos_of_customer(session, asker, customer.id)
            report_id = decision_facts.report_behind(session, asker, customer)
        return OpenDecision(
            story=told(session, approval, asker, now=now, language=language),
            changes=changes_of(approval, language, reps=reps),
            in_all=changes_in_all(approval),
            costs=costs_of(session, approval, language),
            customer=customer,
            photos=photos,
            report_id=report_id,
            has_map=bool(place_change(approval) or approval.payload.get("position")),
        )


def chosen(
    database: Database,
    asker: Asker,
    approval_ids: Sequence[UUID],
    *,
    now: datetime,
    language: Language,
) -> list[OpenDecision]:
    """Several at once, as they were chosen; those that are not the asker's to decide are left
    out."""
    found = []
    for approval_id in dict.fromkeys(approval_ids):
        try:
            one = opened(database, asker, approval_id, now=now, language=language)
        except approvals.ApprovalNotFound:
            continue
        if one.story.i_may_decide:
            found.append(one)
    return found


def next_waiting(database: Database, asker: Asker, wanted: Wanted, *, besides: UUID) -> UUID | None:
    """The next one that waits for the asker; None: nothing does."""
    with database.reading() as session:
        waiting = _store_wanted(Wanted(matter=wanted.matter))
        found = approvals.newest(session, asker, waiting, limit=2)
    return next((one.id for one in found if one.id != besides), None)


def _store_wanted(wanted: Wanted) -> approvals.Wanted:
    base = WANTED[wanted.shelf]
    return approvals.Wanted(box=base.box, closed=base.closed, matter=wanted.matter)


def _rows(
    session: Session,
    asker: Asker,
    shown: Sequence[Approval],
    now: datetime,
    language: Language,
) -> list[Row]:
    names: Names = approvals.names_of(session, shown)
    reps = decision_facts.rep_names(session, reps_named(shown))
    return [
        Row(
            asked=ApprovalAnswer(**short(one, names, asker, now, language)),
            changes=changes_of(one, language, reps=reps, most=CHANGES_IN_LIST),
            in_all=changes_in_all(one),
            subject=str(one.payload.get("customer", "")),
        )
        for one in shown
    ]
