"""Promises: the one to R1's customer."""

from tests.field_api.access import LOGGED_IN, OF_R1, Case

TABLE = {
    ("GET", "/promises"): Case(path="/promises", expected=LOGGED_IN),
    ("POST", "/promises/{code}/keep"): Case(
        path="/promises/P1/keep", body={"evidence": "x"}, expected=OF_R1
    ),
    ("POST", "/promises/{code}/withdraw"): Case(
        path="/promises/P1/withdraw", body={"reason": "x"}, expected=OF_R1
    ),
}
