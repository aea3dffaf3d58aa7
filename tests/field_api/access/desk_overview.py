"""The desk's first page and the visits of today: managers', never a rep's."""

from tests.field_api.access import MANAGERS_ONLY, Case

TABLE = {
    ("GET", path): Case(path=path, expected=MANAGERS_ONLY)
    for path in ("/desk", "/desk/today", "/desk/today/map")
}
