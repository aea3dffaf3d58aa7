"""The road engine that runs on this machine."""

import json
import socket
import urllib.request

import pytest

from crm.errors import Refused
from field_api.roads.road_data import FILES, read_manifest
from field_api.roads.serving import served_roads
from tests.support.osrm import ROOT, the_engine

VALLETTA, RABAT_GOZO = "14.5146,35.8989", "14.2394,36.0443"


def ask(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def test_malta_answers_with_its_ferry(osrm):
    answer = ask(f"{osrm.url}/table/v1/driving/{VALLETTA};{RABAT_GOZO}?annotations=duration")
    (_, there), (back, _) = answer["durations"]
    assert answer["data_version"] == osrm.data.version
    assert 3600 < there < 3 * 3600
    assert 3600 < back < 3 * 3600
    assert there != back


def test_in_a_cut_city_some_places_have_no_way(osrm_shanghai):
    west, south, east, north = osrm_shanghai.data.box
    places = [
        f"{west + (east - west) * i / 6:.6f},{south + (north - south) * j / 6:.6f}"
        for i in range(1, 6)
        for j in range(1, 6)
    ]
    answer = ask(f"{osrm_shanghai.url}/table/v1/driving/{';'.join(places)}")
    assert None in [seconds for row in answer["durations"] for seconds in row]


def test_a_port_that_is_taken_is_named(osrm):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(Refused, match=f"Port {port} is taken"),
            served_roads(the_engine(), osrm.data, data_dir=ROOT, port=port),
        ):
            pass


def test_two_engines_do_not_share_a_port(osrm):
    port = int(osrm.url.rpartition(":")[2])
    with (
        pytest.raises(Refused, match="taken"),
        served_roads(the_engine(), osrm.data, data_dir=ROOT, port=port),
    ):
        pass


def test_data_that_lost_a_file_is_told_of(osrm, tmp_path):
    broken = osrm.data.folder(tmp_path)
    broken.mkdir(parents=True)
    for file in osrm.data.folder(ROOT).iterdir():
        if file.name != f"{FILES}.mldgr":
            (broken / file.name).symlink_to(file)
    assert read_manifest(broken) == osrm.data
    with (
        pytest.raises(Refused, match=r"2018-08, car does not answer: .*Build its roads again"),
        served_roads(the_engine(), osrm.data, data_dir=tmp_path),
    ):
        pass


def test_it_ends_with_its_block(osrm_shanghai):
    with served_roads(the_engine(), osrm_shanghai.data, data_dir=ROOT) as served:
        assert served.process.poll() is None
    assert served.process.poll() is not None
