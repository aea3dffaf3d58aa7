"""The list of customers at the desk, its views and its changes of many: everybody's but reps',
each seeing own customers; what somebody saved or previewed is that person's alone."""

from uuid import UUID

from sqlmodel import delete, select

from crm.models import BulkChange, BulkChangeRow, Customer, CustomerView, User
from crm.vocabulary import BulkKind
from tests.field_api.access import MANAGERS, Case, only
from tests.field_api.world import NOW

DESK = (*MANAGERS, "info")
CHANGE = UUID("1b5dd6ba-5b0c-4a9e-8f5e-0d3b1b0f6f11")
ALL = "/desk/customers/all"
AT_THE_DESK = only(*DESK)
DONE = only(*DESK, status=204)
# reps are kept from the desk before anybody looks for what is another's
MALTAS = only("malta", status=204, otherwise=404) | dict.fromkeys(("rep1", "rep2", "rep3"), 403)


def _malta(session):
    return session.exec(select(User.id).where(User.username == "malta")).one()


def a_view(session):
    """A view that the manager of R1's district saved."""
    session.exec(delete(CustomerView))
    session.add(CustomerView(id=1, user_id=_malta(session), name="x", saved_at=NOW))


def a_change(session, applied=False):
    """A change of R1's customer that the manager of R1's district looks at."""
    session.exec(delete(BulkChange))
    customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
    values = {"user_id": _malta(session), "kind": BulkKind.CHANNEL, "value": "retail"}
    session.add(BulkChange(id=CHANGE, made_at=NOW, applied_at=NOW if applied else None, **values))
    session.flush()
    session.add(
        BulkChangeRow(
            bulk_change_id=CHANGE,
            customer_id=customer.id,
            version=customer.version,
            before={"channel": ""},
            after={"channel": "retail"},
        )
    )


def a_change_made(session):
    """The same, made."""
    a_change(session, applied=True)


TABLE = {
    ("GET", "/desk/customers"): Case(path="/desk/customers", expected=AT_THE_DESK),
    ("GET", f"{ALL}/map"): Case(path=f"{ALL}/map", expected=AT_THE_DESK),
    ("POST", f"{ALL}/views"): Case(path=f"{ALL}/views", form={"name": "x"}, expected=DONE),
    ("POST", f"{ALL}/views/{{number}}/remove"): Case(
        path=f"{ALL}/views/1/remove", prepare=a_view, expected=MALTAS
    ),
    ("POST", f"{ALL}/columns"): Case(
        path=f"{ALL}/columns", form={"column": "grade"}, expected=DONE
    ),
    ("POST", f"{ALL}/export"): Case(path=f"{ALL}/export", form={"reason": "x"}, expected=DONE),
    ("POST", f"{ALL}/changes"): Case(
        path=f"{ALL}/changes",
        form={"kind": "channel", "value": "retail", "everything": "true"},
        expected=DONE,
    ),
    ("GET", f"{ALL}/changes/{{number}}"): Case(
        path=f"{ALL}/changes/{CHANGE}",
        prepare=a_change,
        expected=MALTAS | {"malta": 200},
    ),
    ("POST", f"{ALL}/changes/{{number}}/apply"): Case(
        path=f"{ALL}/changes/{CHANGE}/apply", prepare=a_change, expected=MALTAS
    ),
    ("POST", f"{ALL}/changes/{{number}}/undo"): Case(
        path=f"{ALL}/changes/{CHANGE}/undo", prepare=a_change_made, expected=MALTAS
    ),
}
