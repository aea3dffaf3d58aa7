"""Every route as every role and as nobody. A route that is not in the table fails the test."""

import pytest
from fastapi.routing import iter_route_contexts
from sqlmodel import select

from crm.models import User
from tests.field_api.access import ASKERS, collected
from tests.field_api.world import API, REPORT, ROLES, a_report

TABLE = collected()


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


def address(path):
    rooted = ("/docs", "/openapi.json", "/healthz", "/readyz", "/metrics", "/session", "/calendar")
    rooted += ("/login", "/new-password", "/my-day", "/service-worker.js", "/static", "/desk")
    return path if path == "/" or path.startswith(rooted) else API + path


@pytest.mark.parametrize("key", TABLE, ids=" ".join)
def test_each_role_gets_what_is_its_own(world, key):
    case = TABLE[key]
    assert set(case.expected) == set(ASKERS)
    for number, asker in enumerate(ASKERS):
        # each asker meets the same world: rep1's report is there, the promise is open
        if number == 0 or key[0] != "GET":
            _make_ready(world, case)
        sent = {"json": case.body, "data": case.form, "headers": case.headers, "files": case.files}
        answer = world.client(asker).request(
            key[0], address(case.path), **{name: v for name, v in sent.items() if v is not None}
        )
        assert answer.status_code == case.expected[asker], (asker, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"


def _make_ready(world, case):
    if case.prepare is not None:
        with world.database.writing() as session:
            case.prepare(session)
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    if case.before is not None:
        case.before(world)


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
        "south": ["R1", "R2"],
        "north": ["R3"],
        "general": ["R1", "R2", "R3"],
        "chairman": ["R1", "R2", "R3"],
        "info": [],
    }


def test_an_account_without_its_rep_or_district_sees_nothing(world):
    with world.database.writing() as session:
        for user in session.exec(select(User)):
            user.rep_id = user.district_id = user.region_id = None
    for asker in ("rep1", "malta", "south"):
        client = world.client(asker)
        assert client.get(f"{API}/promises").json()["items"] == []
        assert client.get(f"{API}/visit-reports").json()["items"] == []
        assert client.get(f"{API}/reps/R1/days/2026-11-30").status_code == 404
