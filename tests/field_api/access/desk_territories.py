"""Territories at the desk: managers', never a rep's."""

from tests.field_api.access import MANAGERS, MANAGERS_ONLY, Case, only

PAGE = "/desk/territories"
BALANCE = f"{PAGE}/balance"
NO_JOB = f"{BALANCE}/5f2b0a7e-4f6a-4a35-8a8e-3d6d0d7b2a11"
SQUARE = [[15.0, 35.0], [15.1, 35.0], [15.1, 35.1], [15.0, 35.1], [15.0, 35.0]]
NOT_THERE = only(*MANAGERS, status=404)

TABLE = {
    ("GET", PAGE): Case(path=PAGE, expected=MANAGERS_ONLY),
    ("GET", f"{PAGE}/map"): Case(path=f"{PAGE}/map", expected=MANAGERS_ONLY),
    ("GET", f"{PAGE}/board"): Case(path=f"{PAGE}/board", expected=MANAGERS_ONLY),
    ("POST", f"{PAGE}/ground"): Case(
        path=f"{PAGE}/ground", body={"features": []}, expected=MANAGERS_ONLY
    ),
    ("POST", f"{PAGE}/shapes"): Case(
        path=f"{PAGE}/shapes",
        body={"how": "join", "geometries": [{"type": "Polygon", "coordinates": [SQUARE]}]},
        expected=MANAGERS_ONLY,
    ),
    **{
        ("GET", f"{PAGE}/{name}"): Case(path=f"{PAGE}/{name}", expected=MANAGERS_ONLY)
        for name in ("waiting", "history", "history/map", "what-ifs", "what-ifs/new")
    },
    ("GET", f"{PAGE}/waiting/map"): Case(
        path=f"{PAGE}/waiting/map?what=5f2b0a7e-4f6a-4a35-8a8e-3d6d0d7b2a11", expected=NOT_THERE
    ),
    ("GET", BALANCE): Case(path=BALANCE, expected=MANAGERS_ONLY),
    ("POST", BALANCE): Case(
        path=BALANCE,
        body={"district_code": "MT"},
        expected=only(*MANAGERS, status=202) | dict.fromkeys(("gozo", "north"), 404),
    ),
    ("GET", f"{BALANCE}/{{job_id}}"): Case(path=NO_JOB, expected=NOT_THERE),
    ("DELETE", f"{BALANCE}/{{job_id}}"): Case(path=NO_JOB, expected=NOT_THERE),
}
