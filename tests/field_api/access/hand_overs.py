"""R1's work passing to R2: once, then R1 has left."""

from sqlmodel import select

from crm.models import Rep, Territory, User
from tests.field_api.access import MANAGERS, Case, only


def as_before(session):
    """R1 works again, in the own territory, and the account is open."""
    rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
    rep.active = True
    session.exec(select(Territory).where(Territory.code == "T1")).one().rep_id = rep.id
    session.exec(select(User).where(User.username == "rep1")).one().active = True


TABLE = {
    ("POST", "/reps/{rep_code}/hand-over"): Case(
        path="/reps/R1/hand-over",
        body={"to_rep_code": "R2", "reason": "leaves"},
        prepare=as_before,
        expected=only(*MANAGERS) | {"gozo": 404, "north": 404},
    ),
}
