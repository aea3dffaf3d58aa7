"""Messages: told once, read in the product, and out of it by mail and robots, quiet at night."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from crm.models import Channel, Delivery, User
from crm.store.people import messages
from crm.text import N_
from crm.vocabulary import ChannelKind, DeliveryState
from field_api.services.people.messages import deliver
from tests.field_api.world import API, NOW, build
from tests.support.sinks import mail_sink, robot_sink

TEXT = N_("Promise “{what}” to {customer} is due on {due}.")
PARAMS = {"what": "Sample sheet", "customer": "Corner Bakery (C1)", "due": "2026-12-01"}
NIGHT = datetime(2026, 11, 30, 20, 30, tzinfo=UTC)  # 21:30 in Malta
MORNING = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)  # 07:00


def user_id(session, username):
    return session.exec(select(User.id).where(User.username == username)).one()


def tell(world, *usernames, key="k1", at=NOW):
    with world.database.writing(at=at) as session:
        return messages.tell(
            session,
            [user_id(session, name) for name in usernames],
            kind="promise_due",
            text=TEXT,
            params=PARAMS,
            key=key,
            noun="promise",
            subject="P1",
            now=at,
        )


def reach(world, username, kind, address):
    with world.database.writing() as session:
        session.add(Channel(user_id=user_id(session, username), kind=kind, address=address))


def deliveries(world):
    with world.database.reading() as session:
        return list(session.exec(select(Delivery).order_by(Delivery.id)))


def test_each_is_told_once(world):
    assert tell(world, "rep1", "malta") == 2
    assert tell(world, "rep1", "malta", "general") == 1
    assert tell(world, "rep1", key="k2") == 1
    items = world.client("rep1").get(f"{API}/my/messages").json()["items"]
    assert [item["text"] for item in items] == [
        "Promise “Sample sheet” to Corner Bakery (C1) is due on Tue 1 Dec 2026."
    ] * 2


def test_an_account_that_is_closed_is_told_nothing(world):
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "rep1")).one().active = False
    assert tell(world, "rep1") == 0


def test_one_reads_ones_own_in_ones_own_language(world):
    for number in range(3):
        tell(world, "rep1", key=f"k{number}")
    tell(world, "rep2")
    client = world.client("rep1")
    first = client.get(f"{API}/my/messages", params={"limit": 2}).json()
    assert (len(first["items"]), first["unread"]) == (2, 3)
    rest = client.get(f"{API}/my/messages", params={"cursor": first["next_cursor"]}).json()
    assert (len(rest["items"]), rest["next_cursor"]) == (1, None)
    read = client.post(f"{API}/my/messages/read", json={"up_to": rest["items"][0]["number"]})
    assert read.json() == {"read": 1, "unread": 2}
    left = client.get(f"{API}/my/messages", params={"unread": True}).json()["items"]
    assert [item["number"] for item in left] == [item["number"] for item in first["items"]]
    chinese = client.get(f"{API}/my/messages", headers={"Accept-Language": "zh"}).json()
    assert "承诺" in chinese["items"][0]["text"]
    # another's are not marked by a high number
    client.post(f"{API}/my/messages/read", json={"up_to": 2**31 - 1})
    assert world.client("rep2").get(f"{API}/my/messages").json()["unread"] == 1


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJ4IiwwXQ"])
def test_a_cursor_of_no_list_is_refused(world, cursor):
    answer = world.client("rep1").get(f"{API}/my/messages", params={"cursor": cursor})
    assert answer.status_code == 422


def test_mail_arrives_in_the_persons_language(database):
    with mail_sink() as sink:
        world = build(
            database,
            smtp_host="127.0.0.1",
            smtp_port=sink.port,
            smtp_security="none",
            smtp_from="callcycle@example.com",
            public_url="https://visits.example.com",
        )
        with database.writing() as session:
            session.exec(select(User).where(User.username == "rep1")).one().lang = "zh"
        reach(world, "rep1", ChannelKind.EMAIL, "maria@example.com")
        tell(world, "rep1")
        assert deliver(database, world.settings, now=NOW) == {"sent": 1, "quiet": 0, "failed": 0}
        assert deliver(database, world.settings, now=NOW)["sent"] == 0
        (mail,) = sink.mails
        assert (mail["To"], mail["From"]) == ("maria@example.com", "callcycle@example.com")
        assert "承诺“Sample sheet”" in mail["Subject"]
        assert "https://visits.example.com" in mail.get_content()
        assert mail["Message-ID"].startswith("<callcycle-")


@pytest.mark.parametrize("kind", [ChannelKind.WECOM, ChannelKind.DINGTALK, ChannelKind.SLACK])
def test_robots_get_their_own_shape(database, kind):
    with robot_sink() as sink:
        world = build(database, webhook_hosts="127.0.0.1")
        reach(world, "rep1", kind, sink.url)
        tell(world, "rep1")
        assert deliver(database, world.settings, now=NOW)["sent"] == 1
        (posted,) = sink.posted
        text = posted["text"] if kind is ChannelKind.SLACK else posted["text"]["content"]
        assert text == "Promise “Sample sheet” to Corner Bakery (C1) is due on Tue 1 Dec 2026."
        assert (kind is ChannelKind.SLACK) == ("msgtype" not in posted)


def test_nothing_leaves_at_night(database):
    with mail_sink() as sink:
        world = build(database, smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none")
        reach(world, "rep1", ChannelKind.EMAIL, "maria@example.com")
        tell(world, "rep1", at=NIGHT)
        assert deliver(database, world.settings, now=NIGHT)["quiet"] == 1
        assert deliver(database, world.settings, now=MORNING - timedelta(seconds=1))["sent"] == 0
        assert sink.mails == []
        assert deliver(database, world.settings, now=MORNING)["sent"] == 1


def test_a_server_that_refuses_is_tried_again_and_given_up(database):
    with mail_sink() as sink:
        sink.refuse = "451 later"
        world = build(database, smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none")
        with database.writing() as session:
            user = session.exec(select(User).where(User.username == "rep1")).one()
            user.quiet_from_s = user.quiet_to_s = 0
        reach(world, "rep1", ChannelKind.EMAIL, "maria@example.com")
        tell(world, "rep1")
        now, tries = NOW, 0
        while deliveries(world)[0].state is DeliveryState.WAITING:
            now = max(now, deliveries(world)[0].not_before)
            deliver(database, world.settings, now=now)
            tries += 1
        (kept,) = deliveries(world)
        assert (kept.state, kept.attempts, tries) == (DeliveryState.FAILED, 8, 8)
        assert "451" in kept.error


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://elsewhere.example/robot", "CALLCYCLE_WEBHOOK_HOSTS"),
        ("http://oapi.dingtalk.com/robot", "CALLCYCLE_WEBHOOK_HOSTS"),
        ("file:///etc/passwd", "CALLCYCLE_WEBHOOK_HOSTS"),
        ("http://127.0.0.1:1/", "ConnectError"),
    ],
)
def test_an_address_that_must_not_be_called_is_not(database, address, reason):
    world = build(database, webhook_hosts="oapi.dingtalk.com,127.0.0.1")
    reach(world, "rep1", ChannelKind.SLACK, address)
    tell(world, "rep1")
    assert deliver(database, world.settings, now=NOW)["failed"] == 1
    assert reason in deliveries(world)[0].error


@pytest.mark.parametrize(
    ("status", "answer"), [(500, {}), (200, {"errcode": 93000}), (200, []), (302, {})]
)
def test_what_a_robot_says_is_heard(database, status, answer):
    with robot_sink() as sink:
        sink.status, sink.answer = status, answer
        world = build(database, webhook_hosts="127.0.0.1")
        reach(world, "rep1", ChannelKind.WECOM, sink.url)
        tell(world, "rep1")
        assert deliver(database, world.settings, now=NOW)["failed"] == 1
        assert "secret" not in deliveries(world)[0].error


def test_without_a_mail_server_the_message_stays_in_the_product(world):
    reach(world, "rep1", ChannelKind.EMAIL, "maria@example.com")
    tell(world, "rep1")
    assert deliver(world.database, world.settings, now=NOW)["failed"] == 1
    assert "CALLCYCLE_SMTP_HOST" in deliveries(world)[0].error
    assert world.client("rep1").get(f"{API}/my/messages").json()["unread"] == 1
