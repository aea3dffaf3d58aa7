"""What tests are made of is let go with them: a worker that kept each world would fill up."""

import gc
import weakref

import pytest

from tests.field_api import world as worlds
from tests.support import apps


@pytest.mark.one_database
def test_a_world_is_let_go_when_another_is_built(database):
    world = worlds.build(database)
    assert world.client("malta").get("/desk").status_code == 200
    kept = weakref.ref(world)
    del world
    apps.take_back()
    worlds.build(database)
    gc.collect()
    assert kept() is None
