"""The service on a small world."""

import pytest

from tests.field_api import world as worlds


@pytest.fixture
def world(database) -> worlds.World:
    return worlds.build(database)
