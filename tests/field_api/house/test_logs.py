"""Each request is one line; nothing that people are or typed is in it."""

import io
import json
import logging
import logging.config
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from crm.errors import Refused
from crm.models import Customer
from crm.store.house import jobs
from field_api import logs, metrics
from field_api.jobs import registry
from tests.field_api import world as worlds
from tests.field_api.access import collected
from tests.field_api.jobs.supervised import all_jobs, supervising, until
from tests.field_api.test_access import address
from tests.field_api.world import API, REPORT, a_report

pytestmark = pytest.mark.one_database
GIVEN = "0123456789abcdef-of-a-proxy"
PRIVATE = {
    "contact_name": "Żepp Secretus",
    "contact_phone": "+356 2123 4567",
    "name": "Ħanut ta' Ċensu",
    "street": "Triq il-Moħba",
}


@pytest.fixture
def written():
    """What is written to the log, as the service writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    root, own = logging.getLogger(), logs.LOGGER
    before = own.level
    root.addHandler(handler)
    own.setLevel(logging.INFO)
    yield stream
    own.setLevel(before)
    root.removeHandler(handler)


def lines(written):
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_request_is_one_line(world, written):
    answer = world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    (line,) = lines(written)
    assert line.pop("time").endswith("Z")
    assert line.pop("duration_ms") > 0
    assert line.pop("user_id") > 0
    assert line == {
        "level": "info",
        "event": "request",
        "request_id": answer.headers["x-request-id"],
        "method": "PUT",
        "route": f"{API}/visit-reports/{{report_id}}",
        "status": 201,
        "role": "rep",
        "code": None,
    }


def test_who_comes_by_cookie_is_noted_by_number_too(world, written):
    client = world.client()
    login = {"username": "rep1", "password": worlds.PASSWORD}
    client.post(f"{API}/auth/page-session", json=login)
    client.get(f"{API}/me")
    client.get(f"{API}/auth/page-session")
    world.client("rep1").get(f"{API}/me")
    _, *noted = [(line["user_id"], line["role"]) for line in lines(written)]
    assert noted == [noted[-1]] * 3
    assert noted[0][1] == "rep"


def test_a_refusal_bears_its_code_and_the_template_only(world, written):
    world.client("rep1").get(f"{API}/my/days/30.11.2026?phone=21234567")
    world.client().get("/nowhere/21234567")
    world.client().request("MADEUP21234567", "/healthz")
    first, second, third = lines(written)
    assert (first["status"], first["code"]) == (422, "invalid_input")
    assert first["route"] == f"{API}/my/days/{{day}}"
    assert (second["route"], second["user_id"], second["role"]) == ("(none)", None, None)
    assert (third["method"], third["status"]) == ("OTHER", 405)
    assert "21234567" not in written.getvalue()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (GIVEN, True),
        ("short", False),
        ("x" * 65, False),
        ('"}\n{"level": "forged"', False),
        ("+356 2123 4567 +356 2123", False),
        ("21234567", False),
    ],
)
def test_a_request_id_is_taken_when_it_is_well_formed(world, written, given, kept):
    headers = {"X-Request-ID": given.encode("latin-1")}
    answer = world.client().get("/healthz", headers=headers)
    named = answer.headers["x-request-id"]
    assert (named == given) is kept
    assert logs.WELL_FORMED.fullmatch(named)
    assert [line["request_id"] for line in lines(written)] == [named]


def test_the_id_reaches_whatever_works_for_the_request(world, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "field_api.services.reports.visit_reports.reports.settle_visit",
        lambda *_args, **_kwargs: seen.append(logs.request_id()),
    )
    url = f"{API}/visit-reports/{REPORT}"
    world.client("rep1").put(url, json=a_report(), headers={"X-Request-ID": GIVEN})
    assert seen == [GIVEN]
    assert logs.request_id() == ""


def test_a_fault_tells_type_and_place_but_no_value(world, written, monkeypatch):
    def broken(*_args, **_kwargs):
        try:
            raise KeyError(PRIVATE["contact_phone"])
        except KeyError as error:
            raise RuntimeError(PRIVATE["name"]) from error

    monkeypatch.setattr("field_api.services.reports.visit_reports.reports.settle_visit", broken)
    client = world.client("rep1", raise_server_exceptions=False)
    answer = client.put(f"{API}/visit-reports/{REPORT}", json=a_report())
    (line,) = lines(written)
    assert (answer.status_code, line["status"], line["level"]) == (500, 500, "error")
    assert answer.headers["x-request-id"] == line["request_id"]
    assert line["code"] == answer.json()["code"] == "internal_error"
    assert line["error"]["type"] == "builtins.RuntimeError"
    assert line["error"]["caused_by"] == "builtins.KeyError"
    assert line["error"]["at"][-1].startswith("tests/field_api/house/test_logs.py:")
    assert not any(value in written.getvalue() for value in PRIVATE.values())


def test_an_error_is_told_once_and_without_its_message():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    handler.addFilter(logs.ToldOnce())
    server = logging.getLogger("uvicorn.error")
    server.addHandler(handler)
    logs.LOGGER.addHandler(handler)
    try:
        known, unknown = RuntimeError("21234567"), RuntimeError("21234567")
        logs.event("request", level=logging.ERROR, error=known)
        server.error("Exception in ASGI application\n", exc_info=known)
        server.error("Exception in ASGI application\n", exc_info=unknown)
    finally:
        server.removeHandler(handler)
        logs.LOGGER.removeHandler(handler)
    assert [line["event"] for line in map(json.loads, stream.getvalue().splitlines())] == [
        "request",
        "Exception in ASGI application",
    ]
    assert "21234567" not in stream.getvalue()


def test_a_busy_tour_leaves_no_name_phone_or_token(world, written):
    """Every route, as three people and as nobody, with wrong tokens and wrong bodies besides.
    Whatever the answers are in a world that is used up by the routes before."""
    with world.database.writing() as session:
        for customer in session.exec(select(Customer)):
            for name, value in PRIVATE.items():
                setattr(customer, name, value)
    for key, case in collected().items():
        for asker in ("rep1", "malta", "general", None):
            path = address(case.path)
            client = world.client(asker, raise_server_exceptions=False)
            client.request(key[0], path, json=case.body, params={"note": PRIVATE["name"]})
            client.request(key[0], path, json={"note": PRIVATE["contact_phone"]})
    stolen = {"Authorization": f"Bearer {world.tokens['rep1']}x"}
    world.client().get(f"{API}/me", headers=stolen)
    login = {"username": PRIVATE["contact_name"], "password": worlds.PASSWORD}
    world.client().post(f"{API}/auth/login", json=login)
    said = written.getvalue()
    assert len(said.splitlines()) > 100
    told = [json.dumps(value).strip('"') for value in PRIVATE.values()]
    people = ["rep1", "Rep R1", "Customer C1", worlds.PASSWORD, "Sample sheet", '"C1', "P1"]
    for private in [*PRIVATE.values(), *told, *people, *world.tokens.values()]:
        assert private not in said


def test_a_job_that_cannot_be_done_is_told_and_counted_without_its_values(database, written):
    kind = "test_of_the_log"

    def refuse(*_args):
        raise Refused("There is no room for {name}.", name=PRIVATE["name"])

    registry.register(kind, refuse)
    now = datetime.now(UTC)
    asked = {"kind": kind, "payload": {"name": PRIVATE["name"]}, "now": now}
    number = database.written(lambda session: jobs.enqueue(session, **asked).id)
    try:
        with supervising(database):
            until(lambda: [j for j in all_jobs(database) if j.id == number and j.finished_at])
    finally:
        registry.HANDLERS.pop(kind)
    assert "There is no room for {name}." in written.getvalue()
    assert f"job {number} ({kind})" in written.getvalue()
    assert PRIVATE["name"] not in written.getvalue()
    assert json.dumps(PRIVATE["name"]).strip('"') not in written.getvalue()
    counted = f'callcycle_jobs_total{{kind="{kind}",state="failed"}} 1.0'
    assert counted in metrics.rendered().decode()


def test_text_for_eyes_says_the_same():
    record = logging.LogRecord("callcycle", logging.INFO, "x.py", 1, "request", None, None)
    record.callcycle_fields = {"status": 200, "code": None}
    line = logs.TextLines().format(record)
    assert line.split(" ", 1)[1] == "info request status=200 code=null"


@pytest.mark.parametrize("form", ["json", "text"])
def test_the_configuration_is_one_that_logging_takes(form):
    logging.config.DictConfigurator(logs.config(form, "warning"))
    made = logs.config(form, "warning")
    assert made["handlers"]["stderr"]["formatter"] == form
    assert {logger["level"] for logger in made["loggers"].values()} == {"WARNING"}
