"""The coverage of a month on the desk: whose figures they are, and that months gone by stand."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from sqlmodel import select

from crm.models import Customer, PopulatedPlace, Rep, Territory, TerritoryMonth, Visit
from crm.vocabulary import CustomerStatus
from field_api.services.analysis import coverage, month_counts
from tests.builders import MDINA, a_customer
from tests.field_api.world import NOW
from tests.maps.reading import view_of

HTML = {"accept": "text/html"}
NEXT_MONTH = datetime(2026, 12, 15, 9, tzinfo=UTC)


def visit(world, code, *days, rep=None):
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == code)).one()
        rep_id = session.exec(select(Rep.id).where(Rep.code == rep)).one() if rep else None
        for day in days:
            session.add(Visit(customer_id=customer.id, rep_id=rep_id, date=day))


def reckon(world, now=NOW):
    with world.database.writing(at=now) as session:
        return month_counts.reckon(session, world.settings.zone, now=now)


def table(world, who, path="/desk/coverage", **params):
    answer = world.client(who).get(path, params={"form": "csv"} | params)
    assert answer.status_code == 200, answer.text
    lines = answer.content.decode("utf-8-sig").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("Code"))
    return list(csv.DictReader(StringIO("\n".join(lines[start:]))))


@pytest.fixture
def reckoned(world):
    visit(world, "C1", date(2026, 11, 2), date(2026, 11, 12), rep="R1")
    visit(world, "C3", date(2026, 11, 5), rep="R3")
    reckon(world)
    return world


def test_a_manager_sees_the_own_district_and_its_total(reckoned):
    assert [row["Code"] for row in table(reckoned, "malta")] == ["T1", "T2", ""]
    assert [row["Code"] for row in table(reckoned, "gozo")] == ["T3", ""]
    assert [row["Code"] for row in table(reckoned, "general", level="region")] == ["N", "S", ""]
    total = table(reckoned, "general", level="region")[-1]
    assert (total["coverage: part"], total["coverage: of"]) == ("2", "3")
    assert total["coverage (%)"] == "66.7"


def test_the_page_says_each_figure_with_what_it_is_of(reckoned):
    page = reckoned.client("malta").get("/desk/coverage", headers=HTML).text
    assert "1 of 2 active customers" in page
    assert "Nov 2026" in page
    assert "Territory T3" not in page


def test_nothing_reckoned_is_told_with_what_to_do(world):
    page = world.client("malta").get("/desk/coverage", headers=HTML).text
    assert "Nothing has been reckoned yet" in page
    assert world.client("malta").get("/desk/coverage/map").status_code == 200


def test_a_month_gone_by_stands_when_customers_move_and_new_ones_come(reckoned):
    before = table(reckoned, "general", month="2026-11")
    reckon(reckoned, NOW + timedelta(days=2))
    november = table(reckoned, "general", month="2026-11")
    with reckoned.database.writing() as session:
        moved = session.exec(select(Customer).where(Customer.code == "C1")).one()
        there = session.exec(select(Territory.id).where(Territory.code == "T2")).one()
        moved.territory_id = there
        session.add(a_customer("C9", MDINA, territory_id=there))
        gone = session.exec(select(Customer).where(Customer.code == "C2")).one()
        gone.status = CustomerStatus.STRUCK_OUT
    reckon(reckoned, NEXT_MONTH)
    assert table(reckoned, "general", month="2026-11") == november
    december = {row["Code"]: row for row in table(reckoned, "general", month="2026-12")}
    assert [row["Code"] for row in before] == ["T1", "T2", "T3", ""]
    assert december["T2"]["coverage: of"] == "1"  # until the 14th C2 alone
    assert december["T1"]["coverage: of"] == "1"


def test_a_report_that_comes_late_still_counts_in_its_month(reckoned):
    visit(reckoned, "C2", date(2026, 11, 27), rep="R2")
    reckon(reckoned, NEXT_MONTH)
    (row,) = (row for row in table(reckoned, "malta", month="2026-11") if row["Code"] == "T2")
    assert row["Done"] == "1"


def test_reckoning_again_keeps_one_row_of_each(reckoned):
    assert reckon(reckoned) == 1
    with reckoned.database.reading() as session:
        rows = session.exec(select(TerritoryMonth)).all()
    assert len(rows) == len({(row.month, row.territory_id, row.rep_id) for row in rows})


def test_overdue_customers_are_listed_and_taken_along(reckoned):
    visit(reckoned, "C2", date(2026, 9, 1))
    late = table(reckoned, "malta", "/desk/coverage/overdue")
    assert [(row["Code"], row["Last visit"]) for row in late] == [("C2", "2026-09-01")]
    page = reckoned.client("malta").get("/desk/coverage", headers=HTML).text
    assert '/desk/customers/C2"' in page
    assert table(reckoned, "malta", "/desk/coverage/overdue", territory="T1") == []
    assert table(reckoned, "gozo", "/desk/coverage/overdue", territory="T2") == []


def test_white_spots_are_where_prospects_wait_and_nobody_goes(reckoned):
    near, far = (35.82, 14.42), (35.95, 14.55)
    with reckoned.database.writing() as session:
        home = session.exec(select(Territory.id).where(Territory.code == "T1")).one()
        for n, place in enumerate((near, near, far)):
            prospect = a_customer(f"P{n}", place, territory_id=home)
            prospect.status = CustomerStatus.PROSPECT
            session.add(prospect)
        session.add(a_customer("V1", far, territory_id=home))
    visit(reckoned, "V1", date(2026, 11, 9))
    page = reckoned.client("malta").get("/desk/coverage", headers=HTML).text
    assert '/desk/customers/P0"' in page
    assert '/desk/customers/P2"' not in page
    assert '/desk/customers/P0"' not in reckoned.client("gozo").get("/desk/coverage").text


def test_people_without_a_visit_are_white_spots_of_whose_territory_they_live_in(reckoned):
    client = reckoned.client("malta")
    assert "Nobody has said yet" in client.get("/desk/coverage", headers=HTML).text
    with reckoned.database.writing() as session:
        visited, unvisited = (
            session.exec(select(Customer).where(Customer.code == code)).one()
            for code in ("C1", "C2")
        )
        for name, by in (("Busytown", visited), ("Sleepytown", unvisited)):
            place = PopulatedPlace(
                code=name, name=name, lat=by.lat, lon=by.lon, population=900, source="census"
            )
            session.add(place)
    page = client.get("/desk/coverage", headers=HTML).text
    assert "Sleepytown" in page
    assert "Busytown" not in page
    assert "Sleepytown: 900 people" in client.get("/desk/coverage/map").text
    (row,) = file_of_white_spots(client)
    assert (row["Territory"], row["Population"], row["Source"]) == ("T2", "900", "census")
    assert "Sleepytown" not in reckoned.client("gozo").get("/desk/coverage", headers=HTML).text


def file_of_white_spots(client):
    text = client.get("/desk/coverage/white?form=csv").content.decode("utf-8-sig")
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("What is there"))
    return list(csv.DictReader(StringIO("\n".join(lines[start:]))))


def test_the_map_bears_its_own_policy_and_the_asker_s_territories(reckoned):
    answer = reckoned.client("gozo").get("/desk/coverage/map?measure=coverage")
    assert "sandbox allow-scripts" in answer.headers["content-security-policy"]
    assert '"T3"' in answer.text
    assert '"T1"' not in answer.text


def test_more_customers_than_fit_the_map_are_counted(reckoned, monkeypatch):
    monkeypatch.setattr(coverage, "MOST_POINTS", 1)
    client = reckoned.client("general")
    page = client.get("/desk/coverage", headers=HTML).text
    assert 'data-unit="district:' in page
    counted = view_of(client.get("/desk/coverage/map").text)
    assert counted["points"]["codes"] == []
    assert sum(counted["squares"]["counts"][::3]) == 3
    assert sum(counted["squares"]["counts"][2::3]) == 2  # visited: C1 and C3
    own = view_of(reckoned.client("gozo").get("/desk/coverage/map").text)
    assert own["points"]["codes"] == ["C3"]
    assert own["squares"]["counts"] == []


def test_a_name_that_is_code_stays_a_name(reckoned):
    with reckoned.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C2")).one()
        customer.name = "<script>alert(1)</script>${1}`"
    visit(reckoned, "C2", date(2026, 9, 1))
    page = reckoned.client("malta").get("/desk/coverage", headers=HTML).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=x", "level=street", "measure=none", "after=-1"]
)
def test_what_is_no_choice_is_refused(reckoned, query):
    assert reckoned.client("malta").get(f"/desk/coverage?{query}").status_code == 422


def test_a_month_without_figures_shows_the_newest(reckoned):
    page = reckoned.client("malta").get("/desk/coverage?month=2020-01", headers=HTML).text
    assert "Nov 2026" in page
