"""The pages, which bear nobody's data, and the one that does: the map of an own route."""

from tests.field_api.access import EVERYBODY, NOBODY, Case, only
from tests.field_api.world import MONDAY

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
        path=f"/my-day/map/{MONDAY}",
        # the world's plan holds nothing to draw
        expected=only("rep2", "rep3", status=404) | {"rep1": 409, NOBODY: 401},
    ),
}
