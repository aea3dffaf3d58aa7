"""A real server and a rep's morning over real sockets; the reference page; signs of life."""

import re

import httpx2
from sqlmodel import select

from crm.database import Database
from crm.models import User
from tests.field_api.world import API, PASSWORD, REPORT, a_report


def test_a_morning_over_the_wire(server, database):
    with httpx2.Client(base_url=server) as client:
        answer = client.post(
            f"{API}/auth/login", json={"username": "rep1", "password": PASSWORD}
        ).json()
        client.headers["Authorization"] = f"Bearer {answer['access_token']}"
        (stop,) = client.get(f"{API}/my/days/2026-11-30").json()["stops"]
        # whenever this test runs: in the past, whose promises may be late
        body = a_report(
            customer_code=stop["customer"]["code"],
            planned_visit_id=stop["planned_visit_id"],
            checked_in_at="2025-11-30T09:05:00+01:00",
            checked_out_at="2025-11-30T09:31:00+01:00",
            promises=[{"code": "S", "what": "Sample sheet", "due": "2025-12-04"}],
        )
        url = f"{API}/visit-reports/{REPORT}"
        assert [client.put(url, json=body).status_code for _ in range(2)] == [201, 200]
        late = client.get(f"{API}/promises", params={"state": "late"}).json()["items"]
        assert "S" in [promise["code"] for promise in late]
        assert client.post(f"{API}/promises/S/keep", json={"evidence": "x"}).status_code == 200
    assert httpx2.get(f"{server}{API}/me").status_code == 401
    with database.reading() as session:
        assert session.exec(select(User)).first() is not None


def test_the_reference_loads_nothing_from_elsewhere(world):
    page = world.client().get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert re.findall(r"(?:src|href)=['\"]([^#'\"][^'\"]*)", page.text) == [
        "/docs/style.css",
        "/openapi.json",
    ]
    assert "<script" not in page.text
    assert world.client().get("/docs/style.css").headers["content-type"].startswith("text/css")


def test_every_address_is_on_the_page(world):
    document = world.client().get("/openapi.json").json()
    page = world.client().get("/docs").text
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["tags"], path
            assert operation["description"], path
            assert f"{method.upper()}</b> {path}" in page
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"], path


def test_the_examples_hold(world):
    """What the reference shows as a body is taken by the models it belongs to."""
    from field_api.schemas import accounts, days, planning_runs, plans, promises, visit_reports

    models = [
        *(accounts.LoginBody, accounts.LoginAnswer, accounts.MeAnswer, days.DayAnswer),
        *(promises.KeepBody, promises.WithdrawBody, promises.PromiseAnswer),
        *(visit_reports.VisitReportBody, visit_reports.CorrectionBody),
        *(visit_reports.VisitReportAnswer, plans.PlanAnswer, plans.ReplanBody),
        *(plans.PlanChangeAnswer, planning_runs.PlanningRunBody),
        *(planning_runs.PlanningRunAnswer, planning_runs.RepOfRunAnswer),
    ]
    for model in models:
        for example in model.model_json_schema()["examples"]:
            model.model_validate(example)


def test_ready_only_with_the_tables_of_this_release(world, tmp_path):
    assert world.client().get("/readyz").json() == {"status": "ready", "revision": "0003"}
    assert world.client().get("/healthz").json() == {"status": "alive"}
    empty = Database(f"sqlite:///{tmp_path}/empty.db")
    house = world.app.state.house
    object.__setattr__(house, "database", empty)
    answer = world.client().get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert world.client().get("/healthz").status_code == 200
    empty.close()
    object.__setattr__(house, "database", Database("postgresql://127.0.0.1:1/none"))
    assert world.client().get("/readyz").status_code == 503
