"""The list of customers at the desk: filters, order, parts, views, columns, exports, the map."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from crm.models import Approval, AuditEntry, Customer, Territory, Visit
from crm.store.customers import care_spells
from crm.vocabulary import CustomerStatus, Grade
from field_api.schemas.customer_filters import CustomerFilters
from tests.builders import a_customer
from tests.field_api.world import MONDAY
from tests.support.desk_pages import statements

PAGE = "/desk/customers"
HOSTILE = "<script>alert(1)</script> =cmd() ${7*7} {{7*7}}"


def add(world, *customers):
    """Customers in the first territory."""
    with world.database.writing() as session:
        territory = session.exec(select(Territory).where(Territory.code == "T1")).one()
        for customer in customers:
            customer.territory_id = territory.id
            session.add(customer)


def visited(world, code, day):
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == code)).one()
        session.add(Visit(customer_id=customer.id, rep_id=1, date=day))


def codes(answer):
    """The customers shown, in order."""
    assert answer.status_code == 200, answer.text
    shown = answer.text.split("<tbody data-rows>")[1] if "data-rows" in answer.text else ""
    return [part.split('"')[0] for part in shown.split('name="code" value="')[1:]]


def test_it_holds_ones_own_customers_only(world):
    assert codes(world.client("malta").get(PAGE)) == ["C1", "C2"]
    assert codes(world.client("gozo").get(PAGE)) == ["C3"]
    assert codes(world.client("general").get(PAGE)) == ["C1", "C2", "C3"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=cafe", ["A1"]),
        ("q=a2", ["A2"]),
        ("grade=A", ["A1"]),
        ("grade=-", ["A2"]),
        ("trade=bar", ["A1"]),
        ("channel=retail", ["A2"]),
        ("rep=R2", ["C2"]),
        ("territory=T2", ["C2"]),
        ("status=prospect", ["A3"]),
        ("overdue=true", ["A1"]),
        ("since=2026-11-25", ["A1", "C1", "C2"]),
        ("q=nobody", []),
    ],
)
def test_each_filter(world, query, found):
    add(
        world,
        a_customer("A1", grade="A", name="Cafe", trade="bar"),
        a_customer("A2", grade=None, name="Shop", channel="retail"),
        a_customer("A3", status=CustomerStatus.PROSPECT),
    )
    visited(world, "A1", MONDAY - timedelta(days=8))
    visited(world, "A2", MONDAY - timedelta(days=2))
    with world.database.writing() as session:
        care_spells.note(session, MONDAY - timedelta(days=1))
    assert sorted(codes(world.client("malta").get(f"{PAGE}?{query}"))) == found


def test_who_was_never_visited_is_due_an_interval_after_coming_into_care(world):
    add(world, a_customer("A1", grade="A"), a_customer("A2", grade="A"))
    visited(world, "A1", MONDAY - timedelta(days=30))  # the records of visits begin
    client = world.client("malta")
    assert "Fri 6 Nov" not in client.get(f"{PAGE}?grade=A").text  # nobody knows since when
    with world.database.writing() as session:
        care_spells.note(session, MONDAY - timedelta(days=1))
    shown = client.get(f"{PAGE}?overdue=true&sort=due")
    assert codes(shown) == ["A2", "A1", "C1", "C2"]  # a day before the one who was seen
    for page in (shown.text, client.get(f"{PAGE}/A2").text):
        assert "Fri 6 Nov" in page


def test_a_place_that_is_missing_is_found(world):
    add(world, a_customer("A1", near=(0, 0), place_origin="missing"))
    assert codes(world.client("malta").get(f"{PAGE}?doubtful=true")) == ["A1"]


@pytest.mark.parametrize(
    "sort", ["name", "code", "grade", "city", "territory", "last_visit", "due"]
)
@pytest.mark.parametrize("down", ["", "true"])
def test_the_parts_of_a_sorted_list_are_the_list(world, monkeypatch, sort, down):
    grades = [*Grade, None]
    add(
        world,
        *(
            a_customer(f"A{n}", grade=grades[n % 6], name=f"N{n % 3}", city=f"X{n % 2}")
            for n in range(12)
        ),
    )
    for n in range(0, 12, 2):
        visited(world, f"A{n}", date(2026, 10, 1) + timedelta(days=n % 4))
    client = world.client("malta")
    query = f"?sort={sort}&down={down}"
    whole = codes(client.get(PAGE + query))
    assert len(whole) == 14
    monkeypatch.setattr("field_api.services.customers.customer_rows.ROWS", 5)
    parts, address = [], PAGE + query
    while address:
        answer = client.get(address)
        parts += codes(answer)
        more = answer.text.split('class="more" hx-get="')[1:]
        address = more[0].split('"')[0].replace("&amp;", "&") if more else ""
    assert parts == whole


def test_the_number_of_queries_does_not_grow(world):
    client = world.client("malta")
    with statements(world.database) as few:
        client.get(PAGE)
    add(world, *(a_customer(f"A{n:03}") for n in range(55)))
    with statements(world.database) as many:
        assert len(codes(client.get(PAGE))) == 57
    assert len(many) == len(few) <= 20


def test_names_that_are_code_are_names(world):
    add(world, a_customer("A1", name=HOSTILE, city=HOSTILE))
    client = world.client("malta")
    for address in (PAGE, f"{PAGE}/A1"):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "${7*7} {{7*7}}" in text
    assert "<script>alert" not in client.get(f"{PAGE}/all/map").text


def test_what_visits_tell_is_not_for_who_cares_for_master_data(world):
    client = world.client("info")
    assert "Last visit" not in client.get(PAGE).text
    for query in ("overdue=true", "since=2026-11-01", "sort=due"):
        assert client.get(f"{PAGE}?{query}").status_code == 403


@pytest.mark.parametrize(
    "query", ["grade=Z", "since=x", "sort=x", "after=x", "status=%00", "q=%00"]
)
def test_filters_that_cannot_be_read_are_refused(world, query):
    assert world.client("malta").get(f"{PAGE}?{query}").status_code == 422


def test_views_are_ones_own_until_they_are_shared(world):
    save = {"name": "Late A", "filters": "grade=A&overdue=true"}
    assert world.client("malta").post(f"{PAGE}/all/views", data=save).status_code == 204
    assert "Late A" in world.client("malta").get(PAGE).text
    assert "Late A" not in world.client("south").get(PAGE).text
    world.client("malta").post(f"{PAGE}/all/views", data=save | {"shared": "true"})
    for name, seen in [("malta", 1), ("south", 1), ("general", 1), ("gozo", 0), ("north", 0)]:
        assert world.client(name).get(PAGE).text.count(">Late A<") == seen
    assert "overdue=true" in world.client("south").get(PAGE).text


def test_too_many_views_are_refused(world):
    client = world.client("malta")
    for n in range(50):
        assert client.post(f"{PAGE}/all/views", data={"name": f"v{n}"}).status_code == 204
    assert client.post(f"{PAGE}/all/views", data={"name": "more"}).status_code == 409
    assert client.post(f"{PAGE}/all/views", data={"name": "v1"}).status_code == 204


def test_columns_are_remembered(world):
    client = world.client("malta")
    assert "Verified</th>" not in client.get(PAGE).text
    client.post(f"{PAGE}/all/columns", data={"column": ["verified", "grade"]})
    text = client.get(PAGE).text
    assert "Verified</th>" in text
    assert "Last visit" not in text.split("<thead>")[1].split("</thead>")[0]
    assert "Verified</th>" not in world.client("south").get(PAGE).text


def test_an_export_is_asked_for_with_the_filters(world):
    add(world, a_customer("A1", grade="A"))
    form = {"reason": "for the yearly talk", "filters": "grade=A"}
    assert world.client("malta").post(f"{PAGE}/all/export", data=form).status_code == 204
    with world.database.reading() as session:
        approval = session.exec(select(Approval)).one()
        assert approval.size == 1
        assert approval.payload["filters"]["listed"] == "grade=A"


def test_the_map_holds_so_many_and_says_so(world, monkeypatch):
    client = world.client("malta")
    assert client.get(f"{PAGE}/all/map").status_code == 200
    monkeypatch.setattr("field_api.services.customers.customer_maps.MOST_POINTS", 1)
    answer = client.get(f"{PAGE}/all/map")
    assert answer.status_code == 422
    assert "narrow the filters" in answer.json()["detail"]


def test_filters_survive_their_address():
    filters = CustomerFilters(q="a&b", grade="A", overdue=True, sort="due", down=True)
    assert CustomerFilters.read(filters.query()) == filters
    assert parse_qs(urlsplit("?" + filters.query(q="", sort="")).query)["down"] == ["true"]


def test_saving_a_view_is_in_the_audit_trail(world):
    world.client("malta").post(f"{PAGE}/all/views", data={"name": "x"})
    with world.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.noun == "customer_view")).one()
    assert entry.actor == "Malta"
