"""Promises: the one to R1's customer."""

from sqlmodel import delete

from crm.models import Promise
from tests.field_api.access import LOGGED_IN, OF_R1, Case, only

MADE = {"code": "new", "customer_code": "C1", "what": "x", "due": "2026-12-24"}
MAKES = only("rep1", "malta", "south", "general", "chairman", otherwise=404, status=201)

TABLE = {
    ("GET", "/promises"): Case(path="/promises", expected=LOGGED_IN),
    ("POST", "/promises"): Case(
        path="/promises",
        body=MADE,
        prepare=lambda session: session.exec(delete(Promise).where(Promise.code == "new")),
        expected=MAKES | {"info": 403},
    ),
    ("GET", "/promises/{code}"): Case(path="/promises/P1", expected=OF_R1),
    ("PATCH", "/promises/{code}"): Case(
        path="/promises/P1", body={"what": "x"}, headers={"If-Match": "*"}, expected=OF_R1
    ),
    ("POST", "/promises/{code}/owner"): Case(
        path="/promises/P1/owner",
        body={"rep_code": "R2", "reason": "x"},
        expected=only("malta", "south", "general", "chairman") | {"gozo": 404, "north": 404},
    ),
    ("POST", "/promises/{code}/keep"): Case(
        path="/promises/P1/keep", body={"evidence": "x"}, expected=OF_R1
    ),
    ("POST", "/promises/{code}/withdraw"): Case(
        path="/promises/P1/withdraw", body={"reason": "x"}, expected=OF_R1
    ),
}
