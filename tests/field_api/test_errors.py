"""One form of error, whatever was sent; nothing sent makes a 500."""

import json
import string
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlmodel import select

from crm.models import VisitReport
from tests.field_api.world import API, REPORT, a_report

URL = f"{API}/visit-reports/{REPORT}"
FORM = {"type", "title", "status", "code", "detail", "instance"}
JSON = {"Content-Type": "application/json"}


def count(world):
    with world.database.reading() as session:
        return len(session.exec(select(VisitReport)).all())


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"customer_code": "C1\0"}, "body.customer_code"),
        ({"customer_code": "\ud800"}, "body.customer_code"),
        ({"notes": "\udfff x"}, "body.notes"),
        ({"notes": "x" * 10_001}, "body.notes"),
        ({"satisfaction": 2**70}, "body.satisfaction"),
        ({"satisfaction": 6}, "body.satisfaction"),
        ({"satisfaction": True}, "body.satisfaction"),
        ({"satisfaction": 4.5}, "body.satisfaction"),
        ({"checked_in_at": "2026-11-30T09:05:00"}, "body.checked_in_at"),
        ({"checked_in_at": 1_764_489_900}, "body.checked_in_at"),
        ({"checked_in_at": "1764489900"}, "body.checked_in_at"),
        ({"checked_in_at": "0001-01-01T00:00:00+14:00"}, "body.checked_in_at"),
        ({"checked_in_at": "9999-12-31T23:59:59-14:00"}, "body.checked_in_at"),
        ({"checked_in_at": "2026-11-30"}, "body.checked_in_at"),
        ({"position": {"lat": float("nan"), "lon": 1}}, "body.position.lat"),
        ({"position": {"lat": 1, "lon": float("inf")}}, "body.position.lon"),
        ({"position": {"lat": True, "lon": 1}}, "body.position.lat"),
        ({"position": {"lat": 91, "lon": 1}}, "body.position.lat"),
        ({"position": {"lat": 1, "lon": 1, "accuracy_m": -1}}, "body.position.accuracy_m"),
        ({"outcome": "sold"}, "body.outcome"),
        ({"misspelt": 1}, "body.misspelt"),
        ({"promises": [{"code": "", "what": "x", "due": "2026-12-01"}]}, "body.promises.0.code"),
        ({"promises": [{"code": "a", "what": "x", "due": "1.12.2026"}]}, "body.promises.0.due"),
        ({"promises": [{"code": "a", "what": "x", "due": 20000}]}, "body.promises.0.due"),
        ({"promises": [{"code": "a", "what": "x", "due": "9999-12-31"}]}, "body.promises.0.due"),
        ({"promises": 2 * [{"code": "a", "what": "x", "due": "2026-12-01"}]}, "body"),
        ({"gifts": [{"what": "pen", "quantity": 0}]}, "body.gifts.0.quantity"),
    ],
)
def test_what_cannot_be_kept_is_named_with_its_path(world, changes, path):
    answer = world.client("rep1").put(URL, content=json.dumps(a_report(**changes)), headers=JSON)
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "invalid_input"
    assert [error["path"] for error in answer.json()["errors"]] == [path]
    assert count(world) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b'{"satisfaction": ' + b"9" * 5000 + b"}",
        b"null",
        b"[]",
        b"1",
        b'"x"',
        b"NaN",
        '{"a": "é"}'.encode("latin-1"),
    ],
)
def test_what_is_no_report_at_all(world, content):
    answer = world.client("rep1").put(URL, content=content, headers=JSON)
    assert answer.status_code in (400, 422)
    assert set(answer.json()) >= FORM


def test_a_body_that_is_too_large(world):
    content = json.dumps(a_report(notes="x" * (256 * 1024))).encode()
    answer = world.client("rep1").put(URL, content=content, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_does_not_say_how_large_it_is(world):
    answer = world.client("rep1").put(URL, content=(b"x" * 1024 for _ in range(300)), headers=JSON)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "no_such_address"),
        ("DELETE", f"{API}/promises", 405, "method_not_allowed"),
        ("GET", f"{API}/my/days/30.11.2026", 422, "invalid_input"),
        ("GET", f"{API}/my/days/2026-02-30", 422, "invalid_input"),
        ("GET", f"{API}/my/days/9999-12-31", 422, "invalid_input"),
        ("GET", f"{API}/visit-reports/x", 422, "invalid_input"),
        ("GET", f"{API}/visit-reports?limit=0", 422, "invalid_input"),
        ("GET", f"{API}/visit-reports?limit={2**70}", 422, "invalid_input"),
        ("GET", f"{API}/visit-reports?rep_code=%00", 422, "invalid_input"),
        ("GET", f"{API}/promises?state=lost", 422, "invalid_input"),
        ("POST", f"{API}/promises/%00/keep", 422, "invalid_input"),
    ],
)
def test_every_error_has_the_form(world, method, path, status, code):
    body = {"evidence": "x"} if method == "POST" else None
    answer = world.client("rep1").request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) >= FORM
    assert answer.json()["type"] == f"urn:callcycle:problem:{code}"


def test_the_detail_is_in_the_readers_language(world):
    client = world.client("rep1")
    for language, word in [("zh", "客户"), ("en-GB", "customer"), ("fr, zh;q=0.2", "客户")]:
        headers = {"Accept-Language": language}
        answer = client.put(URL, json=a_report(customer_code="C2"), headers=headers)
        assert word in answer.json()["detail"]


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("BEGIN", {}, Exception("database is locked")),
        NoConnectionLeft("all connections are taken"),
    ],
)
def test_a_busy_database_asks_to_try_again(world, monkeypatch, error):
    def busy(*_args, **_kwargs):
        raise error

    monkeypatch.setattr("field_api.services.reports.visit_reports.reports.with_id", busy)
    answer = world.client("rep1").put(URL, json=a_report())
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    assert answer.headers["Retry-After"] == "1"


def test_the_unforeseen_tells_nothing_of_the_inside(world, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the inside")

    monkeypatch.setattr("field_api.services.reports.visit_reports.reports.settle_visit", broken)
    answer = world.client("rep1", raise_server_exceptions=False).put(URL, json=a_report())
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "inside" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert count(world) == 0


HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


@pytest.mark.parametrize("path", ["/docs", "/nowhere", f"{API}/me", "/healthz"])
def test_headers_keep_browsers_careful(world, path):
    answer = world.client().get(path)
    assert HEADERS.items() <= dict(answer.headers).items()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


ODD_TEXT = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["\0", "\ud800", "{x}", "{0}", "%s", "${alert(1)}", "2026-11-30", "x" * 5000, "\u202e"]
)
ODD_NUMBERS = st.integers(-(2**80), 2**80) | st.floats()
INSTANTS = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
VALUES = st.recursive(
    st.none() | st.booleans() | ODD_NUMBERS | ODD_TEXT | INSTANTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXT, inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted(a_report())
BODIES = st.builds(
    lambda changes, left_out: {
        name: value for name, value in a_report(**changes).items() if name not in left_out
    },
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4),
    st.sets(st.sampled_from(FIELDS), max_size=2),
)
FUZZ = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@FUZZ
@given(body=BODIES | VALUES, number=st.integers(0, 2**128 - 1))
def test_no_report_makes_a_500(world, body, number):
    content = json.dumps(body).encode("utf-8", "surrogatepass")
    answer = world.client("rep1").put(
        f"{API}/visit-reports/{number:032x}", content=content, headers=JSON
    )
    assert answer.status_code in (200, 201, 404, 409, 422), answer.text
    json.loads(answer.content)


PATH_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=40)


@FUZZ
@given(text=PATH_TEXT, route=st.sampled_from(["/my/days/{}", "/reps/{}/days/2026-11-30"]))
def test_no_address_makes_a_500(world, text, route):
    from urllib.parse import quote

    answer = world.client("rep1").get(API + route.format(quote(text, safe="")))
    assert answer.status_code in (200, 404, 422)


@FUZZ
@given(
    query=st.dictionaries(
        st.sampled_from(
            [
                *("cursor", "limit", "state", "rep_code", "first_day", "last_day"),
                *("customer_code", "outcome", "far", "reviewed", "q"),
            ]
        ),
        st.text(string.printable, max_size=40) | PATH_TEXT,
    ),
    path=st.sampled_from(["/visit-reports", "/promises"]),
)
def test_no_query_makes_a_500(world, query, path):
    answer = world.client("malta").get(API + path, params=query)
    assert answer.status_code in (200, 404, 422)


@FUZZ
@given(body=VALUES, header=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_no_login_makes_a_500(world, body, header):
    content = json.dumps(body).encode("utf-8", "surrogatepass")
    answer = world.client().post(f"{API}/auth/login", content=content, headers=JSON)
    assert answer.status_code in (401, 422, 429)
    answer = world.client().get(f"{API}/me", headers={"Authorization": header.strip()})
    assert answer.status_code == 401
