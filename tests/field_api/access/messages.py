"""One's own messages."""

from tests.field_api.access import LOGGED_IN, Case

TABLE = {
    ("GET", "/my/messages"): Case(path="/my/messages", expected=LOGGED_IN),
    ("POST", "/my/messages/read"): Case(
        path="/my/messages/read", body={"up_to": 1}, expected=LOGGED_IN
    ),
}
