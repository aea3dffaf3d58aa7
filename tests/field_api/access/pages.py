"""The pages, which bear nobody's data, and the one that does: the map of an own route."""

from tests.field_api.access import EVERYBODY, NOBODY, Case, only

OPEN = (
    "/",
    "/login",
    "/new-password",
    "/my-day",
    "/my-day/app.webmanifest",
    "/service-worker.js",
)
TABLE = {("GET", path): Case(path=path, expected=EVERYBODY) for path in OPEN} | {
    ("GET", "/static/{release}/{name:path}"): Case(
        path="/static/any/phone/main.js", expected=EVERYBODY
    ),
    ("GET", "/my-day/map/{day}"): Case(
        path="/my-day/map/2199-01-07",
        expected=only("rep1", "rep2", "rep3", status=404) | {NOBODY: 401},
    ),
}
