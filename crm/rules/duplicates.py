"""Cards that may be of one customer: alike in name, near each other, or with the same telephone.

Only cards that share a block (a cell of the map and its neighbours, a name, a number) are
compared, and in a crowded block only with those next in the order of names: the work grows with
the number of cards, not with its square.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from crm.rules.places import metres_between

CELL_DEGREES = 0.001  # some hundred metres
CROWDED = 24  # cards in a block of which all pairs are compared
NEXT_IN_ORDER = 6  # in a crowded one
SHORTEST_NUMBER, COMPARED_DIGITS = 7, 8
NAME_WEIGHT = 0.6
NEARNESS = ((30, 25), (100, 15), (300, 5), (2000, 0))  # within metres: percent
FAR = -20
SAME_PHONE = 25
LEAST_PERCENT = 65
LEAST_NAME_PERCENT = 60  # without the same telephone at the same door
AT_THE_DOOR_M = 100
MOST_PAIRS = 5000
COMMON = re.compile(  # says what kind of business it is, not which
    r"(有限责任公司|股份有限公司|有限公司|分公司|公司|limited|ltd|gmbh|inc|llc|plc|co)$"
)
_NEIGHBOURS = ((0, 1), (1, -1), (1, 0), (1, 1))


@dataclass(frozen=True, kw_only=True)
class Card:
    """What is compared of a customer; `place` is (lat, lon), None where nobody knows it."""

    id: int
    name: str
    phone: str
    place: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Two cards alike: how sure in percent, how alike the names are in percent, the metres
    between them (None: a place is unknown), whether the telephone is the same."""

    first: int
    second: int
    percent: int
    name_percent: int
    metres: int | None
    same_phone: bool


def alike(cards: Iterable[Card]) -> list[Likeness]:
    """The pairs that may be one customer, the surest first; `first` is the smaller number."""
    known = {card.id: card for card in cards}
    names = {card.id: name_key(card.name) for card in known.values()}
    phones = {card.id: phone_key(card.phone) for card in known.values()}
    pieces = {id_: _bigrams(name) for id_, name in names.items()}
    found = []
    for first, second in _pairs(known, names, phones):
        name_percent = _dice(pieces[first], pieces[second])
        same_phone = bool(phones[first]) and phones[first] == phones[second]
        one = _likeness(known[first], known[second], name_percent, same_phone)
        if one is not None:
            found.append(one)
    found.sort(key=lambda pair: (-pair.percent, pair.first, pair.second))
    return found[:MOST_PAIRS]


def name_key(name: str) -> str:
    """A name without case, width, signs, and what only says that it is a company."""
    text = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())
    while (short := COMMON.sub("", text)) not in ("", text):
        text = short
    return text


def phone_key(phone: str) -> str:
    """The last digits of a telephone number; empty when there are too few to tell."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return digits[-COMPARED_DIGITS:] if len(digits) >= SHORTEST_NUMBER else ""


def _pairs(
    cards: Mapping[int, Card], names: Mapping[int, str], phones: Mapping[int, str]
) -> set[tuple[int, int]]:
    by_name: dict[str, list[int]] = defaultdict(list)
    by_phone: dict[str, list[int]] = defaultdict(list)
    by_cell: dict[tuple[int, int], list[int]] = defaultdict(list)
    for id_, card in cards.items():
        if names[id_]:
            by_name[names[id_]].append(id_)
        if phones[id_]:
            by_phone[phones[id_]].append(id_)
        if card.place is not None:
            lat, lon = card.place
            by_cell[math.floor(lat / CELL_DEGREES), math.floor(lon / CELL_DEGREES)].append(id_)
    found: set[tuple[int, int]] = set()
    for block in (*by_name.values(), *by_phone.values()):
        found.update(_within(block, names))
    for (row, column), block in by_cell.items():
        around = [by_cell.get((row + dy, column + dx), []) for dy, dx in _NEIGHBOURS]
        found.update(_within([*block, *(id_ for near in around for id_ in near)], names))
    return found


def _within(block: Sequence[int], names: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    if len(block) <= CROWDED:
        yield from ((min(pair), max(pair)) for pair in combinations(block, 2))
        return
    ordered = sorted(block, key=lambda id_: (names[id_], id_))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEXT_IN_ORDER]:
            yield min(one, other), max(one, other)


def _likeness(one: Card, other: Card, name_percent: int, same_phone: bool) -> Likeness | None:
    if name_percent < LEAST_NAME_PERCENT and not same_phone:
        return None
    metres = None
    near = 0
    if one.place is not None and other.place is not None:
        metres = metres_between(*one.place, *other.place)
        near = next((percent for within, percent in NEARNESS if metres <= within), FAR)
    if name_percent < LEAST_NAME_PERCENT and (metres is None or metres > AT_THE_DOOR_M):
        return None
    percent = round(NAME_WEIGHT * name_percent) + near + (SAME_PHONE if same_phone else 0)
    if percent < LEAST_PERCENT:
        return None
    return Likeness(
        first=min(one.id, other.id),
        second=max(one.id, other.id),
        percent=min(100, percent),
        name_percent=name_percent,
        metres=metres,
        same_phone=same_phone,
    )


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[n : n + 2] for n in range(len(text) - 1)) or frozenset([text])


def _dice(one: frozenset[str], other: frozenset[str]) -> int:
    return round(200 * len(one & other) / (len(one) + len(other)))
