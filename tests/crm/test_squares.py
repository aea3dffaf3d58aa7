"""Squares as both databases reckon them are those of Python, on either side of zero."""

from math import floor

from sqlalchemy import select

from crm.models import Customer
from crm.store.squares import square_of
from tests.builders import a_customer

PLACES = [(35.9, 14.5), (-0.001, -0.02), (-35.905, -14.5), (0.0, 179.999), (-1.0, 0.29), (90, -180)]
A_DEGREE = 50


def test_a_square_is_the_whole_number_at_or_below(database):
    with database.writing() as session:
        session.add_all(a_customer(f"S{n}", near=at) for n, at in enumerate(PLACES))
    with database.reading() as session:
        found = session.connection().execute(
            select(*square_of(A_DEGREE))
            .where(Customer.code.startswith("S"))
            .order_by(Customer.code)
        )
        assert [tuple(row) for row in found] == [
            (floor(lat * A_DEGREE), floor(lon * A_DEGREE)) for lat, lon in PLACES
        ]
