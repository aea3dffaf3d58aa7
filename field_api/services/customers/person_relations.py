"""The relations of key people as they are noted, and their picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import PersonRelation
from crm.rules.files import KEEPS_FILES
from crm.rules.person_relations import ImpossibleRelation, rows_of
from crm.store.customers import customers, person_relations
from crm.store.customers.person_relations import RelationNotFound
from crm.store.house import audit
from crm.vocabulary import RelationKind
from field_api.auth import Caller
from field_api.errors import CODES
from field_api.schemas.files import KeyPersonAnswer
from field_api.schemas.person_relations import PersonRelationAnswer
from field_api.services.customers.files import KEEPERS_ONLY
from field_api.services.people.roles import refuse_unless

NOUN = "person_relation"
BOX_WIDTH, BOX_HEIGHT = 152, 48
GAP, ROW_HEIGHT = 24, 112
BOW = 40  # how far a relation within a row hangs down
LONGEST_NAME = 18  # characters in a box
CODES |= {
    ImpossibleRelation: (422, "impossible_relation"),
    RelationNotFound: (404, "relation_not_found"),
}


@dataclass(frozen=True, kw_only=True)
class Box:
    """A person in the picture: the left upper corner of the box in pixels."""

    person: KeyPersonAnswer
    name: str
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """A relation in the picture: an SVG path from the person's box to the other's, and where its
    word stands."""

    relation: PersonRelation
    path: str
    text_x: int
    text_y: int


@dataclass(frozen=True, kw_only=True)
class RelationPicture:
    """Who stands how to whom, in pixels."""

    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[Line]


def listed(database: Database, caller: Caller, code: str) -> list[PersonRelationAnswer]:
    """The relations of a customer's key people. Raises `CustomerNotFound`, `Forbidden`."""
    with database.reading() as session:
        customer = customers.get(session, caller.asker, code)
        refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
        return [_answer(one) for one in person_relations.of(session, customer)]


def add(
    database: Database,
    caller: Caller,
    code: str,
    *,
    person: int,
    other: int,
    kind: RelationKind,
    note: str,
    now: datetime,
) -> PersonRelationAnswer:
    """Note how a key person stands to another. Raises `CustomerNotFound`, `Forbidden`,
    `KeyPersonNotFound`, `ImpossibleRelation`."""

    def work(session: Session) -> PersonRelationAnswer:
        customer = customers.get(session, caller.asker, code)
        refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
        added = person_relations.add(session, customer, person, other, kind, note)
        _told(session, "add", added, customer.code)
        return _answer(added)

    return database.written(work, by=caller.asker, at=now)


def remove(database: Database, caller: Caller, code: str, number: int, *, now: datetime) -> None:
    """Take a relation away. Raises `CustomerNotFound`, `Forbidden`, `RelationNotFound`."""

    def work(session: Session) -> None:
        customer = customers.get(session, caller.asker, code)
        refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
        gone = person_relations.remove(session, customer, number)
        _told(session, "remove", gone, customer.code)

    database.written(work, by=caller.asker, at=now)


def picture(
    people: Sequence[KeyPersonAnswer], relations: Sequence[PersonRelation]
) -> RelationPicture | None:
    """The picture of the people, those above to whom others report; None for fewer than two."""
    if len(people) <= 1:
        return None
    reporting = [
        (one.person_id, one.other_id) for one in relations if one.kind is RelationKind.REPORTS_TO
    ]
    rows = rows_of([person.number for person in people], reporting)
    widest = max(len(row) for row in rows)
    width = widest * (BOX_WIDTH + GAP) - GAP + 2
    by_number = {person.number: person for person in people}
    boxes: dict[int, Box] = {}
    for level, row in enumerate(rows):
        left = (width - (len(row) * (BOX_WIDTH + GAP) - GAP)) // 2
        for place, number in enumerate(row):
            name = by_number[number].name
            boxes[number] = Box(
                person=by_number[number],
                name=name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…",
                x=left + place * (BOX_WIDTH + GAP),
                y=1 + level * ROW_HEIGHT,
            )
    lines = [
        _line(one, boxes[one.person_id], boxes[one.other_id])
        for one in relations
        if one.person_id in boxes and one.other_id in boxes
    ]
    height = (len(rows) - 1) * ROW_HEIGHT + BOX_HEIGHT + 2 + (BOX_HEIGHT if lines else 0)
    return RelationPicture(width=width, height=height, boxes=list(boxes.values()), lines=lines)


def _line(relation: PersonRelation, start: Box, end: Box) -> Line:
    """Straight from row to row; within a row in a bow below the boxes, so that it crosses none."""
    x1, x2 = start.x + BOX_WIDTH // 2, end.x + BOX_WIDTH // 2
    middle = (x1 + x2) // 2
    if start.y == end.y:
        y = start.y + BOX_HEIGHT
        path = f"M{x1} {y} C{x1} {y + BOW} {x2} {y + BOW} {x2} {y}"
        return Line(relation=relation, path=path, text_x=middle, text_y=y + BOW - 4)
    upward = start.y > end.y
    y1 = start.y if upward else start.y + BOX_HEIGHT
    y2 = end.y + BOX_HEIGHT if upward else end.y
    path = f"M{x1} {y1} L{x2} {y2}"
    return Line(relation=relation, path=path, text_x=middle, text_y=(y1 + y2) // 2 + 4)


def _answer(one: PersonRelation) -> PersonRelationAnswer:
    return PersonRelationAnswer(
        number=one.id or 0, person=one.person_id, other=one.other_id, kind=one.kind, note=one.note
    )


def _told(session: Session, action: str, one: PersonRelation, code: str) -> None:
    details = {"person": one.person_id, "other": one.other_id, "kind": one.kind.value}
    audit.record(session, action, noun=NOUN, key=code, details=details)
