"""Who sees which customers."""

import pytest

from crm.rules.access import OPERATOR, Asker
from crm.store.customers import customers
from crm.vocabulary import Role
from tests.builders import a_customer, a_district, a_rep, a_territory


@pytest.fixture
def session(database):
    with database.writing() as session:
        for n in (1, 2):
            district = a_district(code=f"D{n}")
            session.add(district)
            session.flush()
            rep = a_rep(district, code=f"R{n}")
            session.add(rep)
            session.flush()
            territory = a_territory(rep, code=f"T{n}")
            session.add(territory)
            session.flush()
            session.add(a_customer(code=f"C{n}", territory_id=territory.id))
        session.add(a_customer(code="C3"))
        session.flush()
        yield session


@pytest.mark.parametrize(
    ("asker", "codes"),
    [
        (OPERATOR, ["C1", "C2", "C3"]),
        (Asker(role=Role.GENERAL_MANAGER), ["C1", "C2", "C3"]),
        (Asker(role=Role.REP, rep_id=1), ["C1"]),
        (Asker(role=Role.REP, rep_id=2), ["C2"]),
        (Asker(role=Role.REP), []),
        (Asker(role=Role.DISTRICT_MANAGER, district_id=2), ["C2"]),
        (Asker(role=Role.DISTRICT_MANAGER), []),
        (Asker(role=Role.DISTRICT_MANAGER, rep_id=1), []),
    ],
)
def test_who_sees_whom(session, asker, codes):
    found = session.exec(customers.visible_to(asker)).all()
    assert sorted(c.code for c in found) == codes


def test_another_reps_customer_is_as_if_not_there(session):
    rep = Asker(role=Role.REP, rep_id=1)
    assert customers.get(session, rep, "C1").code == "C1"
    with pytest.raises(customers.CustomerNotFound) as hidden:
        customers.get(session, rep, "C2")
    with pytest.raises(customers.CustomerNotFound) as missing:
        customers.get(session, rep, "C9")
    assert str(hidden.value).replace("C2", "C9") == str(missing.value)
