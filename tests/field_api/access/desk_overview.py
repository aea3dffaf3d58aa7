"""The desk's first page: managers', never a rep's."""

from tests.field_api.access import MANAGERS_ONLY, Case

TABLE = {("GET", "/desk"): Case(path="/desk", expected=MANAGERS_ONLY)}
