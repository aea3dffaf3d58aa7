"""The board of promises on the desk: P1 is to R1's customer, open."""

from sqlmodel import update

from crm.models import Promise
from crm.vocabulary import PromiseState
from tests.field_api.access import MANAGERS_ONLY, Case, only

OF_R1S_MANAGERS = only("malta", "south", "general", "chairman") | {"gozo": 404, "north": 404}
DONE = {asker: 204 if status == 200 else status for asker, status in OF_R1S_MANAGERS.items()}


def opened_again(session):
    fresh = {"state": PromiseState.OPEN, "evidence": "", "version": 1, "owner_rep_id": 1}
    session.exec(update(Promise).where(Promise.code == "P1").values(**fresh))


TABLE = {
    ("GET", "/desk/promises"): Case(path="/desk/promises", expected=MANAGERS_ONLY),
    ("GET", "/desk/promises/download"): Case(
        path="/desk/promises/download?form=csv", expected=MANAGERS_ONLY
    ),
    ("GET", "/desk/promises/{promise}"): Case(path="/desk/promises/P1", expected=OF_R1S_MANAGERS),
    ("POST", "/desk/promises/{promise}/close"): Case(
        path="/desk/promises/P1/close",
        form={"how": "keep", "because": "Signed"},
        prepare=opened_again,
        expected=DONE,
    ),
    ("POST", "/desk/promises/{promise}/due"): Case(
        path="/desk/promises/P1/due",
        form={"version": "1", "due": "2026-12-08", "reason": "x"},
        prepare=opened_again,
        expected=DONE,
    ),
    ("POST", "/desk/promises/{promise}/owner"): Case(
        path="/desk/promises/P1/owner",
        form={"rep": "R2", "reason": "x"},
        prepare=opened_again,
        expected=DONE,
    ),
}
