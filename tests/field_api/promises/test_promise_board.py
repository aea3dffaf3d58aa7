"""The board of promises: how they stand, and what is done with them there."""

import pytest
from sqlmodel import select

from crm.models import Promise
from crm.vocabulary import PromiseState
from tests.field_api.world import API

DESK = "/desk/promises"


def make(world, code, due, by="rep1", **more):
    body = {"code": code, "customer_code": "C1", "what": f"Thing {code}", "due": due} | more
    assert world.client(by).post(f"{API}/promises", json=body).status_code == 201


def lying(world, by="malta", **asked):
    html = world.client(by).get(DESK, params=asked).text
    return [part.split('"')[0] for part in html.split('data-id="')[1:]]


def post(world, path, by="malta", **data):
    return world.client(by).post(f"{DESK}/{path}", data=data)


def kept(world, code="P1"):
    with world.database.reading() as session:
        return session.exec(select(Promise).where(Promise.code == code)).one()


def test_promises_lie_by_their_due_day(world):
    make(world, "far", "2026-12-24")
    make(world, "soon", "2026-12-02")
    with world.database.writing() as session:
        session.exec(select(Promise).where(Promise.code == "P2")).one().due = world.now.date()
    assert lying(world) == ["P2", "P1", "soon", "far"]
    assert lying(world, standing="late") == []
    assert lying(world, standing="due_soon") == ["P2", "P1", "soon"]
    world.now = world.now.replace(month=12, day=3)
    assert lying(world, standing="late") == ["P2", "P1", "soon"]
    assert lying(world, standing="made up") == ["P2", "P1", "soon", "far"]
    assert lying(world, by="gozo") == ["P3"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"owner": "R1"}, ["P1", "x"]),
        ({"owner": "R2"}, ["P2"]),
        ({"q": "C9"}, []),
        ({"q": "C2"}, ["P2"]),
        ({"q": "THING"}, ["x"]),
        ({"q": "ms borg"}, ["x"]),
        ({"q": "%"}, []),
    ],
)
def test_promises_are_found(world, asked, found):
    make(world, "x", "2026-12-24", to_whom="Ms Borg")
    assert lying(world, **asked) == found


def test_a_promise_is_kept_with_its_evidence_once(world):
    assert post(world, "P1/close", how="keep").status_code == 422
    assert post(world, "P1/close", how="keep", because="Signed").status_code == 204
    assert (kept(world).state, kept(world).evidence) == (PromiseState.KEPT, "Signed")
    again = post(world, "P1/close", how="withdraw", because="Too late", by="south")
    assert (again.status_code, again.json()["code"]) == (409, "promise_closed")
    assert lying(world, standing="kept") == ["P1"]
    page = world.client("malta").get(f"{DESK}/P1").text
    assert "Signed" in page
    assert 'name="how"' not in page


def test_a_due_day_moves_with_its_reason_and_its_past_says_so(world):
    sent = {"version": 1, "due": "2026-12-08"}
    assert post(world, "P1/due", **sent).status_code == 422
    assert post(world, "P1/due", **(sent | {"due": "soon", "reason": "x"})).status_code == 422
    assert post(world, "P1/due", **sent, reason="The printer is late").status_code == 204
    page = world.client("malta").get(f"{DESK}/P1").text
    assert "<del>Tue 1 Dec</del> → <ins>Tue 8 Dec</ins>" in page
    assert "The printer is late" in page
    stale = post(world, "P1/due", **(sent | {"due": "2026-12-09"}), reason="y", by="south")
    assert (stale.status_code, stale.json()["code"]) == (412, "version_changed")


def test_a_promise_is_handed_over_within_the_district(world):
    page = world.client("malta").get(f"{DESK}/P1").text
    assert '<option value="R2">' in page
    taken = page.split('id="taker"')[1].split("</select>")[0]
    assert "R3" not in taken
    assert post(world, "P1/owner", rep="R2").status_code == 422
    assert post(world, "P1/owner", rep="R3", reason="x", by="general").status_code == 422
    assert post(world, "P1/owner", rep="R2", reason="On leave").status_code == 204
    assert lying(world, owner="R2") == ["P1", "P2"]


def test_the_board_goes_on_where_it_ended(world, monkeypatch):
    limited = {"after": None, "limit": 2}
    monkeypatch.setattr("field_api.services.promises.promise_board.listed.__kwdefaults__", limited)
    for number in range(4):
        make(world, f"n{number}", "2026-12-24")
    post(world, "n0/close", how="keep", because="a")
    post(world, "n1/close", how="keep", because="b")
    post(world, "n2/close", how="keep", because="c")
    assert walked(world, DESK) == ["P1", "P2", "n3"]
    assert walked(world, f"{DESK}?standing=kept") == ["n2", "n1", "n0"]


def walked(world, address):
    seen = []
    while address:
        html = world.client("malta").get(address).text
        seen += [part.split('"')[0] for part in html.split('data-id="')[1:]]
        parts = html.split('<li class="more" hx-get="')
        address = parts[1].split('"')[0].replace("&amp;", "&") if len(parts) > 1 else ""
    return seen
