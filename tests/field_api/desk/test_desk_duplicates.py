"""Duplicates on the desk: found, compared, merged with everything that belongs to them, or told
apart for good; two people cannot merge the same pair twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import SQLModel, select

from crm.models import (
    AuditEntry,
    CardMerge,
    Customer,
    CyclePlan,
    DuplicatePair,
    KeyPerson,
    PlannedVisit,
    Promise,
    Sale,
    SalesSum,
    UnfitTime,
    Visit,
    VisitReport,
)
from crm.rules.access import OPERATOR
from crm.store.analysis import sales_sums
from crm.store.customers import customers
from crm.store.customers.merging import MOVES, STAYS
from crm.store.imports.upsert import table_of
from crm.vocabulary import CustomerStatus, Grade, ImportKind
from field_api.services.imports import import_file
from tests.builders import VALLETTA, a_customer
from tests.field_api.import_files import TODAY
from tests.field_api.world import API, REPORT, a_report

HOME = "/desk/imports/duplicates"


@pytest.fixture
def twice(world):
    """Customer C1 of R1's, and its card written again as D1, with something behind each."""
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report(promises=[]))
    with world.database.writing() as session:
        one = session.exec(select(Customer).where(Customer.code == "C1")).one()
        one.name, one.contact_phone = "Azure Window Café", "+356 2100 0000"
        rep_id = session.exec(select(Promise.owner_rep_id)).first()
        place = (VALLETTA[0] + 0.0001, VALLETTA[1]) if isinstance(VALLETTA, tuple) else VALLETTA
        other = a_customer(
            "D1", place, territory_id=one.territory_id, name="Azure Window Cafe",
            contact_phone="2100 0000", grade=Grade.A, opening_hours="Mo-Fr 08:00-12:00",
        )  # fmt: skip
        session.add(other)
        session.flush()
        day = date(2026, 11, 2)
        session.add_all(
            [
                Visit(customer_id=one.id, rep_id=rep_id, date=day),
                Visit(customer_id=other.id, rep_id=rep_id, date=day),
                Visit(customer_id=other.id, rep_id=rep_id, date=date(2026, 11, 9)),
                *(
                    Sale(customer_id=id_, date=day, product="tea", amount_cents=n, margin_cents=n)
                    for id_, n in ((one.id, 100), (other.id, 20))
                ),
                Sale(customer_id=other.id, date=day, product="cups", amount_cents=3),
                KeyPerson(customer_id=other.id, name="Maria"),
                UnfitTime(customer_id=other.id, weekday=0, from_s=0, to_s=3600),
                Promise(
                    code="PD", customer_id=other.id, owner_rep_id=rep_id, what="Sheet",
                    made_on=day, due=date(2026, 12, 5),
                ),
            ]
        )  # fmt: skip
    assert world.client("malta").post(f"{HOME}/search").status_code == 204
    return world


def the_pair(world) -> str:
    with world.database.reading() as session:
        return f"{HOME}/{session.exec(select(DuplicatePair.id)).one()}"


def form_of(client, page) -> dict:
    shown = client.get(page).text
    versions = re.findall(r'name="(version-[^"]+)" value="(\d+)"', shown)
    return {name: (None, value) for name, value in versions}


def rows(world, model, code="C1"):
    with world.database.reading() as session:
        one = session.exec(select(Customer).where(Customer.code == code)).one()
        return session.exec(select(model).where(model.customer_id == one.id)).all()


def card(world, code):
    with world.database.reading() as session:
        return session.exec(select(Customer).where(Customer.code == code)).one()


def test_a_pair_is_listed_with_its_reasons_and_compared_side_by_side(twice):
    client = twice.client("malta")
    listed = client.get(HOME).text
    assert "Azure Window Café" in listed
    assert "same telephone" in listed
    shown = client.get(the_pair(twice)).text
    assert "Mo-Fr 08:00-12:00" in shown
    assert "1 key people" in shown


def test_what_belongs_to_the_one_goes_over_to_the_other(twice):
    client = twice.client("malta")
    page = the_pair(twice)
    chosen = {"keep": "C1", "field-opening_hours": "D1", "field-name": "C1",
              "field-unfit_times": "D1", "field-grade": "D1"}  # fmt: skip
    form = form_of(client, page) | {name: (None, value) for name, value in chosen.items()}
    assert client.post(f"{page}/merge", files=form).status_code == 204
    kept, gone = card(twice, "C1"), card(twice, "D1")
    assert (kept.name, kept.opening_hours, kept.grade) == (
        "Azure Window Café", "Mo-Fr 08:00-12:00", Grade.A,
    )  # fmt: skip
    assert (gone.status, gone.merged_into_id) == (CustomerStatus.STRUCK_OUT, kept.id)
    assert sorted(visit.date.day for visit in rows(twice, Visit)) == [2, 9, 30]
    assert {sale.product: (sale.amount_cents, sale.margin_cents) for sale in rows(twice, Sale)} == {
        "tea": (120, 120),
        "cups": (3, None),
    }
    assert {one.product: one.cents for one in rows(twice, SalesSum)} == {"tea": 120, "cups": 3}
    assert [person.name for person in rows(twice, KeyPerson)] == ["Maria"]
    assert {promise.code for promise in rows(twice, Promise)} == {"P1", "PD"}
    assert len(rows(twice, UnfitTime)) == 1
    assert len(rows(twice, VisitReport)) == 1
    assert rows(twice, Sale, "D1") == []
    with twice.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.action == "merge")).all()
    assert [(e.key, e.details["merged"], e.details["moved"]["visit"]) for e in entries] == [
        ("C1", "D1", 1)
    ]
    assert page not in client.get(HOME).text


def merged(world, keep="C1", **chosen) -> str:
    """C1 and D1 as one card; answers where it is taken back."""
    client, page = world.client("malta"), the_pair(world)
    wanted = {"keep": keep} | {f"field-{name}": code for name, code in chosen.items()}
    form = form_of(client, page) | {name: (None, value) for name, value in wanted.items()}
    assert client.post(f"{page}/merge", files=form).status_code == 204
    (address,) = re.findall(rf'hx-post="({HOME}/merged/\d+/undo)"', client.get(HOME).text)
    return address


def everything(world) -> dict[str, list[dict]]:
    """All that belongs to the two cards, and the cards, without what counts changes."""
    found = {}
    with world.database.reading() as session:
        ids = session.exec(select(Customer.id).where(Customer.code.in_(("C1", "D1")))).all()
        for model in (*MOVES, UnfitTime, PlannedVisit, SalesSum):
            lines = session.exec(select(model).where(model.customer_id.in_(ids))).all()
            left_out = {"version"} | ({"id"} if model in (UnfitTime, SalesSum) else set())
            dumps = [line.model_dump(exclude=left_out) for line in lines]
            found[model.__name__] = sorted(dumps, key=repr)
        cards = session.exec(select(Customer).where(Customer.id.in_(ids)).order_by(Customer.id))
        found["cards"] = [card.model_dump(exclude={"version"}) for card in cards]
        found["notes"] = [plan.replan_because for plan in session.exec(select(CyclePlan))]
    return found


@pytest.mark.parametrize("keep", ["C1", "D1"])
def test_a_merge_is_taken_back_exactly(twice, keep):
    with twice.database.writing() as session:
        gone = session.exec(select(Customer).where(Customer.code == "D1")).one()
        session.add(UnfitTime(customer_id=gone.id, weekday=4, from_s=0, to_s=60))
        plan = session.exec(select(PlannedVisit).order_by(PlannedVisit.id)).first()
        visit = plan.model_dump(exclude={"id"}) | {
            "customer_id": gone.id, "visit_id": "D1:x", "date": date(2026, 12, 3), "position": 99,
        }  # fmt: skip
        session.add(PlannedVisit(**visit))
        sales_sums.reckon(session)
    was = everything(twice)
    other = "D1" if keep == "C1" else "C1"
    undo = merged(twice, keep, opening_hours=other, unfit_times=other, name=other, grade=other)
    between = everything(twice)
    assert [len(notes) for notes in between["notes"]].count(1) == 1
    kept = card(twice, keep)
    to_come = [one for one in between["PlannedVisit"] if one["visit_id"] == "D1:x"]
    assert [one["customer_id"] for one in to_come] == [kept.id]
    assert {one["customer_id"] for one in between["VisitReport"]} == {kept.id}
    assert twice.client("gozo").post(undo).status_code == 404
    assert twice.client("malta").post(undo).status_code == 204
    assert everything(twice) == was
    again = twice.client("malta").post(undo)
    assert (again.status_code, again.json()["code"]) == (409, "cannot_unmerge")
    assert "Azure" in twice.client("malta").get(HOME).text


def test_a_merge_is_not_taken_back_where_it_would_not_be_exact(twice):
    undo = merged(twice)
    client = twice.client("malta")
    with twice.database.writing() as session:
        sale = select(Sale).join(Customer).where(Customer.code == "C1", Sale.product == "tea")
        session.exec(sale).one().amount_cents += 1
    assert client.post(undo).json()["code"] == "cannot_unmerge"
    with twice.database.writing() as session:
        session.exec(sale).one().amount_cents -= 1
        session.exec(select(Customer).where(Customer.code == "C1")).one().trade = "other"
    assert "C1 was changed" in client.post(undo).json()["detail"]
    assert card(twice, "D1").merged_into_id == card(twice, "C1").id


def test_a_merge_of_long_ago_stays(twice):
    undo = merged(twice)
    with twice.database.writing() as session:
        session.exec(select(CardMerge)).one().merged_at -= timedelta(days=8)
    assert twice.client("malta").post(undo).json()["code"] == "cannot_unmerge"
    assert undo not in twice.client("malta").get(HOME).text


def test_the_code_of_the_other_still_leads_to_the_kept_card(twice, tmp_path):
    client = twice.client("malta")
    page = the_pair(twice)
    client.post(f"{page}/merge", files=form_of(client, page) | {"keep": (None, "C1")})
    with twice.database.reading() as session:
        assert customers.get(session, OPERATOR, "D1").code == "C1"
    # reports written before on a phone, and sales of the old code, land on the kept card
    late = f"{API}/visit-reports/{'7' * 32}"
    body = a_report(customer_code="D1", promises=[])
    assert twice.client("rep1").put(late, json=body).status_code == 201
    file = tmp_path / "sales.csv"
    file.write_text("customer_code,date,product,amount\nD1,2026-11-20,jam,5\n")
    assert import_file(twice.database, file, ImportKind.SALES, today=TODAY).added == 1
    assert "jam" in {sale.product for sale in rows(twice, Sale)}
    # the card itself cannot be brought back by a file
    file.write_text("code,name,lat,lon\nD1,Again,35.9,14.5\n")
    outcome = import_file(twice.database, file, ImportKind.CUSTOMERS, today=TODAY)
    assert outcome.refused
    assert "merged into" in outcome.rejected[0].problem


def test_two_people_merging_the_same_pair(twice):
    page = the_pair(twice)
    clients = [twice.client("malta"), twice.client("south")]
    forms = [form_of(client, page) | {"keep": (None, code)}
             for client, code in zip(clients, ("C1", "D1"), strict=True)]  # fmt: skip
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda c, f: c.post(f"{page}/merge", files=f), clients, forms))
    assert sorted(answer.status_code for answer in answers) == [204, 409]
    (late,) = [answer for answer in answers if answer.status_code == 409]
    assert late.json()["code"] == "already_merged"
    merged = [code for code in ("C1", "D1") if card(twice, code).merged_into_id is not None]
    assert len(merged) == 1
    assert "merged already" in clients[0].get(page).text


def test_a_card_that_changed_meanwhile_is_looked_at_again(twice):
    client = twice.client("malta")
    page = the_pair(twice)
    form = form_of(client, page) | {"keep": (None, "C1")}
    with twice.database.writing() as session:
        session.exec(select(Customer).where(Customer.code == "D1")).one().name = "Another"
    answer = client.post(f"{page}/merge", files=form)
    assert (answer.status_code, answer.json()["code"]) == (409, "pair_changed")
    assert card(twice, "D1").merged_into_id is None


def test_these_are_two_is_remembered(twice):
    client = twice.client("malta")
    assert client.post(f"{the_pair(twice)}/apart").status_code == 204
    assert "Azure" not in client.get(HOME).text
    client.post(f"{HOME}/search")
    assert "Azure" not in client.get(HOME).text


def test_a_pair_is_only_for_who_sees_both_cards(twice):
    page = the_pair(twice)
    assert "Azure" not in twice.client("gozo").get(HOME).text
    assert twice.client("gozo").get(page).status_code == 404
    assert twice.client("gozo").post(f"{page}/apart").status_code == 404
    assert twice.client("info").get(page).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"keep": "C9"}, {"keep": "C1", "field-name": "C9"}, {"keep": "C1", "field-x": "C1"}]
)
def test_choices_that_make_no_sense_merge_nothing(twice, wrong):
    client = twice.client("malta")
    page = the_pair(twice)
    form = form_of(client, page) | {name: (None, value) for name, value in wrong.items()}
    assert client.post(f"{page}/merge", files=form).status_code == 422
    assert card(twice, "D1").merged_into_id is None


def test_of_every_table_it_is_said_whether_it_goes_over():
    """A new table with customers in it must be thought of."""
    pointing = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "customer"
    }
    assert pointing == STAYS | {table_of(model).name for model in MOVES}
