"""The straight line by files of settings, and `callcycle roads fit`, `status` and `forget`."""

import json

import pytest
from typer.testing import CliRunner

from crm.rules.access import OPERATOR
from field_api.cli.main import app
from field_api.services.travel.travel_fit import NothingToFit, fit_straight_line
from field_api.services.travel.travel_times import EngineDown, TravelFileUnusable, travel_by
from field_api.settings import Settings
from routing.problem import NO_WAY, Place
from tests.builders import MDINA, SLIEMA, VALLETTA, VICTORIA_GOZO, a_customer
from tests.field_api.planning_world import territory_of
from tests.support.engines import fake_engine


@pytest.fixture
def engine():
    with fake_engine() as running:
        yield running


@pytest.fixture
def crowded(planning):
    """More customers, some kilometres apart."""
    with planning.database.writing() as session:
        territory = territory_of(session, "T1")
        for n in range(60):
            place = (VALLETTA[0] - n % 8 / 100, VALLETTA[1] - n // 8 / 100)
            session.add(a_customer(f"X{n:02}", place, territory_id=territory.id))
    return planning


def places(*spots):
    return [Place(id=str(n), lat=lat, lon=lon) for n, (lat, lon) in enumerate(spots)]


def seconds(database, *spots, **settings):
    return travel_by(Settings(**settings), database).matrices(places(*spots), "car")[0]


def test_the_calibration_is_written_and_plans(crowded, engine, tmp_path):
    out = tmp_path / "calibration.json"
    settings = Settings(osrm_url=engine.url)
    found = fit_straight_line(settings, crowded.database, OPERATOR, most=300, out=out)
    (one,) = found.fits
    assert found.source == "osrm:2026-11-01"
    assert one.after.median < one.before.median / 2
    first = out.read_bytes()
    fit_straight_line(settings, crowded.database, OPERATOR, most=300, out=out)
    assert out.read_bytes() == first
    fitted = Settings(calibration=str(out))
    travel = travel_by(fitted, crowded.database)
    assert travel.source.startswith("straight_line:fitted to osrm:2026-11-01 ")
    told = seconds(crowded.database, VALLETTA, MDINA, travel="osrm", osrm_url=engine.url)
    mine = seconds(crowded.database, VALLETTA, MDINA, calibration=str(out))
    plain = seconds(crowded.database, VALLETTA, MDINA)
    assert abs(mine[0, 1] - told[0, 1]) < abs(plain[0, 1] - told[0, 1]) / 3
    assert not list(tmp_path.glob("*.part"))


def test_too_few_customers_to_fit(planning, engine, tmp_path):
    engine.unreachable = {(round(c.lat, 6), round(c.lon, 6)) for c in planning.customers()}
    out = tmp_path / "calibration.json"
    with pytest.raises(NothingToFit):
        fit_straight_line(
            Settings(osrm_url=engine.url), planning.database, OPERATOR, most=300, out=out
        )
    assert not out.exists()


def test_fitting_needs_the_engine(crowded, engine, tmp_path):
    engine.mishaps = [(503, b"")] * 9
    with pytest.raises(EngineDown):
        fit_straight_line(
            Settings(osrm_url=engine.url), crowded.database, OPERATOR, most=300, out=tmp_path / "c"
        )


def test_the_samples_barriers_hold_the_harbour_and_the_ferry(planning):
    around = seconds(planning.database, SLIEMA, VALLETTA, VICTORIA_GOZO, barriers="malta")
    straight = seconds(planning.database, SLIEMA, VALLETTA, VICTORIA_GOZO)
    assert around[0, 1] > 1.4 * straight[0, 1]
    assert around[1, 2] > straight[1, 2] + 45 * 60
    assert around.max() < NO_WAY
    source = travel_by(Settings(barriers="malta"), planning.database).source
    assert source.startswith("straight_line:water of malta ")


@pytest.mark.parametrize("setting", ["calibration", "barriers"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"features": []}'])
def test_a_file_that_cannot_be_used_is_named(planning, tmp_path, setting, content):
    path = tmp_path / "wrong.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TravelFileUnusable, match=r"wrong\.json cannot be used"):
        travel_by(Settings(**{setting: str(path)}), planning.database)


@pytest.fixture
def command(crowded, engine, monkeypatch):
    """`callcycle roads …` on the database, by OSRM."""
    monkeypatch.setenv("CALLCYCLE_TRAVEL", "osrm")
    monkeypatch.setenv("CALLCYCLE_OSRM_URL", engine.url)
    monkeypatch.setenv("CALLCYCLE_LANG", "en")

    def run(*words):
        return CliRunner().invoke(app, ["roads", *words, "--db", crowded.database.url])

    return run


def test_fit_status_and_forget(command, engine, tmp_path, crowded):
    out = tmp_path / "calibration.json"
    fitted = command("fit", "--out", str(out))
    assert fitted.exit_code == 0, fitted.output
    assert "error of a leg, median" in fitted.output
    assert json.loads(out.read_text("utf-8"))["fitted_to"] == "osrm:2026-11-01"
    seconds(crowded.database, VALLETTA, MDINA, travel="osrm", osrm_url=engine.url)
    status = command("status").output
    assert "by road, by OSRM (data 2026-11-01)." in status
    assert f"{engine.url} within 1000 m" in status
    engine.version = "2026-12-01"
    assert "the ways from 0 places" not in command("forget").output
    assert "Remembered" not in command("status").output
    assert "the ways from 0 places" in command("forget", "--all").output


def test_the_status_tells_when_the_engine_is_away(command, engine):
    engine.mishaps = [(503, b"")] * 9
    assert isinstance(command("status").exception, EngineDown)
