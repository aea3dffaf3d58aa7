"""Seats at the desk, before a real service on a planned cut of the sample."""

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.desk.seat import Seat
from tests.support.pages import browser

__all__ = ["browser"]


@pytest.fixture
def seat(browser, service) -> Iterator[Callable[..., Seat]]:
    """A seat for somebody who is logged in; the test fails when a script throws on one."""
    seats: list[Seat] = []

    def taken(username: str, **options) -> Seat:
        one = Seat(browser, service.url, **options)
        seats.append(one)
        one.log_in(username)
        return one

    yield taken
    thrown = [said for one in seats for said in one.thrown]
    for one in seats:
        one.close()
    assert not thrown
