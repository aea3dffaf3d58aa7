"""Calendar feeds: of R1's route."""

from tests.field_api.access import EVERYBODY, OF_R1, REPS, Case, only

OWN, OF_REP = "/my/calendar-feed", "/reps/{rep_code}/calendar-feed"


def given(status):
    return {asker: status if code == 200 else code for asker, code in OF_R1.items()}


TABLE = {
    ("POST", OWN): Case(path=OWN, expected=only(*REPS, status=201)),
    ("DELETE", OWN): Case(path=OWN, expected=only(*REPS, status=204)),
    ("POST", OF_REP): Case(path="/reps/R1/calendar-feed", expected=given(201)),
    ("DELETE", OF_REP): Case(path="/reps/R1/calendar-feed", expected=given(204)),
    ("GET", "/calendar/{token}.ics"): Case(
        path="/calendar/made-up.ics", expected=dict.fromkeys(EVERYBODY, 404)
    ),
}
