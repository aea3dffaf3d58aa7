"""`callcycle geocode`, as people call it."""

import os
import signal
import subprocess
import sys
import threading
from time import sleep

import pytest
from sqlmodel import select

from crm.models import Customer
from crm.vocabulary import PlaceOrigin
from field_api.cli import main
from tests.field_api.import_files import bring
from tests.support import geocoders
from tests.support.geocoders import Spot

HOUSE = Spot(name="Merchants Street", town="Valletta", lat=35.8985, lon=14.5133)
ROWS = "\n".join(f"W{n},Café {n},{n} Merchants Street,Valletta,," for n in range(1, 6))
A_BLINK_S = 0.01
pytestmark = pytest.mark.one_database


@pytest.fixture
def fake(monkeypatch):
    with geocoders.running() as fake:
        fake.gazetteer |= {"Merchants": [HOUSE]}
        settings = {"": "nominatim", "_URL": fake.url, "_PAUSE_S": "0"}
        for name, value in settings.items():
            monkeypatch.setenv(f"CALLCYCLE_GEOCODER{name}", value)
        yield fake


@pytest.fixture
def waiting(database, tmp_path):
    """Five customers without a place."""
    bring(database, tmp_path, "customers", f"code,name,street,city,lat,lon\n{ROWS}\n")
    return database


def call(monkeypatch, capsys, database, *arguments):
    monkeypatch.setattr(sys, "argv", ["callcycle", "geocode", "--db", database.url, *arguments])
    with pytest.raises(SystemExit) as ended:
        main.main()
    said = capsys.readouterr()
    return ended.value.code, said.out + said.err


def placed(database):
    with database.reading() as session:
        found = select(Customer).where(Customer.place_origin == PlaceOrigin.FOUND)
        return len(session.exec(found).all())


def test_a_dry_run_asks_nobody(waiting, fake, monkeypatch, capsys):
    code, said = call(monkeypatch, capsys, waiting, "--dry-run", "--limit", "2")
    assert code == 0
    assert "nominatim would be asked for 2 of 5 customers" in said
    assert "W1: 1 Merchants Street, Valletta" in said
    assert fake.asked == []


def test_it_asks_tells_and_draws(waiting, fake, monkeypatch, capsys, tmp_path):
    fake.gazetteer = {"1 Merch": [HOUSE], "2 Merch": [HOUSE]}
    code, said = call(monkeypatch, capsys, waiting, "--limit", "3", "--map", str(tmp_path / "m"))
    assert code == 0
    assert "2 placed by their addresses" in said
    assert "1 not found, queued for a person; 2 not asked for yet" in said
    assert "3 customers without a place drawn" in said
    assert "Café 3" in (tmp_path / "m").read_text("utf-8")


def test_without_a_geocoder_it_says_how_to_have_one(waiting, monkeypatch, capsys, tmp_path):
    code, said = call(monkeypatch, capsys, waiting)
    assert code == 3
    assert "CALLCYCLE_GEOCODER" in said
    code, said = call(monkeypatch, capsys, waiting, "--map", str(tmp_path / "m.html"))
    assert code == 0
    assert "5 customers without a place drawn" in said


def test_a_refused_key_is_said_once_and_ends_it(waiting, fake, monkeypatch, capsys):
    fake.goes_wrong(status=401)
    code, said = call(monkeypatch, capsys, waiting)
    assert code == 3
    assert "refuses the key" in said
    assert "1 without an answer, asked again next time; 4 not asked for yet" in said
    assert len(fake.asked) == 1


def test_stopped_halfway_it_keeps_what_it_did(waiting, fake, tmp_path):
    fake.delay, fake.prompt = threading.Event(), 2
    command = [sys.executable, "-m", "field_api.cli.main", "geocode", "--db", waiting.url]
    environment = os.environ | {"CALLCYCLE_LANG": "en"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while len(fake.asked) <= fake.prompt:
            if process.poll() is not None:
                pytest.fail(str(process.communicate()))
            sleep(A_BLINK_S)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    fake.delay.set()
    assert process.returncode == 130
    assert "Stopped." in err
    assert "2 placed by their addresses; 3 not asked for yet" in out
    assert placed(waiting) == 2
