"""Territories: R1's, T1."""

from tests.field_api.access import CUSTOMER_OF_R1, LOGGED_IN, MANAGERS, MANAGERS_ONLY, Case, only

SQUARE = [[15.0, 35.0], [15.1, 35.0], [15.1, 35.1], [15.0, 35.1], [15.0, 35.0]]
BODY = {
    "name": "New name",
    "rep_code": None,
    "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    "reason": "x",
}
ONE = "/territories/{code}"
OTHERS = dict.fromkeys(("gozo", "north"), 404)

TABLE = {
    ("GET", "/territories"): Case(path="/territories", expected=LOGGED_IN),
    ("GET", "/territories.geojson"): Case(path="/territories.geojson", expected=LOGGED_IN),
    ("GET", f"{ONE}/history"): Case(
        path="/territories/T1/history", expected=only(*MANAGERS) | OTHERS
    ),
    ("GET", "/customers/{code}/territories"): Case(
        path="/customers/C1/territories", expected=only(*MANAGERS) | OTHERS
    ),
    ("GET", "/territory-editor"): Case(path="/territory-editor", expected=MANAGERS_ONLY),
    ("GET", "/territory-problems"): Case(path="/territory-problems", expected=LOGGED_IN),
    ("GET", ONE): Case(path="/territories/T1", expected=CUSTOMER_OF_R1),
    ("POST", "/territories"): Case(
        path="/territories?dry_run=true",
        body=BODY | {"code": "T9", "district_code": "MT"},
        expected=only(*MANAGERS, status=202) | OTHERS,
    ),
    ("POST", "/adopted-territories"): Case(
        path="/adopted-territories?dry_run=true",
        body={
            "areas": {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "geometry": BODY["geometry"],
                        "properties": {"name": "Valletta"},
                    }
                ],
            },
            "choose": ["Valletta"],
            "code": "T9",
            "name": "Valletta",
            "district_code": "MT",
            "reason": "x",
        },
        expected=only(*MANAGERS, status=202) | OTHERS,
    ),
    ("PUT", "/territories.geojson"): Case(
        path="/territories.geojson?dry_run=true",
        body={
            "type": "FeatureCollection",
            "reason": "x",
            "features": [
                {
                    "type": "Feature",
                    "geometry": BODY["geometry"],
                    "properties": {"code": "T1", "name": "New name", "version": 1},
                }
            ],
        },
        expected=only(*MANAGERS, status=202) | OTHERS,
    ),
    ("PUT", ONE): Case(
        path="/territories/T1?dry_run=true",
        body=BODY,
        headers={"If-Match": '"v1"'},
        expected=only(*MANAGERS, status=202) | OTHERS,
    ),
}
