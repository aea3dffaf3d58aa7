"""The company's parts."""

from tests.field_api.access import LOGGED_IN, Case, only

ORGANISERS = ("general", "chairman", "info")

TABLE = {
    ("GET", "/organisation"): Case(path="/organisation", expected=LOGGED_IN),
    ("PUT", "/organisation/regions/{code}"): Case(
        path="/organisation/regions/S", body={"name": "South"}, expected=only(*ORGANISERS)
    ),
    ("PUT", "/organisation/districts/{code}"): Case(
        path="/organisation/districts/MT",
        body={"name": "Malta", "region_code": "S"},
        expected=only(*ORGANISERS),
    ),
}
