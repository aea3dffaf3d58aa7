"""Accounts over the API: who sees and keeps whose."""

import pytest
from sqlmodel import select

from crm.models import AuditEntry, FieldChange, LoginSession, User
from tests.field_api.people.test_auth import log_in, me
from tests.field_api.world import API, PASSWORD, ROLES

USERS = f"{API}/users"
DM, RD = "district_manager", "regional_director"
ANY = {"If-Match": "*"}


def names(client, **params):
    return [item["username"] for item in client.get(USERS, params=params).json()["items"]]


def change(client, whose, /, *, headers=ANY, **changes):
    return client.patch(f"{USERS}/{whose}", json=changes, headers=headers)


def entries(world, action):
    with world.database.reading() as session:
        return session.exec(select(AuditEntry).where(AuditEntry.action == action)).all()


def test_each_manager_lists_those_answered_for(world):
    assert names(world.client("malta")) == ["rep1", "rep2"]
    assert names(world.client("gozo")) == ["rep3"]
    assert names(world.client("south")) == ["malta", "rep1", "rep2"]
    assert names(world.client("north")) == ["gozo", "rep3"]
    for keeper in ("general", "chairman"):
        assert names(world.client(keeper)) == sorted(ROLES)


def test_lists_come_in_parts(world):
    client, seen, cursor = world.client("general"), [], None
    while True:
        params = {"limit": 4} | ({"cursor": cursor} if cursor else {})
        part = client.get(USERS, params=params).json()
        seen += [item["username"] for item in part["items"]]
        cursor = part["next_cursor"]
        if cursor is None:
            break
    assert seen == sorted(ROLES)


def test_an_account_is_shown_without_secrets(world):
    answer = world.client("malta").get(f"{USERS}/REP1")
    assert answer.headers["ETag"] == '"v1"'
    assert answer.json() == {
        "username": "rep1",
        "name": "Rep1",
        "role": "rep",
        "rep_code": "R1",
        "district_code": None,
        "region_code": None,
        "active": True,
        "lang": "",
        "has_password": True,
        "company_login": False,
        "version": 1,
    }


def test_a_new_account_chooses_its_own_password(world):
    general = world.client("general")
    body = {"username": " Nina ", "role": "district_manager", "district_code": "GZ", "name": "Nina"}
    made = general.post(USERS, json=body)
    assert made.status_code == 201
    user, way = made.json()["user"], made.json()["password_link"]
    assert (user["username"], user["district_code"], user["has_password"]) == ("nina", "GZ", False)
    for guess in ("!", PASSWORD):
        assert log_in(world, "nina", guess).status_code == 401
    new = {"token": way["token"], "new_password": "nina's own sentence"}
    assert world.client().post(f"{API}/auth/password-reset", json=new).status_code == 204
    token = log_in(world, "nina", "nina's own sentence").json()["access_token"]
    assert me(world, token).json()["role"] == "district_manager"
    (entry,) = entries(world, "make")
    assert (entry.key, entry.actor, entry.details) == (
        "nina",
        "General",
        {"role": "district_manager"},
    )


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"username": "rep1", "role": "information_admin"}, 422, "account_refused"),
        ({"username": "x", "role": "rep"}, 422, "account_refused"),
        ({"username": "x", "role": "rep", "rep_code": "R9"}, 404, "rep_not_found"),
        ({"username": "x", "role": "chairman", "rep_code": "R1"}, 422, "account_refused"),
        (
            {"username": "x", "role": "district_manager", "district_code": "X"},
            422,
            "account_refused",
        ),
        (
            {"username": "x", "role": "regional_director", "region_code": "X"},
            422,
            "account_refused",
        ),
        ({"username": "x", "role": "operator"}, 422, "account_refused"),
        ({"username": "x", "role": "king"}, 422, "invalid_input"),
        ({"username": "two words", "role": "chairman"}, 422, "account_refused"),
        ({"username": "ﷺ" * 60, "role": "chairman"}, 422, "account_refused"),
        ({"username": "\x00", "role": "chairman"}, 422, "invalid_input"),
        ({"username": "", "role": "chairman"}, 422, "invalid_input"),
        ({"username": 2**70, "role": "chairman"}, 422, "invalid_input"),
        ({"username": "x", "role": "chairman", "password": "y"}, 422, "invalid_input"),
        ({"username": "x", "role": "chairman", "lang": "fr"}, 422, "invalid_input"),
    ],
)
def test_accounts_that_cannot_be_are_refused(world, body, status, code):
    answer = world.client("general").post(USERS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert names(world.client("general")) == sorted(ROLES)


def test_closing_an_account_ends_all_it_is_logged_in_to(world):
    login = log_in(world).json()
    way = world.client("malta").post(f"{USERS}/rep1/password-reset").json()
    answer = change(world.client("general"), "rep1", active=False)
    assert (answer.status_code, answer.json()["active"]) == (200, False)
    assert me(world, login["access_token"]).json()["code"] == "session_ended"
    assert log_in(world).status_code == 401
    refresh = {"refresh_token": login["refresh_token"]}
    assert world.client().post(f"{API}/auth/refresh", json=refresh).status_code == 401
    new = {"token": way["token"], "new_password": "another sentence"}
    assert world.client().post(f"{API}/auth/password-reset", json=new).status_code == 404
    # opened again, what was ended stays ended
    assert change(world.client("general"), "rep1", active=True).status_code == 200
    assert me(world, login["access_token"]).json()["code"] == "session_ended"
    assert log_in(world).status_code == 200
    with world.database.reading() as session:
        changes = session.exec(select(FieldChange).where(FieldChange.key == "rep1")).all()
    assert [(c.field, c.before, c.after) for c in changes] == [
        ("active", True, False),
        ("active", False, True),
    ]


def test_a_new_role_counts_at_once(world):
    token = log_in(world).json()["access_token"]
    answer = change(world.client("general"), "rep1", role="district_manager", district_code="GZ")
    assert (answer.json()["rep_code"], answer.json()["district_code"]) == (None, "GZ")
    who = me(world, token).json()
    assert (who["role"], who["rep_code"]) == ("district_manager", None)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"role": "district_manager"}, 422, "account_refused"),
        ({"role": "chairman", "rep_code": "R1"}, 422, "account_refused"),
        ({"region_code": "S"}, 422, "account_refused"),
        ({"rep_code": "R9"}, 404, "rep_not_found"),
        ({"role": "operator"}, 422, "account_refused"),
        ({}, 422, "invalid_input"),
        ({"username": "x"}, 422, "invalid_input"),
        ({"password": "x"}, 422, "invalid_input"),
        ({"company_login": True}, 422, "invalid_input"),
        ({"name": ""}, 422, "invalid_input"),
    ],
)
def test_changes_that_cannot_be_change_nothing(world, changes, status, code):
    answer = change(world.client("general"), "rep1", **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert world.client("general").get(f"{USERS}/rep1").json()["version"] == 1


def test_name_language_and_rep_change(world):
    changed = change(
        world.client("chairman"), "rep1", name="Maria", lang="zh", rep_code="R2"
    ).json()
    assert (changed["name"], changed["lang"], changed["rep_code"]) == ("Maria", "zh", "R2")
    assert changed["version"] == 2


def test_a_regional_director_names_the_region(world):
    changed = change(world.client("general"), "info", role=RD, region_code="N").json()
    assert (changed["role"], changed["region_code"]) == (RD, "N")
    assert names(world.client("info")) == ["gozo", "rep3"]


def test_nobody_locks_oneself_out(world):
    general = world.client("general")
    for changes in ({"active": False}, {"role": "information_admin"}):
        answer = change(general, "general", **changes)
        assert (answer.status_code, answer.json()["code"]) == (422, "account_refused")
    assert change(general, "general", name="G.", role="general_manager").status_code == 200
    assert change(world.client("chairman"), "general", active=False).status_code == 200


def test_an_edit_names_the_version_that_was_seen(world):
    general = world.client("general")
    assert change(general, "rep1", headers={}, name="A").status_code == 428
    assert change(general, "rep1", headers={"If-Match": '"v1"'}, name="A").status_code == 200
    answer = change(general, "rep1", headers={"If-Match": '"v1"'}, name="B")
    assert (answer.status_code, answer.json()["code"]) == (412, "version_changed")
    assert answer.headers["ETag"] == '"v2"'


def test_a_company_login_is_unbound(world):
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().oidc_subject = "s"
    client = world.client("general")
    assert client.get(f"{USERS}/rep1").json()["company_login"] is True
    assert change(client, "rep1", company_login=False).json()["company_login"] is False


def test_what_is_anothers_reads_like_what_is_not_there(world):
    client = world.client("gozo")
    for method, path in [
        ("GET", ""),
        ("POST", "/password-reset"),
        ("DELETE", "/sessions"),
    ]:
        theirs, nowhere = (
            client.request(method, f"{USERS}/{name}{path}").json() for name in ("rep1", "nobody")
        )
        assert theirs["code"] == nowhere["code"] == "user_not_found"
        assert theirs["detail"].replace("rep1", "nobody") == nowhere["detail"]


def test_a_lost_phone_is_logged_out_at_once(world):
    lost, other = log_in(world).json(), log_in(world, "rep2").json()
    answer = world.client("malta").delete(f"{USERS}/rep1/sessions")
    assert answer.json() == {"username": "rep1", "ended": 2}  # with the one of the world
    assert me(world, lost["access_token"]).json()["code"] == "session_ended"
    refresh = {"refresh_token": lost["refresh_token"]}
    assert world.client().post(f"{API}/auth/refresh", json=refresh).status_code == 401
    assert me(world, other["access_token"]).status_code == 200
    (entry,) = entries(world, "end_sessions")
    assert (entry.key, entry.actor, entry.details) == ("rep1", "Malta", {"ended": 2})
    token = log_in(world).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    told = world.client().get(f"{API}/my/messages", headers=bearer).json()["items"]
    assert [message["kind"] for message in told] == ["sessions_ended"]
    with world.database.reading() as session:
        ended = session.exec(
            select(LoginSession.ended_why).where(LoginSession.ended_at.is_not(None))
        ).all()
    assert ended == ["ended_by_manager"] * 2
