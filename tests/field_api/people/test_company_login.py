"""The company's own login, against a provider on loopback."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
import jwt
import pytest
from sqlmodel import select

from crm.models import AuditEntry, LoginSession, Message, User
from field_api.auth import Tokens
from field_api.auth.oidc.provider import AGAIN_S, Provider
from field_api.settings import SettingsError, load_settings
from tests.field_api.people.test_auth import log_in
from tests.field_api.world import API, NOW, build
from tests.support import company as companies
from tests.support.company import CLIENT, SECRET, a_key, public

BEGIN, BACK = f"{API}/auth/oidc/login", f"{API}/auth/oidc/callback"


@pytest.fixture
def company():
    with companies.running() as company:
        company.now = NOW.timestamp()
        yield company


@pytest.fixture
def world(database, company):
    return built(database, company)


def built(database, company, **changes):
    given = {"oidc_issuer": company.url, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    return build(database, **(given | changes))


def browser(world, **options):
    return world.client(follow_redirects=False, **options)


def sent(client, **params):
    answer = client.get(BEGIN, params=params)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def came_back(world, company, client=None, **params):
    client = client or browser(world)
    return client.get(BACK, params=company.log_in(sent(client, **params)))


def refused(answer, status=403, code="company_login_refused"):
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    return True


def bound(world, username="rep1"):
    with world.database.reading() as session:
        return session.exec(select(User.oidc_subject).where(User.username == username)).one()


def told(world):
    with world.database.reading() as session:
        return [
            (e.action, e.key, e.actor)
            for e in session.exec(select(AuditEntry).order_by(AuditEntry.id))
        ]


def test_a_person_of_the_company_is_logged_in_and_bound_once(world, company):
    client = browser(world)
    answer = came_back(world, company, client, next="/today?week=2#top")
    assert (answer.status_code, answer.headers["location"]) == (303, "/today?week=2#top")
    assert client.get(f"{API}/me").json()["username"] == "rep1"
    page = client.get(f"{API}/auth/page-session").json()
    changed = client.post(
        f"{API}/promises/P1/keep",
        json={"evidence": "x"},
        headers={"X-CSRF-Token": page["csrf_token"]},
    )
    assert changed.status_code == 200
    # the next time the person counts, whatever the name is now
    company.claims = {"preferred_username": "somebody else"}
    again = browser(world)
    came_back(world, company, again)
    assert again.get(f"{API}/me").json()["username"] == "rep1"
    assert told(world)[:2] == [
        ("bind_company_login", "rep1", "service"),
        ("log_in", "rep1", "Rep1"),
    ]
    assert [action for action, _, _ in told(world)].count("bind_company_login") == 1
    with world.database.reading() as session:
        kinds = session.exec(select(Message.kind)).all()
        pages = session.exec(select(LoginSession).where(LoginSession.kind == "page")).all()
    assert kinds == ["company_login_bound"]
    assert len(pages) == 2


def test_the_way_there_carries_no_secret_of_ours(world, company):
    client = browser(world)
    address = sent(client)
    query = parse_qs(urlsplit(address).query)
    assert set(query) == {
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
    }
    assert query["redirect_uri"] == [f"http://testserver{BACK}"]
    assert SECRET not in address
    cookie = client.cookies["callcycle-login"]
    claims = jwt.decode(cookie, options={"verify_signature": False}, audience=None)
    assert set(claims) == {"aud", "state", "then", "exp"}
    assert address.startswith(f"{company.url}/authorize?")


def test_over_tls_all_of_it_is_bound_to_tls(database, company):
    world = built(database, company, public_url="https://visits.example.com")
    client = browser(world, base_url="https://visits.example.com")
    answer = client.get(BEGIN)
    assert answer.headers["set-cookie"].startswith("__Host-callcycle-login=")
    assert "Secure" in answer.headers["set-cookie"]
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert query["redirect_uri"] == [f"https://visits.example.com{BACK}"]
    back = client.get(BACK, params=company.log_in(answer.headers["location"]))
    assert "__Host-callcycle=" in back.headers["set-cookie"]
    assert client.get(f"{API}/me").json()["username"] == "rep1"


def test_a_page_of_before_ends(world, company):
    client = browser(world)
    body = {"username": "rep2", "password": "a long sentence"}
    client.post(f"{API}/auth/page-session", json=body)
    former = client.cookies["callcycle"]
    came_back(world, company, client)
    assert client.get(f"{API}/me").json()["username"] == "rep1"
    thief = browser(world)
    thief.cookies.set("callcycle", former)
    assert thief.get(f"{API}/me").status_code == 401


WRONG = {
    "another login's nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "for somebody else": {"aud": "another client"},
    "for nobody": {"aud": None},
    "for two, said by the other": {"aud": [CLIENT, "other"], "azp": "other"},
    "for two, said by nobody": {"aud": [CLIENT, "other"]},
    "said by another": {"azp": "other"},
    "from somebody else": {"iss": "https://login.example.com"},
    "from nobody": {"iss": None},
    "over": {"exp": NOW.timestamp() - 61},
    "without an end": {"exp": None},
    "with an end that is none": {"exp": "soon"},
    "with an endless end": {"exp": "1e999"},
    "with an end beyond all numbers": {"exp": True, "iat": 0},
    "begun at a word": {"iat": "now"},
    "of tomorrow": {"iat": NOW.timestamp() + 3600},
    "about nobody": {"sub": None},
    "about a number": {"sub": 7},
    "about an empty name": {"sub": ""},
    "about a long name": {"sub": "x" * 256},
}


@pytest.mark.one_database
@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_what_is_not_for_this_login_is_not_believed(world, company, claims):
    company.claims = claims
    client = browser(world)
    assert refused(came_back(world, company, client))
    assert client.get(f"{API}/me").status_code == 401
    assert bound(world) is None


@pytest.mark.one_database
def test_clocks_may_differ_a_little_and_audiences_be_several(world, company):
    company.claims = {
        "exp": NOW.timestamp() - 59,
        "iat": NOW.timestamp() + 59,
        "aud": [CLIENT, "other"],
        "azp": CLIENT,
    }
    assert came_back(world, company).status_code == 303


@pytest.mark.one_database
@pytest.mark.parametrize(
    "changes",
    [
        {"algorithm": "none"},
        {"algorithm": "HS256", "signed_by": "s" * 40},
        # a public key taken for a secret
        {"algorithm": "HS256", "signed_by": public(1)["n"]},
        {"signed_by": a_key(2)},
        {"header": {"kid": "7"}},
        {"header": {"kid": None}, "keys": [public(1), public(2)]},
        {"algorithm": "RS256", "keys": []},
        {"keys": [public(1), public(1)]},
    ],
    ids=["unsigned", "HS256", "confused", "forged", "unknown", "unclear", "no keys", "doubled"],
)
def test_what_the_company_did_not_sign_is_not_believed(world, company, changes):
    for name, value in changes.items():
        setattr(company, name, value)
    answer = came_back(world, company)
    assert answer.status_code in (403, 503)
    assert answer.json()["code"] in ("company_login_refused", "company_login_away")
    assert bound(world) is None


@pytest.mark.one_database
def test_a_token_that_is_none_is_not_believed(world, company):
    for token in ("x", "a.b.c", "é", "e30.e30.e30", ""):
        company.answers["/token"] = (200, f'{{"id_token": "{token}"}}')
        assert refused(came_back(world, company))
    for body in ('{"id_token": 7}', "{}", "[]", "no json"):
        company.answers["/token"] = (200, body)
        assert refused(came_back(world, company), 503, "company_login_away")


@pytest.mark.one_database
def test_a_single_key_needs_no_number(world, company):
    company.header = {"kid": None}
    assert came_back(world, company).status_code == 303


@pytest.mark.one_database
def test_new_keys_are_asked_for_when_one_is_unknown_but_not_endlessly(world, company, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(world.app.state.house.company_login._provider, "_clock", lambda: clock[0])
    assert came_back(world, company).status_code == 303
    company.keys, company.signed_by, company.header = [public(2)], a_key(2), {"kid": "2"}
    assert refused(came_back(world, company))  # asked a moment ago
    assert company.asked.count("/keys") == 1
    clock[0] += AGAIN_S
    assert came_back(world, company).status_code == 303
    assert company.asked.count("/keys") == 2
    assert company.asked.count("/.well-known/openid-configuration") == 1


def test_what_was_not_begun_in_this_browser_is_refused(world, company):
    brought = company.log_in(sent(browser(world)))
    assert refused(browser(world).get(BACK, params=brought))  # another's
    mixed = browser(world)
    sent(mixed)
    assert refused(mixed.get(BACK, params=brought))
    forged = browser(world)
    claims = {"aud": "callcycle company login", "state": brought["state"], "then": "/"}
    for cookie in (
        "x",
        jwt.encode(claims | {"exp": NOW.timestamp() + 60}, "t" * 40, "HS256"),
        jwt.encode(claims | {"exp": NOW.timestamp() + 60}, None, "none"),
        jwt.encode(claims, "s" * 40, "HS256"),
        jwt.encode(claims | {"exp": NOW.timestamp() + 60, "aud": "callcycle"}, "s" * 40, "HS256"),
        world.token("rep1"),
    ):
        forged.cookies.set("callcycle-login", cookie)
        assert refused(forged.get(BACK, params=brought))
        forged.cookies.clear()
    assert "/token" not in company.asked


def test_the_way_is_open_for_ten_minutes_and_once(world, company):
    client = browser(world)
    brought = company.log_in(sent(client))
    world.now = NOW + timedelta(minutes=10)
    assert refused(client.get(BACK, params=brought))
    world.now = NOW
    assert client.get(BACK, params=brought).status_code == 303
    assert refused(client.get(BACK, params=brought))


def test_the_cookie_of_the_way_is_no_token_of_ours(world, company):
    client = browser(world)
    sent(client)
    bearer = {"Authorization": f"Bearer {client.cookies['callcycle-login']}"}
    assert client.get(f"{API}/me", headers=bearer).json()["code"] == "not_logged_in"
    assert isinstance(world.app.state.house.tokens, Tokens)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "params", [{}, {"error": "access_denied"}, {"code": ""}, {"code": "other"}]
)
def test_a_company_that_says_no_is_believed(world, company, params):
    client = browser(world)
    state = company.log_in(sent(client))["state"]
    assert refused(client.get(BACK, params={"state": state} | params))
    assert client.get(f"{API}/me").status_code == 401


@pytest.mark.one_database
@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "",
        "today",
        "/a\\..\\b",
        "/a b",
        "/\u00e9",
        "/a\r\nSet-Cookie: x=y",
        "/" + "a" * 300,
    ],
)
def test_nobody_is_sent_elsewhere(world, path):
    answer = browser(world).get(BEGIN, params={"next": path})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


@pytest.mark.one_database
def test_what_is_too_long_is_refused(world):
    answer = browser(world).get(BACK, params={"code": "a" * 4097})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    assert refused(browser(world).get(BACK + "?state=%ED%A0%80&code=%00"))


def test_no_account_is_made_and_no_bound_one_taken(world, company):
    company.claims = {"preferred_username": "stranger"}
    assert refused(came_back(world, company))
    company.claims = {"preferred_username": None}
    assert refused(came_back(world, company))
    company.claims = {"preferred_username": ["rep1"]}
    assert refused(came_back(world, company))
    assert bound(world) is None
    company.claims = {}
    came_back(world, company)
    first = bound(world)
    company.claims = {"sub": "person-2"}  # who calls oneself rep1 by now
    assert refused(came_back(world, company))
    assert bound(world) == first
    assert told(world)[0] == ("refuse_company_login", "", "service")
    with world.database.reading() as session:
        assert len(session.exec(select(User)).all()) == len(world.logins)


def test_a_closed_account_stays_closed(world, company):
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().active = False
    assert refused(came_back(world, company))
    assert bound(world) is None
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().active = True
    came_back(world, company)
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().active = False
    assert refused(came_back(world, company))


def test_an_account_closed_meanwhile_is_not_let_in(world, company, monkeypatch):
    from field_api.services.people import company_login

    real = company_login._bound

    def closed_behind(session, person, now):
        user = real(session, person, now)
        session.exec(select(User).where(User.username == "rep1")).one().active = False
        return user

    monkeypatch.setattr(company_login, "_bound", closed_behind)
    client = browser(world)
    assert refused(came_back(world, company, client))
    assert client.get(f"{API}/me").status_code == 401


def test_of_two_persons_at_the_same_moment_one_is_bound(world, company, monkeypatch):
    """Both find the account unbound; the other one is faster."""
    from field_api.services.people import company_login

    real = company_login.accounts.bind

    def bind(session, user_id, subject):
        assert real(session, user_id, "the faster one's")
        return real(session, user_id, subject)

    monkeypatch.setattr(company_login.accounts, "bind", bind)
    assert refused(came_back(world, company))
    assert bound(world) == "the faster one's"


def test_an_unbound_account_is_bound_anew(world, company):
    came_back(world, company)
    company.claims = {"sub": "person-1-again"}
    assert refused(came_back(world, company))
    world.client("general").patch(
        f"{API}/users/rep1", json={"company_login": False}, headers={"If-Match": "*"}
    )
    assert came_back(world, company).status_code == 303


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("verified", "status"), [(True, 303), (False, 403), (None, 403), ("x", 403)]
)
def test_a_mail_address_counts_when_the_company_verified_it(database, company, verified, status):
    world = built(database, company, oidc_username_claim="email")
    with database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().username = "m@example.com"
    company.claims = {"email": "M@Example.com", "email_verified": verified}
    assert came_back(world, company).status_code == status


@pytest.mark.one_database
def test_a_public_client_proves_itself_by_pkce_alone(database, company, monkeypatch):
    world = built(database, company, oidc_client_secret=None)
    seen = []
    monkeypatch.setattr(
        company, "_proven", lambda query, form, authorization: seen.append(authorization) or True
    )
    assert came_back(world, company).status_code == 303
    assert seen == [""]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/.well-known/openid-configuration", (500, "{}")),
        ("/.well-known/openid-configuration", (200, "no json")),
        ("/.well-known/openid-configuration", (200, "[]")),
        ("/.well-known/openid-configuration", (302, "{}")),
        ("/keys", (500, "{}")),
        ("/keys", (200, '{"keys": []}')),
        ("/keys", (200, '{"keys": 7}')),
        ("/keys", (200, '{"keys": [{"kty": "oct", "k": "AAAA"}, 7]}')),
        ("/token", (500, "{}")),
        ("/token", (302, "{}")),
    ],
)
def test_a_company_that_is_out_of_order_is_said_to_be_away(world, company, path, answer):
    company.answers[path] = answer
    client = browser(world)
    reached = client.get(BEGIN)
    if reached.status_code == 303:
        reached = client.get(BACK, params=company.log_in(reached.headers["location"]))
    assert reached.status_code in (403, 503)
    assert path != "/.well-known/openid-configuration" or refused(
        reached, 503, "company_login_away"
    )
    assert bound(world) is None


@pytest.mark.one_database
@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://somebody.else"},
        {"token_endpoint": "http://login.example.com/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://[::1"},
    ],
)
def test_what_a_company_says_of_itself_is_looked_at(world, company, document):
    company.document = document
    assert refused(browser(world).get(BEGIN), 503, "company_login_away")


@pytest.mark.one_database
def test_a_company_that_does_not_answer_keeps_nobody_waiting(database, monkeypatch):
    settings = {"oidc_issuer": "http://127.0.0.1:1", "oidc_client_id": CLIENT}
    world = build(database, **settings)
    client = browser(world)
    answer = client.get(BEGIN)
    assert refused(answer, 503, "company_login_away")
    assert answer.headers["Retry-After"] == "10"
    monkeypatch.setattr(httpx2, "request", None)  # nobody is asked again for a while
    assert refused(client.get(BEGIN), 503, "company_login_away")
    assert log_in(world).status_code == 200  # names and passwords go on


@pytest.mark.one_database
def test_who_was_away_is_asked_again_after_a_while(company):
    clock = [0.0]
    given = {"oidc_issuer": "http://127.0.0.1:1", "oidc_client_id": CLIENT}
    provider = Provider(load_settings(**given), clock=lambda: clock[0])
    asked = []
    provider._described = lambda: asked.append(clock[0]) or {"token_endpoint": "x"}
    for at in (0, 1, 3599, 3600):
        clock[0] = at
        assert provider.endpoint("token_endpoint") == "x"
    assert asked == [0, 3600]


@pytest.mark.one_database
@pytest.mark.parametrize("path", [BEGIN, BACK])
def test_without_the_setting_there_is_none(database, path):
    assert refused(browser(build(database)).get(path), 404, "company_login_off")


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"oidc_issuer": "http://login.example.com", "oidc_client_id": "c"}, "https://login"),
        ({"oidc_issuer": "login.example.com", "oidc_client_id": "c"}, "https://login"),
        ({"oidc_issuer": "https://", "oidc_client_id": "c"}, "https://login"),
        ({"oidc_issuer": "https://login.example.com"}, "OIDC_CLIENT_ID"),
    ],
)
def test_settings_that_would_not_work_are_named(given, hint):
    with pytest.raises(SettingsError, match=hint):
        load_settings(**given)
