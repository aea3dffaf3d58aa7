"""Promises go with the customers whom a file of territories gives to another rep, and come back."""

from datetime import date

from sqlmodel import select

from crm.models import Customer, Promise, Rep
from field_api.services.imports import undo_last_import
from tests.field_api.import_files import SQUARE, bring, with_customers
from tests.field_api.world import NOW


def owner(database):
    with database.reading() as session:
        query = select(Rep.code).join(Promise, Promise.owner_rep_id == Rep.id)
        return session.exec(query).one()


def test_promises_follow_a_file_of_territories(database, tmp_path):
    with_customers(database, tmp_path)
    with database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        session.add(
            Promise(
                code="P1",
                customer_id=customer.id,
                owner_rep_id=rep.id,
                what="Sample sheet",
                made_on=date(2026, 11, 20),
                due=date(2026, 12, 1),
            )
        )
    bring(
        database,
        tmp_path,
        "territories",
        f'code,name,rep_code,geometry\nT1,Valletta,R2,"{SQUARE}"\n',
    )
    assert owner(database) == "R2"
    undo_last_import(database, now=NOW)
    assert owner(database) == "R1"
