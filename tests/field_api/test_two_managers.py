"""Two managers do different things to the same at the same moment: one wins, the other is told,
and nothing is half done."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.errors import Refused
from crm.models import (
    AuditEntry,
    Customer,
    DuplicatePair,
    Promise,
    Rep,
    Territory,
    TerritoryChange,
)
from crm.rules.access import Asker
from crm.vocabulary import Role
from field_api.errors import status_and_code
from field_api.schemas.plan_edits import EditBody
from field_api.services import plan_edits
from field_api.services.plan_edits import standing_in  # noqa: F401  (its codes)
from routing.check import check
from routing.document import from_document
from tests.builders import VALLETTA, a_customer
from tests.field_api.approvals import a_draft
from tests.field_api.plans.test_plan_edits import Desk
from tests.field_api.territories.test_territory_changes import (
    MATCH,
    T1,
    WIDER,
    body,
    box,
    decide,
    homes,
)
from tests.field_api.test_concurrency import at_once, rows
from tests.field_api.world import API, NOW

COPIES = 6
ABOVE = ("malta", "south", "general", "chairman")


def one(world, table, **wanted):
    with world.database.reading() as session:
        query = select(table)
        for name, value in wanted.items():
            query = query.where(getattr(table, name) == value)
        return session.exec(query).one()


def passed(world, asker, rep, to):
    sent = {"to_rep_code": to, "reason": f"to {to}"}
    return world.client(asker).post(f"{API}/reps/{rep}/hand-over", json=sent)


def asked_for(world, sent, code="T1", **query):
    """The approval of T1's territory drawn anew, or of a new one."""
    client = world.client("malta")
    if code == "T1":
        answer = client.put(f"{API}/territories/T1", json=sent, headers=MATCH, params=query)
    else:
        answer = client.post(f"{API}/territories", json=sent | {"code": code}, params=query)
    assert answer.status_code == 202, answer.text
    return answer.json()["approval_id"]


def test_the_same_rep_handed_over_to_two(world):
    takers = ("R2", "R3") * (COPIES // 2)
    answers = at_once(COPIES, lambda n: passed(world, "general", "R1", takers[n]))
    assert Counter(a.status_code for a in answers) == {200: 1, 409: COPIES - 1}
    (won,) = [a.json()["to_rep_code"] for a in answers if a.status_code == 200]
    taker = one(world, Rep, code=won)
    assert one(world, Territory, code="T1").rep_id == taker.id
    assert one(world, Promise, code="P1").owner_rep_id == taker.id
    entries = [e for e in rows(world, AuditEntry) if e.action == "hand_over"]
    assert [entry.details["to"] for entry in entries] == [won]


def test_two_reps_handed_over_to_each_other(world):
    pairs = (("R1", "R2"), ("R2", "R1"))
    answers = at_once(2, lambda n: passed(world, "malta", *pairs[n]))
    assert sorted(a.status_code for a in answers) == [200, 409]
    stays = next(a.json()["to_rep_code"] for a in answers if a.status_code == 200)
    taker = one(world, Rep, code=stays)
    assert taker.active
    assert {one(world, Territory, code=code).rep_id for code in ("T1", "T2")} == {taker.id}


def test_a_rep_handed_over_while_the_taker_is(world):
    """Nobody's customers end with somebody who has left."""
    pairs = (("R1", "R2"), ("R2", "R3"))
    answers = at_once(2, lambda n: passed(world, "general", *pairs[n]))
    assert {a.status_code for a in answers} <= {200, 409}
    with world.database.reading() as session:
        at_work = session.exec(select(Rep.active).join(Territory, Territory.rep_id == Rep.id)).all()
    assert all(at_work)


def test_a_rep_handed_over_while_the_boundary_is_approved(world):
    """Either order is good: the change is overtaken, or what it moved passes as well."""
    approval = asked_for(world, WIDER)

    def work(number):
        return passed(world, "malta", "R1", "R2") if number else decide(world, "south", approval)

    decided, gone = at_once(2, work)
    assert (gone.status_code, decided.status_code in (200, 409)) == (200, True)
    assert one(world, Territory, code="T1").rep_id == one(world, Rep, code="R2").id
    assert homes(world)["C2"] == ("T1" if decided.status_code == 200 else "T2")


@pytest.mark.parametrize("later", [False, True], ids=["now", "on their day"])
def test_two_changes_of_one_territory_approved(world, later):
    on = {"takes_effect_on": str(NOW.date() + timedelta(days=7))} if later else {}
    first = asked_for(world, WIDER | on)
    # the second names T1 among several, so that both are open
    sent = {
        "type": "FeatureCollection",
        "reason": "x",
        "features": [
            {
                "type": "Feature",
                "geometry": box(*T1),
                "properties": {"code": "T1", "name": "Another", "rep_code": "R1", "version": 1},
            },
            {
                "type": "Feature",
                "geometry": box(15.0, 35.0, 15.1, 35.1),
                "properties": {"code": "T9", "name": "Sea", "district_code": "MT"},
            },
        ],
    } | on
    second = world.client("malta").put(f"{API}/territories.geojson", json=sent)
    assert second.status_code == 202, second.text
    both = (first, second.json()["approval_id"])
    answers = at_once(2, lambda n: decide(world, "south", both[n]))
    assert sorted(a.status_code for a in answers) == [200, 409], [a.text for a in answers]
    won = answers.index(next(a for a in answers if a.status_code == 200))
    if later:
        assert len(rows(world, TerritoryChange)) == 1
        return
    assert one(world, Territory, code="T1").name == ("Territory T1", "Another")[won]
    assert (one(world, Territory, code="T1").version, homes(world)["C2"]) == (
        2,
        ("T1", "T2")[won],
    )


def test_the_same_ground_given_to_two_new_territories(world):
    """Neither change knows of the other's; both at once would overlap."""
    ground = box(15.0, 35.0, 15.1, 35.1)
    both = [
        asked_for(world, body(ground, rep_code=None, district_code="MT"), code)
        for code in ("T8", "T9")
    ]
    answers = at_once(2, lambda n: decide(world, "south", both[n]))
    assert sorted(a.status_code for a in answers) == [200, 409]
    with world.database.reading() as session:
        codes = session.exec(select(Territory.code)).all()
    assert len({"T8", "T9"} & set(codes)) == 1


def test_cards_merged_in_a_ring(world):
    """A into B, B into C, C into A: what is merged already is merged no more, and no code leads
    in a circle."""
    with world.database.writing() as session:
        home = session.exec(select(Customer.territory_id).where(Customer.code == "C1")).one()
        cards = [a_customer(code, VALLETTA, territory_id=home) for code in ("A", "B", "C")]
        session.add_all(cards)
        session.flush()
        pairs = [
            DuplicatePair(
                first_id=min(a.id, b.id), second_id=max(a.id, b.id), percent=90,
                name_percent=90, metres=1, same_phone=True, found_at=NOW,
            )
            for a, b in zip(cards, [*cards[1:], cards[0]], strict=True)
        ]  # fmt: skip
        session.add_all(pairs)
        session.flush()
        numbers = [pair.id for pair in pairs]
    forms = [("B", "A"), ("C", "B"), ("A", "C")]

    def merge(number):
        keep, gone = forms[number]
        form = {"keep": keep, f"version-{keep}": "1", f"version-{gone}": "1"}
        page = f"/desk/imports/duplicates/{numbers[number]}/merge"
        files = {name: (None, value) for name, value in form.items()}
        return world.client("malta").post(page, files=files)

    answers = at_once(3, merge)
    assert {a.status_code for a in answers} <= {204, 404, 409}
    done = sum(a.status_code == 204 for a in answers)
    merged = {code: one(world, Customer, code=code).merged_into_id for code in ("A", "B", "C")}
    assert (done, sum(bool(into) for into in merged.values())) in ((1, 1), (2, 2))
    assert None in merged.values()
    kept = {one(world, Customer, code=code).id for code, into in merged.items() if into is None}
    assert {into for into in merged.values() if into is not None} <= kept


def test_the_same_pair_merged_and_told_apart(world):
    with world.database.writing() as session:
        home = session.exec(select(Customer.territory_id).where(Customer.code == "C1")).one()
        cards = [a_customer(code, VALLETTA, territory_id=home) for code in ("A", "B")]
        session.add_all(cards)
        session.flush()
        pair = DuplicatePair(
            first_id=cards[0].id, second_id=cards[1].id, percent=90, name_percent=90,
            metres=1, same_phone=True, found_at=NOW,
        )  # fmt: skip
        session.add(pair)
        session.flush()
        page = f"/desk/imports/duplicates/{pair.id}"
    form = {"keep": (None, "A"), "version-A": (None, "1"), "version-B": (None, "1")}
    clients = [world.client(who) for who in ABOVE[:2]]
    answers = at_once(
        2,
        lambda n: (
            clients[n].post(f"{page}/merge", files=form) if n else clients[n].post(f"{page}/apart")
        ),
    )
    assert sorted(a.status_code for a in answers) == [204, 409], [a.text for a in answers]


@pytest.fixture(params=[True, False], ids=["published", "draft"])
def desk(request, planning) -> Desk:
    planning.plan(publish=request.param)
    return Desk(planning)


def test_one_plan_dragged_in_by_two(desk):
    visit, _ = desk.visit()
    fit = [one.date for one in desk.weigh(visit).targets if one.fits]
    assert len(fit) > 1
    seen, before = desk.seen(), desk.days()

    def drag(number):
        sent = EditBody(
            plan_id=seen.plan_id, fingerprint=seen.fingerprint, purpose="x", kind="move",
            visit_id=visit, day=fit[number % 2],
        )  # fmt: skip
        who = Asker(role=Role.GENERAL_MANAGER, name=f"manager {number}")
        try:
            return plan_edits.change(
                desk.database, desk.settings, who, sent, deed=uuid4(), now=desk.now, language="en"
            ).plan_id
        except Refused as refused:
            return status_and_code(refused)

    told = at_once(COPIES, drag)
    won = [number for number, one in enumerate(told) if isinstance(one, int)]
    assert len(won) == 1, told
    assert {one for one in told if not isinstance(one, int)} == {(409, "plan_changed")}
    after = desk.days()
    assert after[visit] == fit[won[0] % 2] != before[visit]
    ((problem, plan),) = from_document(desk.row().document)
    assert check(problem, plan) == ()


def test_a_plan_sent_back_and_a_newer_one_sent(world):
    """One of them waits for the rep afterwards, never both."""
    with world.database.writing(at=NOW) as session:
        a_draft(session, 7, state="refused")
        a_draft(session, 6)
    urls = [f"{API}/plans/{number}/submit" for number in (6, 7)]
    answers = at_once(2, lambda n: world.client(ABOVE[n]).post(urls[n], json={}))
    assert {a.status_code for a in answers} <= {200, 409}
    states = Counter(
        world.client("malta").get(f"{API}/plans/{number}").json()["state"] for number in (6, 7)
    )
    assert states["proposed"] == 1
