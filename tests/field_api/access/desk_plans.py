"""The desk's plans: managers', over their own reps. R1's plan has no document to change it by,
which only those learn who may know of it."""

from sqlmodel import select

from crm.models import CyclePlan, Rep
from tests.field_api.access import MANAGERS, MANAGERS_ONLY, Case, only
from tests.field_api.approvals import a_draft

DESK = "/desk/plans"
PLAN = 7
NOWHERE = "0d6a7a0e-54d0-4f6e-8f8e-6ad0c7b5a3f1"
SEEN = {"plan_id": 1, "fingerprint": "f" * 64}
EDIT = SEEN | {"kind": "pin", "visit_id": "C1/1", "purpose": "x"}
OVER_R1 = only(*MANAGERS) | {"gozo": 404, "north": 404}
REFUSED = only(*MANAGERS, status=409) | {"gozo": 404, "north": 404}


def draft(session):
    """R1 has a draft of the next cycle."""
    a_draft(session, PLAN)


def first(session):
    """R1's plan in force is the first one, whoever asked before."""
    rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
    assert session.exec(select(CyclePlan).where(CyclePlan.rep_id == rep.id)).first().id == 1


TABLE = {
    ("GET", DESK): Case(path=DESK, expected=MANAGERS_ONLY),
    ("POST", f"{DESK}/start"): Case(
        path=f"{DESK}/start",
        form={"first_day": "2026-01-05", "weeks": "4", "rep": "R1"},
        expected=only(*MANAGERS, status=422) | {"gozo": 404, "north": 404},
    ),
    ("POST", DESK + "/runs/{run_id}/cancel"): Case(
        path=f"{DESK}/runs/{NOWHERE}/cancel", expected=only(*MANAGERS, status=404)
    ),
    ("GET", DESK + "/{rep_code}"): Case(path=f"{DESK}/R1", expected=OVER_R1),
    ("GET", DESK + "/{rep_code}/map"): Case(
        path=f"{DESK}/R1/map", expected=only(*MANAGERS, status=404)
    ),
    ("GET", DESK + "/{rep_code}/targets"): Case(
        path=f"{DESK}/R1/targets?plan=1&fingerprint={'f' * 64}&visit=C1/1",
        prepare=first,
        expected=REFUSED,
    ),
    ("POST", DESK + "/{rep_code}/edits"): Case(
        path=f"{DESK}/R1/edits", body=EDIT, prepare=first, expected=REFUSED
    ),
    ("POST", DESK + "/{rep_code}/undo"): Case(
        path=f"{DESK}/R1/undo", body=SEEN, prepare=first, expected=REFUSED
    ),
    ("GET", DESK + "/{rep_code}/remedies"): Case(
        path=f"{DESK}/R1/remedies?plan=1&visit=C1/1", prepare=first, expected=REFUSED
    ),
    ("GET", DESK + "/{rep_code}/compare"): Case(path=f"{DESK}/R1/compare", expected=OVER_R1),
    ("GET", DESK + "/{rep_code}/hand-over"): Case(path=f"{DESK}/R1/hand-over", expected=OVER_R1),
    ("POST", DESK + "/{rep_code}/hand-over"): Case(
        path=f"{DESK}/R1/hand-over",
        form={"first": "2026-11-30", "last": "2026-11-30", "token": "0"},
        expected=REFUSED,
    ),
    ("GET", DESK + "/{rep_code}/visit-table"): Case(
        path=f"{DESK}/R1/visit-table?form=xlsx", expected=OVER_R1
    ),
    ("POST", DESK + "/{rep_code}/send"): Case(
        path=f"{DESK}/R1/send",
        form={"plan": str(PLAN)},
        prepare=draft,
        expected=only(*MANAGERS, status=204) | {"gozo": 404, "north": 404},
    ),
    ("POST", DESK + "/{rep_code}/word"): Case(
        path=f"{DESK}/R1/word",
        form={"approval": NOWHERE, "say": "approve"},
        expected=only(*MANAGERS, status=404),
    ),
    ("POST", DESK + "/{rep_code}/wishes"): Case(
        path=f"{DESK}/R1/wishes",
        form={"plan": "1", "wish": "1", "take": "false", "answer": "no"},
        expected=only(*MANAGERS, status=404),
    ),
}
