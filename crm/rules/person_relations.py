"""关键人关系: how the key people at a customer's stand to each other, and in which order a picture
shows them: whoever others report to above those who do."""

from collections.abc import Iterable, Sequence

from crm.errors import Refused
from crm.text import N_

Edge = tuple[int, int]  # who reports, to whom


class ImpossibleRelation(Refused):
    """A relation that cannot be."""


def refuse_impossible(person: int, other: int, reporting: Iterable[Edge] = ()) -> None:
    """Raise `ImpossibleRelation` for a person and oneself, and where `other` reports to `person`
    already, directly or through others; `reporting` are the relations of that kind so far."""
    if person == other:
        raise ImpossibleRelation(N_("Choose two different people."))
    above = dict[int, set[int]]()
    for lower, upper in reporting:
        above.setdefault(lower, set()).add(upper)
    waiting, seen = [other], {other}
    while waiting:
        for upper in above.get(waiting.pop(), ()):
            if upper == person:
                raise ImpossibleRelation(
                    N_("They report to each other the other way round already; remove that first.")
                )
            if upper not in seen:
                seen.add(upper)
                waiting.append(upper)


def rows_of(people: Sequence[int], reporting: Iterable[Edge]) -> list[list[int]]:
    """The people in rows from the top, each below everybody they report to, in the order given
    within a row."""
    above: dict[int, set[int]] = {person: set() for person in people}
    for lower, upper in reporting:
        if lower in above and upper in above:
            above[lower].add(upper)
    placed: dict[int, int] = {}
    for _ in people:  # a chain is no longer than there are people
        for person in people:
            depth = max((placed.get(upper, 0) + 1 for upper in above[person]), default=0)
            placed[person] = min(depth, len(people) - 1)
    rows: list[list[int]] = [[] for _ in range(max(placed.values(), default=-1) + 1)]
    for person in people:
        rows[placed[person]].append(person)
    return [row for row in rows if row]
