"""A promise made at a customer's door is kept by the plan: rep, manager and server over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import httpx2
import pytest

from crm.database import Database
from crm.rules.access import OPERATOR
from crm.vocabulary import Role
from field_api.auth import Passwords
from field_api.sample import malta as sample
from field_api.services.house.demo import PASSWORD
from field_api.services.people import accounts
from field_api.services.planning import Effort
from field_api.services.plans.checking import check_file, check_plans_in_force
from field_api.services.plans.exports import export_plans
from tests.journeys import sample_cut
from tests.support.serving import serving

API = "/api/v1"
PEOPLE = (
    ("maria", Role.REP, "R1"),
    ("joseph", Role.REP, "R2"),
    ("carmen", Role.DISTRICT_MANAGER, None),
)


@pytest.fixture(scope="module")
def folder(migrated_file, tmp_path_factory):
    """A folder in which `callcycle serve --demo` finds the cut: planned, with accounts."""
    folder = tmp_path_factory.mktemp("journey")
    (folder / "demo").mkdir()
    (folder / "demo" / "callcycle.db").write_bytes(migrated_file.read_bytes())
    database = open_in(folder)
    sample_cut.brought_in(database, folder)
    with ThreadPoolExecutor(2) as pool:
        outcome = sample_cut.planned(database, Effort(work=20, executor=pool))
    assert [rep.rep_code for rep in outcome.reps] == ["R1", "R2"]
    assert sum(rep.figures["planned"] for rep in outcome.reps) > 200
    passwords = Passwords(1)
    for username, role, rep in PEOPLE:
        district = {"district_code": "MALTA"} if rep is None else {"rep_code": rep}
        values = {"username": username, "password": PASSWORD, "role": role, "name": username}
        accounts.add(database, passwords, **values, **{"rep_code": None} | district)
    database.close()
    return folder


@pytest.fixture(scope="module")
def server(folder):
    """Its clock stands on the first day of the cycle."""
    with serving("--demo", folder=folder) as url:
        yield url


def open_in(folder) -> Database:
    return Database(f"sqlite:///{folder / 'demo' / 'callcycle.db'}")


def logged_in(url: str, username: str) -> httpx2.Client:
    body = {"username": username, "password": PASSWORD}
    answer = httpx2.post(f"{url}{API}/auth/login", json=body, timeout=120)
    assert answer.status_code == 200, answer.text
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    return httpx2.Client(base_url=f"{url}{API}", headers=headers, timeout=120)


def cycle(client: httpx2.Client, path: str = "my/days") -> dict[date, list[dict]]:
    """The stops of every day of the cycle."""
    days = (sample.FIRST_DAY + timedelta(days=n) for n in range(7 * sample.CYCLE_WEEKS))
    return {day: client.get(f"/{path}/{day}").json()["stops"] for day in days}


def days_of(stops: dict[date, list[dict]]) -> dict[str, date]:
    """Planned visit → its day."""
    return {stop["planned_visit_id"]: day for day, on in stops.items() for stop in on}


def test_a_promise_from_the_field_is_planned_and_nothing_else_moves(server, folder):
    today = sample.FIRST_DAY
    with logged_in(server, "maria") as maria:
        before = cycle(maria)
        met = before[today][0]
        planned_this_week = {
            stop["customer"]["code"]
            for day, stops in before.items()
            if day <= today + timedelta(days=6)
            for stop in stops
        }
        code = next(  # whom the plan visits only later
            stop["customer"]["code"]
            for day, stops in reversed(before.items())
            for stop in stops
            if stop["customer"]["code"] not in planned_this_week and not stop["promises"]
        )
        due = today + timedelta(days=3)
        report, promise = uuid4(), str(uuid4())
        body = {
            "customer_code": met["customer"]["code"],
            "planned_visit_id": met["planned_visit_id"],
            "checked_in_at": f"{today}T00:05:00+01:00",
            "checked_out_at": f"{today}T00:20:00+01:00",
            "outcome": "order_taken",
            "promises": [],
        }
        first = maria.put(f"/visit-reports/{report}", json=body)
        assert first.status_code == 201, first.text
        assert maria.put(f"/visit-reports/{report}", json=body).status_code == 200
        # on the way out another customer calls: that report bears the promise
        call = body | {
            "customer_code": code,
            "planned_visit_id": "",
            "checked_out_at": None,
            "outcome": "not_met",
            "promises": [{"code": promise, "what": "Bring the samples", "due": str(due)}],
        }
        second = uuid4()
        assert maria.put(f"/visit-reports/{second}", json=call).status_code == 201
        assert maria.put(f"/visit-reports/{second}", json=call).status_code == 200
        promises = maria.get("/promises", params={"state": "open"}).json()["items"]
        assert [one["code"] for one in promises].count(promise) == 1
    with logged_in(server, "carmen") as carmen:
        wish = {"rep_code": "R1", "purpose": "Samples by Thursday"}
        answer = carmen.post("/plans/replan", json=wish)
        assert answer.status_code == 200, answer.text
        change = answer.json()
        after = cycle(carmen, "reps/R1/days")
    assert (change["from_day"], change["purpose"]) == (
        str(today + timedelta(days=1)),
        wish["purpose"],
    )
    kept_on = [
        day
        for day, stops in after.items()
        for stop in stops
        if stop["customer"]["code"] == code and stop["promise_code"] == promise
    ]
    assert len(kept_on) == 1
    assert today < kept_on[0] <= due
    old, new = days_of(before), days_of(after)
    still = {visit: day for visit, day in old.items() if day > today}
    unchanged = sum(new.get(visit) == day for visit, day in still.items())
    assert change["stability"] == pytest.approx(unchanged / len(still))
    assert unchanged >= len(still) - 2
    assert [s["planned_visit_id"] for s in after[today]] == [
        s["planned_visit_id"] for s in before[today]
    ]
    with logged_in(server, "maria") as maria:
        assert days_of(cycle(maria)) == new
        assert maria.post("/plans/replan", json=wish).status_code == 403
    with logged_in(server, "joseph") as joseph:
        assert joseph.get(f"/reps/R1/days/{kept_on[0]}").status_code == 404
        assert joseph.get("/plans/current", params={"rep_code": "R1"}).status_code == 404
        assert joseph.get(f"/visit-reports/{report}").status_code == 404
        mine = {s["customer"]["code"] for stops in cycle(joseph).values() for s in stops}
    assert mine.isdisjoint(s["customer"]["code"] for stops in after.values() for s in stops)
    check_all(folder)


def check_all(folder) -> None:
    """The plans in force, and the same as a file."""
    database = open_in(folder)
    verdicts = check_plans_in_force(database, OPERATOR, on=sample.FIRST_DAY)
    assert [verdict.violations for verdict in verdicts] == [(), ()]
    _, document = export_plans(database, OPERATOR, folder / "export", "en", on=sample.FIRST_DAY)
    assert check_file(document) == verdicts
    database.close()
