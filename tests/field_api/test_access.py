"""Every route as every role and as nobody. A route that is not in the table fails the test."""

import pytest
from fastapi.routing import iter_route_contexts
from sqlmodel import select

from crm.models import CyclePlan, User
from tests.field_api import world as worlds
from tests.field_api.world import API, REPORT, ROLES, a_report

ASKERS = [*ROLES, None]
EVERYBODY = dict.fromkeys(ASKERS, 200)
LOGGED_IN = dict.fromkeys(ROLES, 200) | {None: 401}
OF_R1 = {"rep1": 200, "rep2": 404, "rep3": 404, "malta": 200, "gozo": 404, "general": 200}
OF_R1[None] = 401
REPS_ONLY = {"malta": 403, "gozo": 403, "general": 403, None: 401}
CORRECTION = {"id": "3b241101-e2bb-4255-8caf-4136c566a962", "reason": "x", "report": a_report()}

# method, path of the route -> address to call, body, expected status by asker
TABLE = {
    ("GET", "/healthz"): ("/healthz", None, EVERYBODY),
    ("GET", "/readyz"): ("/readyz", None, EVERYBODY),
    ("GET", "/"): ("/", None, EVERYBODY),
    ("GET", "/docs"): ("/docs", None, EVERYBODY),
    ("GET", "/docs/style.css"): ("/docs/style.css", None, EVERYBODY),
    ("GET", "/openapi.json"): ("/openapi.json", None, EVERYBODY),
    ("POST", "/auth/login"): (
        "/auth/login",
        {"username": "rep1", "password": worlds.PASSWORD},
        EVERYBODY,
    ),
    ("GET", "/me"): ("/me", None, LOGGED_IN),
    ("GET", "/my/days/{day}"): (
        "/my/days/2026-11-30",
        None,
        {"rep1": 200, "rep2": 200, "rep3": 200} | REPS_ONLY,
    ),
    ("GET", "/reps/{rep_code}/days/{day}"): ("/reps/R1/days/2026-11-30", None, OF_R1),
    ("PUT", "/visit-reports/{report_id}"): (
        f"/visit-reports/{REPORT}",
        a_report(),
        {"rep1": 200, "rep2": 404, "rep3": 404} | REPS_ONLY,
    ),
    ("GET", "/visit-reports/{report_id}"): (f"/visit-reports/{REPORT}", None, OF_R1),
    ("POST", "/visit-reports/{report_id}/corrections"): (
        f"/visit-reports/{REPORT}/corrections",
        CORRECTION,
        {"rep1": 201, "rep2": 404, "rep3": 404} | REPS_ONLY,
    ),
    ("GET", "/visit-reports"): ("/visit-reports?rep_code=R1", None, OF_R1),
    ("GET", "/promises"): ("/promises", None, LOGGED_IN),
    ("POST", "/promises/{code}/keep"): ("/promises/P1/keep", {"evidence": "x"}, OF_R1),
    ("POST", "/promises/{code}/withdraw"): ("/promises/P1/withdraw", {"reason": "x"}, OF_R1),
    ("GET", "/plans/current"): ("/plans/current?rep_code=R1", None, OF_R1),
    # the cycle of the plan is over by then, which only those learn who may know of it
    ("POST", "/plans/replan"): (
        "/plans/replan",
        {"rep_code": "R1", "purpose": "x"},
        {"rep1": 403, "rep2": 403, "rep3": 403, "malta": 409, "gozo": 404, "general": 409}
        | {None: 401},
    ),
}


def routes(app):
    """Method and path, without the common prefix, of all that answers."""
    found = set()
    for context in iter_route_contexts(app.routes):
        route = context.route
        for method in route.methods - {"HEAD"}:
            found.add((method, context.path.removeprefix(API)))
    return found


def test_every_route_is_in_the_table(world):
    assert routes(world.app) == set(TABLE)


def address(path, key):
    rooted = ("/", "/docs", "/openapi.json", "/healthz", "/readyz")
    return path if key[1] in rooted or key[1].startswith("/docs") else API + path


@pytest.mark.parametrize("key", TABLE, ids=" ".join)
def test_each_role_gets_what_is_its_own(world, key):
    path, body, expected = TABLE[key]
    assert set(expected) == set(ASKERS)
    for asker in ASKERS:
        # each asker meets the same world: rep1's report is there, the promise is open
        if key == ("POST", "/plans/replan"):
            with world.database.writing() as session:
                session.exec(select(CyclePlan)).one().last_day = worlds.MONDAY
        world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
        answer = world.client(asker).request(key[0], address(path, key), json=body)
        assert answer.status_code == expected[asker], (asker, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"


def test_what_belongs_to_others_reads_like_what_is_not_there(world):
    """Another's customer, report, promise and rep answer just as made-up ones do."""
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    made_up = "00000000-0000-4000-8000-000000000000"
    client = world.client("rep3")
    for theirs, nowhere in [
        (f"/visit-reports/{REPORT}", f"/visit-reports/{made_up}"),
        ("/reps/R1/days/2026-11-30", "/reps/R9/days/2026-11-30"),
        ("/plans/current?rep_code=R1", "/plans/current?rep_code=R9"),
        ("/visit-reports?rep_code=R1", "/visit-reports?rep_code=R9"),
    ]:
        pair = [client.get(API + path).json() for path in (theirs, nowhere)]
        for answer in pair:
            answer.pop("instance")
            answer["detail"] = answer["detail"].replace(str(REPORT), "…").replace(made_up, "…")
            answer["detail"] = answer["detail"].replace("R1", "…").replace("R9", "…")
        assert pair[0] == pair[1]


def test_lists_hold_only_ones_own(world):
    for number in (1, 2, 3):
        url = f"{API}/visit-reports/{number:032x}"
        body = a_report(customer_code=f"C{number}", promises=[])
        assert world.client(f"rep{number}").put(url, json=body).status_code == 201
    seen = {
        asker: sorted(
            item["rep_code"]
            for item in world.client(asker).get(f"{API}/visit-reports").json()["items"]
        )
        for asker in ROLES
    }
    assert seen == {
        "rep1": ["R1"],
        "rep2": ["R2"],
        "rep3": ["R3"],
        "malta": ["R1", "R2"],
        "gozo": ["R3"],
        "general": ["R1", "R2", "R3"],
    }


def test_an_account_without_its_rep_or_district_sees_nothing(world):
    with world.database.writing() as session:
        for user in session.exec(select(User)):
            user.rep_id = user.district_id = None
    for asker in ("rep1", "malta"):
        client = world.client(asker)
        assert client.get(f"{API}/promises").json()["items"] == []
        assert client.get(f"{API}/visit-reports").json()["items"] == []
        assert client.get(f"{API}/reps/R1/days/2026-11-30").status_code == 404
