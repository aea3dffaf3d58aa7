"""What is counted, under which labels, and who may look."""

import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from field_api import metrics
from tests.field_api import world as worlds
from tests.field_api.world import API, REPORT, a_report

pytestmark = pytest.mark.one_database
TOKEN = "m" * 40
HERE = ("127.0.0.1", 40000)


def figures(world, peer=HERE, **headers):
    client = TestClient(world.app, client=peer)
    return client.get("/metrics", headers=headers)


def value(world, name, **labels):
    for family in text_string_to_metric_families(figures(world).text):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return sample.value
    return 0.0


def test_requests_are_counted_by_template_method_and_status(world):
    labels = {"method": "PUT", "route": f"{API}/visit-reports/{{report_id}}"}
    before = value(world, "callcycle_requests_total", **labels, status="201")
    slow = value(world, "callcycle_request_seconds_count", **labels)
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    assert value(world, "callcycle_requests_total", **labels, status="201") == before + 1
    assert value(world, "callcycle_request_seconds_count", **labels) == slow + 1
    assert value(world, "callcycle_requests_in_flight") == 1  # the one that asks


def test_what_people_type_makes_no_label(world):
    for number in range(20):
        world.client().get(f"/nowhere/{number}")
        world.client().request(f"ODD{number}", "/healthz")
    text = figures(world).text
    assert "/nowhere" not in text
    assert "ODD" not in text
    assert value(world, "callcycle_requests_total", method="OTHER", route="/healthz", status="405")


def test_refused_logins_and_an_absent_database_are_counted(world, monkeypatch):
    wrong = value(world, "callcycle_logins_refused_total", code="wrong_password")
    gone = value(world, "callcycle_database_errors_total", code="database_unavailable")
    world.client().post(f"{API}/auth/login", json={"username": "rep1", "password": "wrong word"})

    def locked(*_args, **_kwargs):
        raise OperationalError("BEGIN", {}, Exception("database is locked"))

    monkeypatch.setattr("field_api.services.reports.visit_reports.reports.with_id", locked)
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    assert value(world, "callcycle_logins_refused_total", code="wrong_password") == wrong + 1
    assert value(world, "callcycle_database_errors_total", code="database_unavailable") == gone + 1


def test_a_report_is_counted_once(world):
    before = value(world, "callcycle_reports_kept_total")
    for _ in range(3):
        world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    assert value(world, "callcycle_reports_kept_total") == before + 1


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        (HERE, {}, 200),
        (("::1", 1), {}, 200),
        (("203.0.113.7", 1), {}, 401),
        (("testclient", 1), {}, 401),
        (HERE, {"X-Forwarded-For": "203.0.113.7"}, 401),
        (HERE, {"Forwarded": "for=203.0.113.7"}, 401),
        (("203.0.113.7", 1), {"Authorization": f"Bearer {TOKEN}"}, 200),
        (HERE, {"X-Forwarded-For": "203.0.113.7", "Authorization": f"Bearer {TOKEN}"}, 200),
        (("203.0.113.7", 1), {"Authorization": f"Bearer {TOKEN}x"}, 401),
        (("203.0.113.7", 1), {"Authorization": "Bearer \xe9"}, 401),
    ],
)
def test_who_may_look(database, peer, headers, status):
    world = worlds.build(database, metrics_token=TOKEN)
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = figures(world, peer, **raw)
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["content-type"] == metrics.MEDIA_TYPE
    else:
        assert answer.json()["code"] == "metrics_token_needed"
        assert answer.headers["www-authenticate"] == "Bearer"


def test_without_the_setting_no_token_opens_them(world):
    answer = figures(world, ("203.0.113.7", 1), Authorization="Bearer None")
    assert answer.status_code == 401


def test_every_figure_is_in_the_operations_document():
    document = Path(__file__).parents[2] / "docs" / "operations.md"
    told = set(re.findall(r"^\| `(callcycle_\w+?)(?:_total)?` \|", document.read_text(), re.M))
    assert told == {f.name for f in metrics.REGISTRY.collect() if f.name.startswith("callcycle")}
