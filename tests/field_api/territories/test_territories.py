"""What keeps territories from being planned is named, and planning refuses it."""

from datetime import date

import pytest
from sqlmodel import select

from crm.models import Customer, Sale
from crm.rules.access import Asker
from crm.vocabulary import Role
from field_api.services.territories import (
    UnsettledTerritories,
    overview,
    problems,
    refuse_if_unsettled,
)
from tests.field_api.import_files import HEADING, TERRITORIES, bring, with_customers

HEAD = "code,name,rep_code,district_code,geometry"


@pytest.fixture
def filled(database, tmp_path):
    return with_customers(database, tmp_path)


def found(database, **asker):
    with database.reading() as session:
        return problems(session, **asker)


def test_all_is_well(filled):
    rows, wrong = overview(filled)
    assert [(r.code, r.rep_code, r.customers) for r in rows] == [("T1", "R1", 2)]
    assert not wrong.block_planning
    assert wrong.idle_reps == ("R2",)
    with filled.reading() as session:
        refuse_if_unsettled(session)


def test_a_gap_names_the_nearest_territory(filled, tmp_path):
    rows = "C8,Far,36.1,14.5,active\nC9,Dead,37,14.5,struck_out\n"
    bring(filled, tmp_path, "customers", f"{HEADING},status\n{rows}")
    wrong = found(filled)
    assert [(g.code, g.nearest) for g in wrong.gaps] == [("C8", "T1")]
    assert wrong.gaps[0].distance_km == pytest.approx(11.1, abs=0.1)
    with filled.reading() as session, pytest.raises(UnsettledTerritories, match="C8"):
        refuse_if_unsettled(session)


def test_what_stranded_customers_bought(filled, tmp_path):
    """Of the last year with sales, so that the dearest gap is seen first."""
    bring(filled, tmp_path, "customers", f"{HEADING}\nC8,Far,36.1,14.5\nC9,Farther,36.2,14.5\n")
    with filled.writing() as session:
        ids = dict(session.exec(select(Customer.code, Customer.id)).all())
        for code, on, cents in [
            ("C8", date(2025, 12, 31), 900_00),
            ("C8", date(2026, 1, 1), 100_00),
            ("C8", date(2026, 9, 1), 20_00),
            ("C1", date(2026, 3, 1), 777_00),  # lies in a territory
        ]:
            session.add(Sale(customer_id=ids[code], date=on, amount_cents=cents))
    wrong = found(filled)
    assert [(gap.code, gap.sales_cents) for gap in wrong.gaps] == [("C8", 120_00), ("C9", 0)]
    assert (wrong.sales_year, wrong.stranded_sales_cents) == (2026, 120_00)


def test_an_overlap_and_who_is_in_both(filled, tmp_path):
    square = "POLYGON((14.5 35.85, 14.52 35.85, 14.52 35.90, 14.5 35.90, 14.5 35.85))"
    bring(filled, tmp_path, "territories", f'{HEAD}\nT2,Two,R2,,"{square}"\n')
    wrong = found(filled)
    assert wrong.in_several == ("C1",)
    assert [(o.first, o.second) for o in wrong.overlaps] == [("T1", "T2")]
    assert wrong.overlaps[0].area_km2 == pytest.approx(10.0, abs=0.1)
    assert wrong.block_planning


def test_a_territory_without_a_rep(filled, tmp_path):
    square = '"POLYGON((10 35, 10.1 35, 10.1 35.1, 10 35.1, 10 35))"'
    bring(filled, tmp_path, "territories", f"{HEAD}\nT2,Two,,MT,{square}\n")
    assert found(filled).without_rep == ("T2",)
    assert found(filled).block_planning


def test_a_manager_sees_the_own_district_only(filled, tmp_path):
    bring(filled, tmp_path, "customers", f"{HEADING}\nC8,Far,36.1,14.5\n")
    mine = Asker(role=Role.DISTRICT_MANAGER, district_id=1)
    other = Asker(role=Role.DISTRICT_MANAGER, district_id=2)
    assert [row.code for row in overview(filled, mine)[0]] == ["T1"]
    assert overview(filled, other)[0] == []
    assert found(filled, asker=mine).gaps == ()  # a customer in no territory is nobody's


def test_no_territories_at_all(database, tmp_path):
    bring(database, tmp_path, "customers", f"{HEADING}\nC8,Far,36.1,14.5\n")
    assert [(g.code, g.nearest) for g in found(database).gaps] == [("C8", "")]


def test_geometry_is_kept_as_it_came(filled, tmp_path):
    assert bring(filled, tmp_path, "territories", TERRITORIES).unchanged == 1
