"""What a test's database begins with: the worlds that many tests share are put together once a run
and copied, which costs less than writing their rows again."""

from collections.abc import Callable
from importlib import import_module

from crm.database import Database

EMPTY = "migrated"
# the fixture that asks for it -> the module whose `fill` makes it; imported when first needed
WORLDS = {"world": "tests.field_api.world", "planning": "tests.field_api.planning_world"}


def start_of(fixtures: list[str]) -> str:
    """The name of what a test with these fixtures begins with."""
    return next((name for name in WORLDS if name in fixtures), EMPTY)


def filler_of(start: str) -> Callable[[Database], None]:
    """What puts it into an empty migrated database."""
    if start == EMPTY:
        return lambda database: None
    fill: Callable[[Database], None] = import_module(WORLDS[start]).fill
    return fill
