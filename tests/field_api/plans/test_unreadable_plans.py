"""A plan in force whose document does not say what it was made from: no page and no answer of ours
fails over it, and each says what to do."""

from copy import deepcopy

import pytest
from sqlmodel import col, select

from crm.models import CyclePlan
from crm.rules.access import OPERATOR
from field_api.services.planning import CycleRequest, plan_cycle
from field_api.services.planning.kept import PlanUnreadable, pair_of
from tests.field_api.access import collected
from tests.field_api.day_world import LITTLE, customers_of
from tests.field_api.world import API, MONDAY

PAGE = {"accept": "text/html"}
UNREADABLE = {"en": "has to be planned again", "zh": "需要重新编制"}


@pytest.fixture
def planned(world):
    """R1's plan in force, as it is kept."""
    customers_of(world)
    request = CycleRequest(first_day=MONDAY, weeks=1, rep_codes=("R1",))
    plan_cycle(world.database, OPERATOR, request, effort=LITTLE)
    return world


def newest(session) -> CyclePlan:
    return session.exec(select(CyclePlan).order_by(col(CyclePlan.id).desc())).first()


def broken(world, how) -> int:
    """The plan, with its document changed."""
    with world.database.writing() as session:
        row = newest(session)
        document = deepcopy(row.document)
        how(document)
        row.document = document
        return row.id


def _problem(document) -> dict:
    return document["problems"][0]["problem"]


WAYS = {
    "empty": dict.clear,
    "no problems": lambda document: document.update(problems=[]),
    "no problem": lambda document: _problem(document).clear(),
    "customers": lambda document: _problem(document).update(customers=[]),
    "workdays": lambda document: _problem(document)["reps"][0].update(workdays=[]),
    "places": lambda document: _problem(document).update(places=[]),
}


@pytest.mark.parametrize("how", WAYS.values(), ids=WAYS)
def test_what_lacks_a_part_is_told_apart(planned, how):
    with planned.database.reading() as session:
        pair_of(newest(session))
    broken(planned, how)
    with planned.database.reading() as session:
        row = newest(session)
        with pytest.raises(PlanUnreadable):
            pair_of(row)


@pytest.mark.parametrize("how", [WAYS["empty"], WAYS["workdays"]], ids=["empty", "workdays"])
def test_nothing_of_a_manager_s_or_a_rep_s_fails(planned, how):
    plan = broken(planned, how)
    addresses = {
        case.path.replace("/1/", f"/{plan}/")
        for (method, _), case in collected().items()
        if method == "GET"
    } | {f"/desk/plans/R1?plan={plan}", f"/desk/plans/R1/map?plan={plan}", f"/my-day/map/{MONDAY}"}
    for who in ("rep1", "malta"):
        client = planned.client(who, raise_server_exceptions=False)
        failed = [one for one in sorted(addresses) if client.get(one).status_code == 500]
        assert failed == []


def test_another_plan_is_made_in_its_place_but_not_from_it(planned):
    plan = broken(planned, dict.clear)
    again = planned.client("malta").post(
        f"{API}/plans/replan", json={"rep_code": "R1", "purpose": "Rain"}
    )
    assert (again.status_code, again.json()["code"]) == (409, "plan_unreadable")
    assert str(plan) in again.json()["detail"]


@pytest.mark.parametrize("language", UNREADABLE)
def test_the_phone_s_frame_shows_it_as_a_page(planned, language):
    broken(planned, dict.clear)
    asked = PAGE | {"accept-language": language}
    shown = planned.client("rep1").get(f"/my-day/map/{MONDAY}", headers=asked)
    assert shown.status_code == 409
    assert shown.headers["content-type"].startswith("text/html")
    assert UNREADABLE[language] in shown.text
    # the phone's page may show it, and nobody else's
    assert shown.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]


def test_a_map_s_frame_at_the_desk_says_that_there_is_none(planned):
    broken(planned, dict.clear)
    framed = PAGE | {"sec-fetch-dest": "iframe"}
    shown = planned.client("malta").get("/desk/plans/R1/map", headers=framed)
    assert (shown.status_code, shown.headers["x-frame-options"]) == (404, "SAMEORIGIN")
    opened = planned.client("malta").get("/desk/plans/R1/map", headers=PAGE)
    assert (opened.status_code, opened.headers["x-frame-options"]) == (404, "DENY")
