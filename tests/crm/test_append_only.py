"""The audit trail and the borrowing cards are added to and never changed, whoever asks."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from crm.migrations.append_only import REFUSAL, TABLES
from crm.models import FileLoan
from crm.store.house import audit
from tests.builders import a_customer
from tests.field_api.world import NOW


@pytest.fixture
def written(database):
    """A row in each of the tables."""
    with database.writing(at=NOW) as session:
        customer = a_customer("C1")
        session.add(customer)
        session.flush()
        session.add(FileLoan(customer_id=customer.id, at=NOW, reason="x"))
        audit.record(session, "x", noun="customer", key="C1", changes=[("name", "a", "b")])
    return database


def counts(database):
    with database.reading() as session:
        run = session.connection().scalar
        return [run(text(f"SELECT count(*) FROM {table}")) for table in TABLES]


def refused(database, sql):
    with pytest.raises(DBAPIError, match=REFUSAL), database.writing() as session:
        session.connection().execute(text(sql))


def test_rows_are_neither_changed_nor_deleted(written):
    assert counts(written) == [1, 1, 1]
    for table, column in zip(TABLES, ("actor", "field", "reason"), strict=True):
        refused(written, f"UPDATE {table} SET {column} = 'another'")
        refused(written, f"DELETE FROM {table}")
        if written.engine.dialect.name == "postgresql":
            refused(written, f"TRUNCATE {table} CASCADE")
    assert counts(written) == [1, 1, 1]
