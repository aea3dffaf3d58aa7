"""Appointments with R1's customer."""

from sqlmodel import delete

from crm.models import Appointment
from tests.field_api.access import LOGGED_IN, OF_R1, Case, only
from tests.field_api.world import API

BODY = {"code": "new", "customer_code": "C1", "date": "2026-12-07", "time": "10:30"}


def none(session):
    session.exec(delete(Appointment))


TABLE = {
    ("GET", "/appointments"): Case(path="/appointments", expected=LOGGED_IN),
    ("POST", "/appointments"): Case(
        path="/appointments",
        body=BODY,
        prepare=none,
        expected=only("rep1", "malta", "south", "general", "chairman", otherwise=404, status=201)
        | {"info": 403},
    ),
    ("DELETE", "/appointments/{code}"): Case(
        path="/appointments/new",
        before=lambda world: world.client("rep1").post(f"{API}/appointments", json=BODY),
        expected=OF_R1,
    ),
}
