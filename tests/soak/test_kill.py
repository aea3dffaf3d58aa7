"""`kill -9` while reports come in: what was acknowledged is there, once, and the rest can be sent
again under its id."""

from datetime import UTC, datetime

import pytest

from bench.service import databases, kills, world
from bench.service.server import Server
from crm.database import Database

pytestmark = pytest.mark.slow
ROUNDS, REPS = 20, 8


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "place",
    [databases.file, pytest.param(databases.postgresql, marks=pytest.mark.second_database)],
)
def test_no_report_is_lost_or_doubled(place, tmp_path):
    now = datetime.now(UTC)
    with place(tmp_path) as bed:
        database = Database(bed.url)
        database.migrate()
        phones = world.build(database, today=now.date(), reps=REPS)
        database.close()
        server = Server(bed.url, tmp_path)
        server.start()
        try:
            phones = world.logged_in(server.port, phones)
            tally = kills.run(bed, server, phones, rounds=ROUNDS, now=now)
        finally:
            server.stop()
    assert "Traceback" not in server.said()
    assert tally.sound, tally
    assert tally.rounds == ROUNDS
