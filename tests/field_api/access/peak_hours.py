"""Hours at which driving takes longer: looked up by all, set for the own part."""

from tests.field_api.access import LOGGED_IN, Case, only

ROW = {"weekdays": [0, 1, 2, 3, 4], "begin": "07:00", "end": "09:00", "percent": 150}
WHO_SEE_ALL = ("general", "chairman", "info")

TABLE = {
    ("GET", "/peak-hours"): Case(path="/peak-hours", expected=LOGGED_IN),
    ("PUT", "/peak-hours"): Case(
        path="/peak-hours", body={"rows": [ROW]}, expected=only(*WHO_SEE_ALL)
    ),
    ("PUT", "/peak-hours/{district_code}"): Case(
        path="/peak-hours/MT",
        body={"rows": [ROW]},
        expected=only("malta", "south", *WHO_SEE_ALL) | {"gozo": 404, "north": 404},
    ),
}
