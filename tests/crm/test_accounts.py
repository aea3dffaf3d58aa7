"""Whose accounts each asker answers for."""

import pytest
from sqlmodel import select

from crm.models import User
from crm.rules.access import OPERATOR, Asker
from crm.store.people import accounts
from crm.store.people.accounts import AccountNotFound
from crm.vocabulary import Role
from tests.builders import a_district, a_region, a_rep, a_user


@pytest.fixture
def people(database):
    """A region of two districts, each with a manager and a rep, and those above."""
    with database.writing() as session:
        region = a_region()
        session.add(region)
        session.flush()
        places = {"region_id": region.id}
        session.add(a_user("director", Role.REGIONAL_DIRECTOR, **places))
        session.add(a_user("info", Role.INFORMATION_ADMIN))
        session.add(a_user("gm", Role.GENERAL_MANAGER))
        for code in ("A", "B"):
            district = a_district(code, region_id=region.id)
            session.add(district)
            session.flush()
            rep = a_rep(district, code)
            session.add(rep)
            session.flush()
            name = code.lower()
            session.add(a_user(f"manager_{name}", Role.DISTRICT_MANAGER, district_id=district.id))
            session.add(a_user(f"rep_{name}", Role.REP, rep_id=rep.id))
    with database.reading() as session:
        return {user.username: accounts.asker_of(user) for user in session.exec(select(User))}


def seen(database, asker):
    with database.reading() as session:
        return sorted(user.username for user in session.exec(accounts.visible_to(asker)))


def test_everybody_sees_those_answered_for(database, people):
    assert seen(database, people["rep_a"]) == ["rep_a"]
    assert seen(database, people["manager_a"]) == ["rep_a"]
    assert seen(database, people["director"]) == ["manager_a", "manager_b", "rep_a", "rep_b"]
    assert seen(database, people["info"]) == []
    assert seen(database, people["gm"]) == seen(database, OPERATOR) == sorted(people)


def test_an_account_without_its_place_answers_for_nobody(database, people):
    for role in (Role.REP, Role.DISTRICT_MANAGER, Role.REGIONAL_DIRECTOR):
        assert seen(database, Asker(role=role, user_id=people["rep_a"].user_id)) == []


def test_who_has_no_account_has_none_of_ones_own(database, people):
    with database.reading() as session:
        assert accounts.own(session, people["rep_b"]).username == "rep_b"
        with pytest.raises(AccountNotFound, match="operator"):
            accounts.own(session, OPERATOR)
