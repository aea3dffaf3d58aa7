"""New passwords: for the old one, by a link, and at the machine."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Channel, Delivery, Job, Message, PasswordReset, User
from crm.rules.access import SERVICE
from crm.vocabulary import JobState
from field_api.auth import password_links
from field_api.jobs.handlers import HANDLERS
from field_api.services.house import housekeeping
from field_api.services.people import messages
from field_api.services.people.password_resets import ASKED_AT_MOST
from field_api.settings import load_settings
from tests.field_api.jobs.supervised import ended, supervising, until
from tests.field_api.people.test_auth import log_in, me
from tests.field_api.test_concurrency import COPIES, at_once
from tests.field_api.world import API, NOW, PASSWORD, build

CHANGE, FORGOT, RESET = f"{API}/me/password", f"{API}/auth/forgot", f"{API}/auth/password-reset"
NEW = "four other words go"


def changed(client, old=PASSWORD, new=NEW):
    return client.post(CHANGE, json={"old_password": old, "new_password": new})


def link(world, username="rep1", by="malta"):
    return world.client(by).post(f"{API}/users/{username}/password-reset")


def reset(world, token, new=NEW):
    return world.client().post(RESET, json={"token": token, "new_password": new})


def kinds(world):
    with world.database.reading() as session:
        return session.exec(select(Message.kind).order_by(Message.id)).all()


def test_a_new_password_ends_the_other_logins(world):
    other, mine = log_in(world).json(), world.client("rep1")
    assert changed(mine).status_code == 204
    assert mine.get(f"{API}/me").status_code == 200
    assert me(world, other["access_token"]).json()["code"] == "session_ended"
    assert log_in(world).status_code == 401
    assert log_in(world, password=NEW).status_code == 200
    assert kinds(world) == ["new_password"]
    with world.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "set_password")).one()
        everything = str([e.model_dump() for e in session.exec(select(AuditEntry))])
        kept = session.exec(select(User.password_hash).where(User.username == "rep1")).one()
    assert (entry.key, entry.details) == ("rep1", {"by": "old one", "ended": 1})
    for secret in (NEW, PASSWORD, kept):
        assert secret not in everything


def test_a_page_stays_logged_in_after_its_own_change(world):
    page = world.client()
    body = {"username": "rep1", "password": PASSWORD}
    page.headers["X-CSRF-Token"] = page.post(f"{API}/auth/page-session", json=body).json()[
        "csrf_token"
    ]
    assert changed(page).status_code == 204
    assert page.get(f"{API}/me").status_code == 200


def test_whoever_finds_a_phone_open_guesses_a_few_times_only(database):
    world = build(database, login_attempts=3)
    client = world.client("rep1")
    for _ in range(3):
        answer = changed(client, old="a wrong sentence")
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong_old_password")
    answer = changed(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    world.now = NOW + timedelta(seconds=60)
    assert changed(client).status_code == 204


def test_of_two_changes_at_the_same_moment_one_counts(world):
    client = world.client("rep1")
    answers = at_once(3, lambda number: changed(client, new=f"the sentence {number} of three"))
    assert sorted(a.status_code for a in answers) == [204, 403, 403]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("short", "password_refused"),
        ("rep1rep1rep1", "password_refused"),
        ("password1234", "password_refused"),
        ("", "invalid_input"),
        ("a" * 1025, "invalid_input"),
        ("\0" * 12, "invalid_input"),
        (2**70, "invalid_input"),
    ],
)
def test_passwords_that_would_be_guessed_are_refused(world, new, code):
    token = link(world).json()["token"]
    for answer in (
        changed(world.client("rep1"), new=new),
        reset(world, token, new),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        if isinstance(new, str) and len(new) > 5:
            assert new not in answer.text
    assert log_in(world).status_code == 200


def test_a_lone_surrogate_is_no_password(world):
    body = b'{"token": "x", "new_password": "\\ud800\\ud800\\ud800\\ud800"}'
    headers = {"Content-Type": "application/json"}
    assert world.client().post(RESET, content=body, headers=headers).status_code == 422


def test_a_link_made_by_a_manager_works_once(world):
    login = log_in(world).json()
    answer = link(world)
    assert answer.status_code == 201
    way = answer.json()
    assert (way["username"], way["expires_at"]) == ("rep1", "2026-12-02T09:00:00Z")
    assert way["link"] == f"/new-password#{way['token']}"
    assert me(world, login["access_token"]).status_code == 200  # until it is used
    assert reset(world, way["token"]).status_code == 204
    assert me(world, login["access_token"]).json()["code"] == "session_ended"
    assert log_in(world, password=NEW).status_code == 200
    again = reset(world, way["token"], "yet another sentence")
    assert (again.status_code, again.json()["code"]) == (404, "reset_ended")
    assert kinds(world) == ["password_link_made", "new_password"]
    with world.database.reading() as session:
        told = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        kept = str([row.model_dump() for row in session.exec(select(PasswordReset))])
        said = str([row.model_dump() for row in session.exec(select(Message))])
    assert [(e.action, e.actor) for e in told] == [
        ("log_in", "Rep1"),
        ("make_password_link", "Malta"),
        ("set_password", "Rep1"),
        ("log_in", "Rep1"),
    ]
    for place in (kept, said, str([e.model_dump() for e in told])):
        assert way["token"] not in place


def test_the_newest_link_counts_for_as_long_as_it_says(world):
    first, second = link(world).json()["token"], link(world).json()["token"]
    assert reset(world, first).json()["code"] == "reset_ended"
    world.now = NOW + timedelta(days=2)
    assert reset(world, second).json()["code"] == "reset_ended"
    third = link(world).json()["token"]
    world.now += timedelta(days=2) - timedelta(seconds=1)
    assert reset(world, third).status_code == 204


def test_a_password_that_is_chosen_closes_open_links(world):
    token = link(world).json()["token"]
    changed(world.client("rep1"))
    assert reset(world, token, "yet another sentence").json()["code"] == "reset_ended"


def test_of_copies_of_a_link_one_gets_through(world):
    token = link(world).json()["token"]
    answers = at_once(COPIES, lambda number: reset(world, token, f"sentence {number} of many"))
    assert sorted(a.status_code for a in answers) == [204] + [404] * (COPIES - 1)


def test_no_link_to_ones_own_account_or_to_a_closed_one(world):
    answer = link(world, "general", by="general")
    assert (answer.status_code, answer.json()["code"]) == (422, "account_refused")
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().active = False
    answer = link(world)
    assert (answer.status_code, answer.json()["code"]) == (422, "account_refused")


def letters_go_out(world):
    """What the service does by itself, a moment after the answer."""
    with world.database.writing(by=SERVICE, at=world.now) as session:
        for job in session.exec(select(Job).where(Job.state == "queued")):
            HANDLERS[job.kind].keep(session, job, world.settings, world.now)
            job.state = JobState.DONE


def mail(world, username="rep1", kind="email", address="maria@example.com"):
    with world.database.writing() as session:
        user = session.exec(select(User).where(User.username == username)).one()
        session.add(Channel(user_id=user.id, kind=kind, address=address))


def test_whether_a_name_is_known_is_not_told(world):
    answers = [
        world.client().post(FORGOT, json={"username": name})
        for name in ("rep1", "nobody", "two words", "\u00e9", "x" * 200)
    ]
    assert {(a.status_code, a.text) for a in answers} == {(202, "null")}
    with world.database.reading() as session:
        asked = session.exec(select(Job.payload)).all()
        assert session.exec(select(AuditEntry)).all() == []
    # the same is done for each, and names that nobody has are kept nowhere
    assert sorted(str(payload) for payload in asked) == [
        f"{{'user_id': {world.logins['rep1'][0]}}}",
        *["{'user_id': None}"] * 4,
    ]
    letters_go_out(world)
    assert kinds(world) == ["password_reset"]
    with world.database.reading() as session:
        entries = session.exec(select(AuditEntry)).all()
    assert [(e.action, e.key, e.actor) for e in entries] == [
        ("send_password_link", "rep1", "service")
    ]


def test_a_closed_account_gets_no_letter(world):
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().active = False
    assert world.client().post(FORGOT, json={"username": "rep1"}).status_code == 202
    letters_go_out(world)
    assert kinds(world) == []


def test_nobody_is_sent_letters_without_end(world):
    for _ in range(ASKED_AT_MOST + 2):
        assert world.client().post(FORGOT, json={"username": "REP1"}).status_code == 202
    letters_go_out(world)
    assert len(kinds(world)) == ASKED_AT_MOST
    world.now = NOW + timedelta(hours=1)
    log_in(world, password="wrong")  # what other brakes clear away is not this one's
    world.client().post(FORGOT, json={"username": "rep1"})
    letters_go_out(world)
    assert len(kinds(world)) == ASKED_AT_MOST + 1


def test_asking_in_somebodys_name_takes_nothing_away(world):
    handed = link(world).json()["token"]
    world.client().post(FORGOT, json={"username": "rep1"})
    letters_go_out(world)
    assert reset(world, handed).status_code == 204


def test_a_letter_is_asked_for_and_sent_by_a_running_service(world):
    world.client().post(FORGOT, json={"username": "rep1"})
    with supervising(world.database, now=lambda: world.now, secret="s" * 40):
        until(lambda: ended(world.database))
    with world.database.reading() as session:  # the clock may have written others besides
        letters = select(Message.subject).where(Message.kind == "password_reset")
        number = session.exec(letters).one()
    assert reset(world, password_links.secret_of(number, world.settings)).status_code == 204


def test_the_letter_brings_the_link_by_mail_only_and_also_at_night(database, monkeypatch):
    world = build(database, public_url="https://visits.example.com")
    mail(world)
    mail(world, kind="wecom", address="https://qyapi.weixin.qq.com/robot")
    world.now = NOW.replace(hour=23)
    world.client().post(FORGOT, json={"username": "rep1"})
    letters_go_out(world)
    sent = {}
    monkeypatch.setattr(
        messages, "send", lambda _settings, kind, _to, letter: sent.update({kind: letter.text})
    )
    assert messages.deliver(database, world.settings, now=world.now)["sent"] == 2
    address, _, token = sent["email"].split()[-1].partition("#")
    assert address == "https://visits.example.com/new-password"
    assert token not in sent["wecom"]
    assert "#" not in sent["wecom"]
    with database.reading() as session:
        rows = [*session.exec(select(Message)), *session.exec(select(Delivery))]
        assert token not in str([row.model_dump() for row in rows])
    # the letter's way is open for an hour
    world.now += timedelta(hours=1) - timedelta(seconds=1)
    assert reset(world, token).status_code == 204


def test_a_link_follows_from_its_number_and_the_signing_secret(world):
    other = load_settings(db=world.settings.db, secret="t" * 40)
    secrets = {
        password_links.secret_of(number, settings)
        for number in ("a", "b")
        for settings in (world.settings, other)
    }
    assert len(secrets) == 4


@pytest.mark.one_database
@pytest.mark.parametrize("token", ["x", "\u00e9", "0" * 43, "a" * 1024])
def test_what_is_no_link_of_ours_opens_nothing(world, token):
    answer = reset(world, token)
    assert (answer.status_code, answer.json()["code"]) == (404, "reset_ended")


def test_letters_that_were_sent_are_tidied_away(world):
    world.client().post(FORGOT, json={"username": "rep1"})
    later = NOW + timedelta(days=4)
    with world.database.writing(at=later) as session:
        assert housekeeping.tidy(session, world.settings, now=later)["clock_jobs"] == 0
    letters_go_out(world)
    with world.database.writing(at=later) as session:
        assert housekeeping.tidy(session, world.settings, now=later)["clock_jobs"] == 1
