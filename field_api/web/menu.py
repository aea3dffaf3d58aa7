"""Where the desk leads, by role."""

from dataclasses import dataclass

from crm.rules.access import IMPORTS, KEEPS_ACCOUNTS, MANAGERS, ORGANISES
from crm.text import N_
from crm.vocabulary import Role

EVERYBODY = frozenset(Role) - {Role.REP}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the menu; `key` is the letter that leads there after `g`."""

    path: str
    text: str
    key: str
    icon: str
    here: bool = False


ENTRIES: tuple[tuple[Entry, frozenset[Role]], ...] = (
    (Entry(path="/desk", text=N_("Overview"), key="o", icon="home"), frozenset(MANAGERS)),
    (Entry(path="/desk/plans", text=N_("Plans"), key="p", icon="week"), frozenset(MANAGERS)),
    (
        Entry(path="/desk/reports", text=N_("Reports"), key="r", icon="report"),
        frozenset(MANAGERS),
    ),
    (
        Entry(path="/desk/promises", text=N_("Promises"), key="m", icon="promise"),
        frozenset(MANAGERS),
    ),
    (Entry(path="/desk/decisions", text=N_("Decisions"), key="d", icon="check"), EVERYBODY),
    (Entry(path="/desk/customers", text=N_("Customers"), key="c", icon="people"), EVERYBODY),
    (
        Entry(path="/desk/territories", text=N_("Territories"), key="t", icon="area"),
        frozenset(MANAGERS),
    ),
    (Entry(path="/desk/grading", text=N_("Grades"), key="n", icon="steps"), frozenset(MANAGERS)),
    (Entry(path="/desk/coverage", text=N_("Coverage"), key="v", icon="map"), frozenset(MANAGERS)),
    (Entry(path="/desk/analysis", text=N_("Analysis"), key="y", icon="plot"), frozenset(MANAGERS)),
    (
        Entry(path="/desk/imports", text=N_("Imports"), key="i", icon="import"),
        frozenset(MANAGERS) | frozenset(IMPORTS),
    ),
    (
        Entry(path="/desk/administration", text=N_("Administration"), key="a", icon="settings"),
        frozenset(MANAGERS) | frozenset(KEEPS_ACCOUNTS) | frozenset(ORGANISES),
    ),
)


def menu_of(role: Role, path: str) -> list[Entry]:
    """The lines of a role's menu; the one that a path belongs to is marked."""
    seen = [entry for entry, roles in ENTRIES if role in roles]
    deepest = max(
        (one.path for one in seen if path == one.path or path.startswith(one.path + "/")),
        key=len,
        default="",
    )
    return [
        Entry(path=e.path, text=e.text, key=e.key, icon=e.icon, here=e.path == deepest)
        for e in seen
    ]
