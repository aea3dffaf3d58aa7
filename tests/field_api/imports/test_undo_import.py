"""The last import is taken back completely, or not at all with the reason."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from crm.models import Customer, Promise, UnfitTime
from crm.store.imports.imports import CannotUndo
from crm.vocabulary import PromiseState
from field_api.services.imports import undo_last_import
from tests.builders import a_user
from tests.field_api.import_files import HEADING, bring, customer, everything, with_customers

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture
def filled(database, tmp_path):
    return with_customers(database, tmp_path)


def test_added_rows_go_and_changed_ones_are_as_before(filled, tmp_path):
    head = f"{HEADING},trade,unfit_times,status,interval_days"
    bring(
        filled,
        tmp_path,
        "customers",
        f"{head}\nC1,Café,35.89,14.51,bakery,Mo 12:00-13:00; 2026-12-24,prospect,14\n",
    )
    before = everything(filled)
    bring(
        filled,
        tmp_path,
        "customers",
        f"{head}\nC1,Other,36.5,14.51,,Tu 08:00-09:00,,\nC9,New,35.9,14.5,x,We 08:00-09:00,,\n",
    )
    assert everything(filled) != before
    undone = undo_last_import(filled, now=NOW)
    assert (undone.removed, undone.restored) == (1, 1)
    after = everything(filled)
    assert [r[1:] for r in after.pop("unfit_time")] == [r[1:] for r in before.pop("unfit_time")]
    assert after == before


def test_all_imports_one_after_the_other(filled, tmp_path):
    bring(filled, tmp_path, "sales", "customer_code,date,amount\nC1,2026-10-01,5\n")
    bring(filled, tmp_path, "promises", "code,customer_code,what,due\nP1,C1,x,2026-12-04\n")
    bring(filled, tmp_path, "promises", "code,customer_code,what,due\nP1,C1,x,2026-12-05\n")
    for _ in range(6):
        undo_last_import(filled, now=NOW)
    assert not any(everything(filled).values())
    with pytest.raises(CannotUndo, match="no import"):
        undo_last_import(filled, now=NOW)


def test_later_data_that_needs_an_added_row_keeps_it(filled):
    with filled.writing() as session:
        customer_id = session.exec(select(Customer.id).where(Customer.code == "C1")).one()
        session.add(UnfitTime(customer_id=customer_id, weekday=0, from_s=0, to_s=60))
    undo_last_import(filled, now=NOW)  # what is the customer's own goes with it
    with filled.writing() as session:
        session.add(a_user(rep_id=1))
    undo_last_import(filled, now=NOW)  # the territories
    before = everything(filled)
    with pytest.raises(CannotUndo, match="user_account"):
        undo_last_import(filled, now=NOW)
    assert everything(filled) == before


def test_a_field_changed_again_since_is_not_overwritten(filled, tmp_path):
    bring(filled, tmp_path, "customers", f"{HEADING}\nC1,Second,35.89,14.51\n")
    with filled.writing() as session:
        session.exec(select(Customer).where(Customer.code == "C1")).one().name = "Third"
    with pytest.raises(CannotUndo, match="C1 was changed again"):
        undo_last_import(filled, now=NOW)
    assert customer(filled, "C1").name == "Third"


def test_territories_taken_back_leave_customers_in_none(filled, tmp_path):
    square = '"POLYGON((10 35, 10.1 35, 10.1 35.1, 10 35.1, 10 35))"'
    moved = f"code,name,rep_code,geometry\nT1,Valletta,R1,{square}\n"
    bring(filled, tmp_path, "territories", moved)
    assert customer(filled, "C1").territory_id is None
    undo_last_import(filled, now=NOW)
    assert customer(filled, "C1").territory_id == 1


def test_a_promise_that_was_closed_since_keeps_its_evidence(filled, tmp_path):
    bring(filled, tmp_path, "promises", "code,customer_code,what,due\nP1,C1,x,2026-12-04\n")
    with filled.writing() as session:
        promise = session.exec(select(Promise)).one()
        promise.state, promise.evidence = PromiseState.KEPT, "signed for"
    with pytest.raises(CannotUndo, match="P1 was closed"):
        undo_last_import(filled, now=NOW)
    with filled.reading() as session:
        assert session.exec(select(Promise)).one().evidence == "signed for"
