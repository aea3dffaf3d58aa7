"""The service on a small world, in this process or as a server of its own."""

from collections.abc import Iterator

import pytest

from field_api.services.approvals import registry
from tests.field_api import planning_world as planning_worlds
from tests.field_api import world as worlds
from tests.field_api.approvals import MATTER, Owner
from tests.support import apps
from tests.support.serving import serving


@pytest.fixture(autouse=True)
def apps_are_given_back() -> Iterator[None]:
    yield
    apps.take_back()


@pytest.fixture
def world(database, tmp_path) -> worlds.World:
    return worlds.build(database, data_dir=str(tmp_path))


@pytest.fixture
def server(database, tmp_path, monkeypatch) -> Iterator[str]:
    """The `callcycle serve` process on the small world's database."""
    monkeypatch.setenv("CALLCYCLE_DATA_DIR", str(tmp_path))
    worlds.build(database)
    with serving("--db", database.url) as url:
        yield url


@pytest.fixture
def planning(database) -> planning_worlds.PlanningWorld:
    return planning_worlds.build(database)


@pytest.fixture
def owner(monkeypatch) -> Owner:
    """Whoever carries out what is approved, noting what is heard."""
    owner = Owner()
    kept = registry.Handlers(
        apply=owner.apply, closed=owner.hear, doubts=owner.doubts, parts=owner.parts
    )
    monkeypatch.setitem(registry._handlers, MATTER, kept)
    return owner
