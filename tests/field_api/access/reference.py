"""The service about itself."""

from tests.field_api.access import EVERYBODY, Case

TABLE = {
    ("GET", path): Case(path=path, expected=EVERYBODY)
    for path in ("/healthz", "/readyz", "/docs", "/docs/style.css", "/openapi.json")
}
