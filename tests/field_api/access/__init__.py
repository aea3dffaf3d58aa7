"""What every role and nobody gets of each route: one file a noun, each with its TABLE.

`(method, path of the route) -> Case`. A route that stands in no table fails the test.
"""

import importlib
import pkgutil
from dataclasses import dataclass
from typing import Any

from tests.field_api.world import ROLES

NOBODY = None
ASKERS = [*ROLES, NOBODY]
REPS = ("rep1", "rep2", "rep3")
MANAGERS = ("malta", "gozo", "south", "north", "general", "chairman")

EVERYBODY = dict.fromkeys(ASKERS, 200)
LOGGED_IN = dict.fromkeys(ROLES, 200) | {NOBODY: 401}


def only(*names: str, otherwise: int = 403, status: int = 200) -> dict[str | None, int]:
    """These get it, whoever else is logged in `otherwise`, nobody 401."""
    return dict.fromkeys(ROLES, otherwise) | dict.fromkeys(names, status) | {NOBODY: 401}


# what is R1's: the rep's own, the manager's and the director's above, those without a boundary
OF_R1 = only("rep1", "malta", "south", "general", "chairman", otherwise=404)
# a customer of R1's: also the information admin's
CUSTOMER_OF_R1 = OF_R1 | {"info": 200}
REPS_ONLY = only(*REPS)
MANAGERS_ONLY = only(*MANAGERS)


@dataclass(frozen=True, kw_only=True)
class Case:
    """An address to call, what to send (JSON as `body`, or a `form`), and the status by asker.
    `prepare(session)` sets the world before each asker, `before(world)` does so once rep1's report
    is there."""

    path: str
    expected: dict[str | None, int]
    body: Any = None
    form: Any = None
    headers: dict[str, str] | None = None
    files: Any = None
    prepare: Any = None
    before: Any = None


def collected() -> dict[tuple[str, str], Case]:
    """The tables of all nouns; a route in two of them is a mistake."""
    table: dict[tuple[str, str], Case] = {}
    for module in pkgutil.iter_modules(__path__):
        for key, case in importlib.import_module(f"{__name__}.{module.name}").TABLE.items():
            assert key not in table, key
            table[key] = case
    return table
