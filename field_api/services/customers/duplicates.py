"""Duplicates: found, compared side by side, merged into one card, or told apart for good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import Customer, DuplicatePair
from crm.rules.access import MERGES, Asker
from crm.store.customers import (
    card_merges,
    duplicates,
    merging,
    planned_at_merges,
    unfit_times,
)
from crm.store.customers.card_merges import CannotUnmerge, Merge, MergeNotFound
from crm.store.customers.duplicates import Pair, PairNotFound
from crm.store.house import audit
from crm.text import N_
from crm.vocabulary import CustomerStatus
from field_api.errors import CODES, InvalidInput
from field_api.services.people.roles import refuse_unless

PAGE_PAIRS = 50
FIELD, VERSION = "field-", "version-"  # of names in a page's form
LONGEST_VERSION = 9  # digits
MOST_PAGES = 200
PLACE, HOURS, INTERVAL, UNFIT = "place", "opening_hours", "interval", "unfit_times"
# what is chosen from one card or the other, and the columns that it means
CHOSEN: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "trade": ("trade",),
    "channel": ("channel",),
    "address": ("street", "postcode", "city"),
    PLACE: ("lat", "lon", "source_system", "source_lat", "source_lon", "place_origin",
            "territory_id"),
    "contact_name": ("contact_name",),
    "contact_phone": ("contact_phone",),
    "status": ("status",),
    "grade": ("grade",),
    "service_minutes": ("service_minutes",),
    "credit_score": ("credit_score",),
    "customer_since": ("customer_since",),
    INTERVAL: ("interval_days", "interval_reason"),
    HOURS: ("opening_hours", "opening_hours_problem"),
    UNFIT: (),
}  # fmt: skip
NAMES: dict[str, str] = {
    "name": N_("Name"),
    "trade": N_("Trade"),
    "channel": N_("Channel"),
    "address": N_("Address"),
    PLACE: N_("Where it lies"),
    "contact_name": N_("Contact"),
    "contact_phone": N_("Telephone"),
    "status": N_("Status"),
    "grade": N_("Grade"),
    "service_minutes": N_("Minutes a visit"),
    "credit_score": N_("Credit score"),
    "customer_since": N_("Customer since"),
    INTERVAL: N_("Days from visit to visit"),
    HOURS: N_("Opening hours"),
    UNFIT: N_("Times not to come"),
}
STATUS_NAMES: dict[CustomerStatus, str] = {
    CustomerStatus.PROSPECT: N_("prospect"),
    CustomerStatus.ACTIVE: N_("active"),
    CustomerStatus.STRUCK_OUT: N_("struck out"),
    CustomerStatus.BLACKLISTED: N_("blacklisted"),
}
BELONGING: dict[str, str] = {
    "visit": N_("visits"),
    "visit_report": N_("visit reports"),
    "promise": N_("promises"),
    "appointment": N_("appointments"),
    "key_person": N_("key people"),
    "customer_fact": N_("pieces of information"),
    "sale": N_("sales"),
}


class AlreadyMerged(Refused):
    """Somebody was faster."""

    def __init__(self, dropped: Customer, kept_code: str) -> None:
        super().__init__(
            N_("{code} {name} was merged into {kept} meanwhile; nothing was done twice."),
            code=dropped.code,
            name=dropped.name,
            kept=kept_code,
        )


class ToldApart(Refused):
    """Somebody who looked has said that these are two."""

    def __init__(self, pair: DuplicatePair) -> None:
        super().__init__(
            N_("{who} has said that these are two customers. Nothing was merged."),
            who=pair.apart_by,
        )


class PairChanged(Refused):
    """A card was changed since the asker looked."""

    def __init__(self) -> None:
        super().__init__(
            N_("One of the cards was changed meanwhile. Nothing was merged; look at both again.")
        )


CODES |= {
    PairNotFound: (404, "pair_not_found"),
    AlreadyMerged: (409, "already_merged"),
    PairChanged: (409, "pair_changed"),
    ToldApart: (409, "told_apart"),
    MergeNotFound: (404, "merge_not_found"),
    CannotUnmerge: (409, "cannot_unmerge"),
}


@dataclass(frozen=True, kw_only=True)
class FieldShown:
    """A field of both cards; `kept` says whose value would be better kept: 0 or 1."""

    key: str
    name: str
    values: tuple[str, str]
    differs: bool
    better: int


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The pairs of a page, of how many, and when they were looked for."""

    pairs: Sequence[Pair]
    count: int
    page: int
    pages: int
    searched_at: datetime | None
    merged: Sequence[Merge]  # those that can be taken back


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What came of a merge: codes, and the kept card's name."""

    kept: str
    name: str
    dropped: str


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A pair side by side; `better` is the card with more behind it."""

    found: Pair
    cards: tuple[Customer, Customer]
    fields: Sequence[FieldShown]
    belongings: tuple[Mapping[str, int], Mapping[str, int]]
    better: int
    merged: Customer | None  # the one of them that was merged already


def refuse_unless_merging(asker: Asker) -> None:
    """Raise `Forbidden` for who merges no cards."""
    refuse_unless(asker, MERGES, N_("Managers and the information admin merge cards; tell them."))


def listed(database: Database, asker: Asker, page: int, *, now: datetime) -> Listed:
    """The asker's pairs, the surest first; pages count from 1."""
    refuse_unless_merging(asker)
    with database.reading() as session:
        count = duplicates.counted(session, asker)
        pages = max(1, -(-count // PAGE_PAIRS))
        page = min(max(1, page), pages)
        offset = (page - 1) * PAGE_PAIRS
        return Listed(
            pairs=duplicates.listed(session, asker, offset=offset, limit=PAGE_PAIRS),
            count=count,
            page=page,
            pages=pages,
            searched_at=duplicates.last_search(session, asker),
            merged=card_merges.recent(session, asker, now),
        )


def search(database: Database, asker: Asker, *, now: datetime) -> int:
    """Look for duplicates among the asker's customers; answers how many pairs there are."""
    refuse_unless_merging(asker)
    return database.written(
        lambda session: duplicates.search(session, asker, now), by=asker, at=now
    )


def compared(database: Database, asker: Asker, pair_id: int) -> Compared:
    """A pair side by side. Raises `PairNotFound`."""
    refuse_unless_merging(asker)
    with database.reading() as session:
        found = duplicates.get(session, asker, pair_id)
        cards = (found.first, found.second)
        ids = (found.first.id or 0, found.second.id or 0)
        times = unfit_times.of(session, ids)
        owned = merging.belongings(session, ids)
        weights = [sum(owned[id_].values()) for id_ in ids]
        better = 1 if weights[1] > weights[0] else 0
        return Compared(
            found=found,
            cards=cards,
            fields=[
                _shown(key, cards, [times.get(id_, ()) for id_ in ids], better) for key in CHOSEN
            ],
            belongings=(owned[ids[0]], owned[ids[1]]),
            better=better,
            merged=next((card for card in cards if card.merged_into_id is not None), None),
        )


def tell_apart(database: Database, asker: Asker, pair_id: int, *, now: datetime) -> tuple[str, str]:
    """Remember that a pair are two customers; answers their names. Raises `PairNotFound`,
    `AlreadyMerged`."""
    refuse_unless_merging(asker)

    def work(session: Session) -> tuple[str, str]:
        found = duplicates.get(session, asker, pair_id, to_change=True)
        _refuse_merged(session, {card.code: card for card in (found.first, found.second)})
        duplicates.tell_apart(session, found, asker, now)
        return found.first.name, found.second.name

    return database.written(work, by=asker, at=now)


def merge(
    database: Database,
    asker: Asker,
    pair_id: int,
    *,
    keep: str,
    chosen: Mapping[str, str],
    versions: Mapping[str, int],
    today: date,
    now: datetime,
) -> Merged:
    """Merge a pair: the card with the code `keep` stays; `chosen` says by field whose value (a
    code) it bears from now on, the kept one's where nothing is said; `versions` are those of the
    cards that the asker saw. Visits to come go over with a note on their plans. Raises
    `PairNotFound`, `AlreadyMerged`, `ToldApart`, `PairChanged`, `InvalidInput`."""
    refuse_unless_merging(asker)

    def work(session: Session) -> Merged:
        found = duplicates.get(session, asker, pair_id, to_change=True)
        cards = {card.code: card for card in (found.first, found.second)}
        _refuse_merged(session, cards)
        if found.pair.apart:
            raise ToldApart(found.pair)
        if any(versions.get(code) != card.version for code, card in cards.items()):
            raise PairChanged
        if keep not in cards:
            raise InvalidInput("body.keep", N_("Choose which of the two cards stays."))
        kept = cards.pop(keep)
        (dropped,) = cards.values()
        session.info[audit.REASON] = "merge"
        was = card_merges.before(session, kept, dropped)
        _choose(session, kept, dropped, chosen)
        moved = merging.merge(session, kept, dropped)
        planned = planned_at_merges.hand_on(session, kept, dropped, today=today, now=now)
        card_merges.keep(session, was, kept, dropped, planned=planned, by=asker.name, now=now)
        merging.forget_pairs(session, dropped.id or 0, but=pair_id)
        details = {"merged": dropped.code, "moved": moved}
        audit.record(session, "merge", noun="customer", key=kept.code, details=details)
        return Merged(kept=kept.code, name=kept.name, dropped=dropped.code)

    return database.written(work, by=asker, at=now)


def undo_merge(database: Database, asker: Asker, number: int, *, now: datetime) -> Merged:
    """Make two cards of one again, each as it was. Raises `MergeNotFound`, `CannotUnmerge`."""
    refuse_unless_merging(asker)

    def work(session: Session) -> Merged:
        found = card_merges.get(session, asker, number)
        session.info[audit.REASON] = "undo_merge"
        card_merges.undo(session, found, now)
        return Merged(kept=found.kept.code, name=found.kept.name, dropped=found.dropped.code)

    return database.written(work, by=asker, at=now)


def chosen_in(fields: Mapping[str, str]) -> dict[str, str]:
    """By field the code of the card whose value is to stand, out of a page's form."""
    return {
        name.removeprefix(FIELD): code for name, code in fields.items() if name.startswith(FIELD)
    }


def versions_in(fields: Mapping[str, str]) -> dict[str, int]:
    """By code the version of the card that the page showed."""
    return {
        name.removeprefix(VERSION): int(value)
        for name, value in fields.items()
        if name.startswith(VERSION)
        and value.isascii()
        and value.isdecimal()
        and len(value) <= LONGEST_VERSION
    }


def _refuse_merged(session: Session, cards: Mapping[str, Customer]) -> None:
    for card in cards.values():
        if card.merged_into_id is not None:
            kept = session.get(Customer, card.merged_into_id)
            raise AlreadyMerged(card, kept.code if kept else "–")


def _choose(session: Session, kept: Customer, dropped: Customer, chosen: Mapping[str, str]) -> None:
    for field, code in chosen.items():
        if field not in CHOSEN or code not in (kept.code, dropped.code):
            raise InvalidInput(f"body.{field[:40]}", N_("Choose one of the two cards' values."))
        if code == kept.code:
            continue
        for column in CHOSEN[field]:
            setattr(kept, column, getattr(dropped, column))
        if field == UNFIT:
            assert kept.id is not None
            times = unfit_times.of(session, [dropped.id or 0]).get(dropped.id or 0, ())
            unfit_times.replace(session, {kept.id: times})
    session.flush()


def _shown(
    key: str, cards: tuple[Customer, Customer], times: Sequence[Any], better: int
) -> FieldShown:
    values = tuple(_value(key, card, own) for card, own in zip(cards, times, strict=True))
    better_here = better
    if not values[better] and values[1 - better]:
        better_here = 1 - better  # something is better than nothing
    return FieldShown(
        key=key,
        name=NAMES[key],
        values=(values[0], values[1]),
        differs=values[0] != values[1],
        better=better_here,
    )


def _value(key: str, card: Customer, times: Sequence[tuple[Any, ...]]) -> str:
    special = {
        PLACE: f"{card.lat:.5f}, {card.lon:.5f}" if card.placed else "",
        "address": " ".join(filter(None, (card.street, card.postcode, card.city))),
        INTERVAL: " ".join(filter(None, (str(card.interval_days or ""), card.interval_reason))),
        UNFIT: str(len(times) or ""),
        "status": STATUS_NAMES[card.status],
        "grade": card.grade.value if card.grade else "",
        "credit_score": "" if card.credit_score is None else str(card.credit_score),
    }
    return special[key] if key in special else str(getattr(card, key) or "")
