"""A customer's card at the desk: what stands on it, edited by two at once, its key people."""

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Customer, KeyPerson
from crm.rules.person_relations import ImpossibleRelation, refuse_impossible, rows_of
from crm.store.house import audit
from tests.support.desk_pages import statements

CARD = "/desk/customers/C1"


def card_of(world):
    with world.database.reading() as session:
        return session.exec(select(Customer).where(Customer.code == "C1")).one()


def add_people(client, *names):
    for name in names:
        assert client.post(f"{CARD}/people", data={"name": name, "rank": "1"}).status_code == 204


def test_only_what_differs_is_written(world):
    client = world.client("malta")
    form = {"version": "1", "name": "Customer C1", "city": "Valletta", "service_minutes": ""}
    assert client.post(f"{CARD}/card", data=form).status_code == 204
    with world.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.noun == "customer")).all()
    assert [one.action for one in entries] == ["change"]
    assert (card_of(world).city, card_of(world).version) == ("Valletta", 2)


def test_the_second_of_two_is_told_and_loses_nothing(world):
    world.client("south").post(f"{CARD}/card", data={"version": "1", "city": "Sliema"})
    answer = world.client("malta").post(f"{CARD}/card", data={"version": "1", "city": "Mdina"})
    assert answer.status_code == 200
    assert "South changed this customer meanwhile." in answer.text
    assert "Sliema" in answer.text
    assert 'name="city" value="Mdina"' in answer.text
    assert card_of(world).city == "Sliema"
    world.client("malta").post(f"{CARD}/card", data={"version": "2", "city": "Mdina"})
    assert card_of(world).city == "Mdina"


def test_unfit_times_and_place_are_written_as_people_write_them(world):
    client = world.client("malta")
    form = {"version": "1", "unfit_times": "Mo 12:00-13:00; 2026-12-24", "place": "35.9，14.51"}
    assert client.post(f"{CARD}/card", data=form | {"system": "WGS-84"}).status_code == 204
    text = client.get(CARD).text
    assert "Mo 12:00-13:00; 2026-12-24" in text
    assert card_of(world).lat == 35.9


@pytest.mark.parametrize(
    "form",
    [
        {"place": "somewhere"},
        {"place": "35.9"},
        {"place": "nan, nan"},
        {"place": "0, 0"},
        {"service_minutes": "many"},
        {"service_minutes": "9" * 30},
        {"unfit_times": "when it rains"},
        {"opening_hours": "when it rains"},
        {"name": ""},
        {"city": "x" * 101},
        {"city": "\0"},
        {"version": "0"},
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_written(world, form):
    answer = world.client("malta").post(f"{CARD}/card", data={"version": "1"} | form)
    assert answer.status_code == 422, answer.text
    assert card_of(world).version == 1


def test_people_report_to_each_other_one_way(world):
    client = world.client("malta")
    add_people(client, "Ms Borg", "Mr Vella", "Ms Grech")
    with world.database.reading() as session:
        first, second, third = session.exec(select(KeyPerson.id).order_by(KeyPerson.id)).all()

    def related(person, other, kind="reports_to"):
        form = {"person": person, "other": other, "kind": kind}
        return client.post(f"{CARD}/relations", data=form).status_code

    assert related(second, first) == related(third, second) == 204
    assert related(first, third) == 422
    assert related(second, first) == 422
    assert related(first, first) == 422
    assert related(first, third, "at_odds") == 204
    assert related(first, 9999) == 404
    text = client.get(CARD).text
    assert text.count("<rect") == 3 + text.split("<svg")[0].count("<rect")
    assert "is at odds with" in text


def test_the_number_of_queries_does_not_grow(world):
    client = world.client("malta")
    add_people(client, "One", "Two")
    with statements(world.database) as few:
        assert client.get(CARD).status_code == 200
    add_people(client, *(f"P{n}" for n in range(8)))
    with statements(world.database) as many:
        client.get(CARD)
    assert len(many) == len(few)


def test_people_stand_below_those_they_report_to():
    assert rows_of([1, 2, 3, 4], [(1, 2), (3, 1)]) == [[2, 4], [1], [3]]
    assert rows_of([], []) == []
    assert rows_of([1, 2], [(1, 2), (2, 1)])  # a circle of old comes to an end, too
    with pytest.raises(ImpossibleRelation):
        refuse_impossible(2, 3, [(3, 1), (1, 2)])


def test_a_change_made_at_the_machine_is_nobodys_by_name(world):
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        changes = [("city", "", "Mosta")]
        audit.record(session, "change", noun="customer", key=customer.code, changes=changes)
    page = world.client("malta").get("/desk/customers/C1").text
    assert "<td>Operator at the machine" in page
    assert "<td>operator" not in page
