"""Pages: a cookie that scripts cannot read and other sites cannot use."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.models import LoginSession
from tests.field_api.people.test_auth import me
from tests.field_api.world import API, NOW, PASSWORD, build

PAGE = f"{API}/auth/page-session"
KEEP, KEPT = f"{API}/promises/P1/keep", {"evidence": "x"}


def log_in(client, username="rep1", password=PASSWORD, **headers):
    body = {"username": username, "password": password}
    return client.post(PAGE, json=body, headers=headers)


@pytest.fixture
def page(world):
    """A browser in which rep1 is logged in; changes bear the proof unless they say otherwise."""
    client = world.client()
    client.headers["X-CSRF-Token"] = log_in(client).json()["csrf_token"]
    return client


def test_a_page_is_logged_in_by_its_cookie(world, page):
    assert page.get(f"{API}/me").json()["username"] == "rep1"
    assert page.post(KEEP, json=KEPT).status_code == 200
    answer = page.get(PAGE).json()
    assert answer["csrf_token"] == page.headers["X-CSRF-Token"]
    assert (answer["username"], answer["role"], answer["name"]) == ("rep1", "rep", "Rep1")
    assert answer["expires_at"] == "2027-02-28T09:00:00Z"


def test_the_cookie_is_out_of_reach_of_scripts_and_sites(world):
    said = log_in(world.client()).headers["Set-Cookie"]
    name, *marks = [part.strip() for part in said.split(";")]
    assert name.startswith("callcycle=")
    assert {mark.lower() for mark in marks} == {
        "httponly",
        "path=/",
        "samesite=lax",
        "max-age=7776000",
    }


def test_over_tls_the_cookie_is_bound_to_it_and_to_this_host(database):
    world = build(database, public_url="https://visits.example.com")
    client = world.client(base_url="https://visits.example.com")
    said = log_in(client).headers["Set-Cookie"]
    assert said.startswith("__Host-callcycle=")
    assert "Secure" in said
    assert client.get(f"{API}/me").status_code == 200
    plain = world.client(base_url="https://visits.example.com")
    plain.cookies.set("callcycle", client.cookies["__Host-callcycle"])
    assert plain.get(f"{API}/me").status_code == 401


def test_no_secret_of_a_page_is_kept(world, page):
    with world.database.reading() as session:
        rows = [row.model_dump() for row in session.exec(select(LoginSession))]
    assert page.cookies["callcycle"] not in str(rows)
    assert page.headers["X-CSRF-Token"] not in str(rows)


@pytest.mark.one_database
@pytest.mark.parametrize("proof", [None, "", "x", "0" * 64, "\u00e9"])
@pytest.mark.parametrize(("method", "url"), [("POST", KEEP), ("DELETE", PAGE)])
def test_changes_without_the_proof_are_refused(world, page, proof, method, url):
    del page.headers["X-CSRF-Token"]
    headers = {} if proof is None else {"X-CSRF-Token": proof.encode("latin-1")}
    answer = page.request(method, url, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_missing")
    assert page.get(f"{API}/me").status_code == 200


def test_one_sessions_proof_is_not_anothers(world, page):
    other = world.client()
    foreign = log_in(other, "rep2").json()["csrf_token"]
    answer = page.post(KEEP, json=KEPT, headers={"X-CSRF-Token": foreign})
    assert answer.json()["code"] == "csrf_missing"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("headers", "let_through"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "HTTP://TestServer"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "http://testserver:8080"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://[::1"}, False),
        ({}, True),
    ],
)
def test_other_sites_change_nothing_even_with_the_proof(world, page, headers, let_through):
    answer = page.post(KEEP, json=KEPT, headers=headers)
    login = log_in(world.client(), **headers)  # nor do they log anybody in
    assert (answer.status_code, login.status_code) == ((200, 200) if let_through else (403, 403))
    assert let_through or answer.json()["code"] == login.json()["code"] == "cross_site"


def test_a_program_with_its_token_needs_no_proof(world):
    answer = world.client("rep1").post(KEEP, json=KEPT, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200


def test_a_token_goes_before_a_cookie(world, page):
    bearer = {"Authorization": f"Bearer {world.token('general')}"}
    assert page.get(f"{API}/me", headers=bearer).json()["username"] == "general"
    assert page.get(f"{API}/me", headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_login_brings_a_new_secret_and_ends_the_browsers_former_one(world, page):
    former = page.cookies["callcycle"]
    log_in(page, "rep2")
    assert page.cookies["callcycle"] != former
    assert page.get(f"{API}/me").json()["username"] == "rep2"
    thief = world.client()
    thief.cookies.set("callcycle", former)
    assert thief.get(f"{API}/me").json()["code"] == "session_ended"


def test_a_secret_chosen_by_somebody_else_is_never_taken_over(world):
    client = world.client()
    client.cookies.set("callcycle", "planted", domain="testserver.local", path="/")
    log_in(client)
    watcher = world.client()
    watcher.cookies.set("callcycle", "planted")
    assert watcher.get(f"{API}/me").json()["code"] == "session_ended"


def test_a_failed_login_leaves_the_former_session(world, page):
    assert log_in(page, password="a wrong sentence").status_code == 401
    assert page.get(f"{API}/me").status_code == 200


def test_logging_out_ends_the_session_and_clears_the_cookie(world, page):
    secret = page.cookies["callcycle"]
    answer = page.delete(PAGE)
    assert answer.status_code == 204
    assert "callcycle=" in answer.headers["Set-Cookie"]
    assert page.get(PAGE).status_code == 401
    thief = world.client()
    thief.cookies.set("callcycle", secret)
    assert thief.get(f"{API}/me").json()["code"] == "session_ended"


def test_logging_out_as_programs_do_works_for_a_page_too(page):
    assert page.post(f"{API}/auth/logout").status_code == 204
    assert page.get(f"{API}/me").json()["code"] == "session_ended"


def test_an_unused_page_ends_and_a_used_one_ends_later(world, page):
    lying = world.client()
    log_in(lying)
    for day in (29, 58, 87):
        world.now = NOW + timedelta(days=day)
        assert page.get(f"{API}/me").status_code == 200
    assert lying.get(f"{API}/me").json()["code"] == "session_ended"
    world.now = NOW + timedelta(days=90)
    assert page.get(f"{API}/me").json()["code"] == "session_ended"


def test_use_is_noted_now_and_then_only(world, page):
    def noted():
        with world.database.reading() as session:
            query = select(LoginSession.last_used_at).where(LoginSession.kind == "page")
            return session.exec(query).one() - NOW

    for minutes, expected in [(4, 0), (5, 5), (9, 5), (10, 10)]:
        world.now = NOW + timedelta(minutes=minutes)
        page.get(f"{API}/me")
        assert noted() == timedelta(minutes=expected)


def test_a_pages_secret_is_no_bearer_token_and_the_other_way(world, page):
    assert me(world, page.cookies["callcycle"]).status_code == 401
    client = world.client()
    client.cookies.set("callcycle", world.token("rep1"))
    assert client.get(f"{API}/me").status_code == 401


@pytest.mark.one_database
@pytest.mark.parametrize("cookie", ["", "x", "\u00e9", "a" * 3000])
def test_cookies_that_are_not_ours_open_nothing(world, cookie):
    answer = world.client().get(
        f"{API}/me", headers={"Cookie": f"callcycle={cookie}".encode("latin-1")}
    )
    assert answer.status_code == 401
