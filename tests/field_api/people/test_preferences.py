"""What people set for themselves."""

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Channel
from tests.field_api.world import API, PASSWORD, build

MINE = f"{API}/me/preferences"
PROOF = {"password": PASSWORD}
WANTED = {
    "lang": "zh",
    "quiet_from": "22:30",
    "quiet_to": "06:00",
    "channels": [
        {"kind": "email", "address": "maria@example.com", "active": True},
        {"kind": "wecom", "address": "https://qyapi.weixin.qq.com/robot?key=1", "active": False},
    ],
}


def test_preferences_are_kept(world):
    client = world.client("rep1")
    assert client.get(MINE).json() == {
        "lang": "",
        "quiet_from": "20:00",
        "quiet_to": "07:00",
        "channels": [],
    }
    assert client.put(MINE, json=WANTED | PROOF).json() == WANTED
    assert client.get(MINE).json() == WANTED
    assert world.client("rep2").get(MINE).json()["channels"] == []


def test_new_ones_take_the_place_of_former_ones(world):
    client = world.client("rep1")
    client.put(MINE, json=WANTED | PROOF)
    assert client.put(MINE, json=WANTED | {"channels": []}).json()["channels"] == []
    with world.database.reading() as session:
        assert session.exec(select(Channel)).all() == []


def test_an_address_given_twice_is_kept_once(world):
    channel = WANTED["channels"][0]
    wanted = WANTED | {"channels": [channel, channel | {"active": False}]}
    kept = world.client("rep1").put(MINE, json=wanted | PROOF).json()["channels"]
    assert kept == [channel | {"active": False}]


def test_the_trail_tells_kinds_not_addresses(world):
    world.client("rep1").put(MINE, json=WANTED | PROOF)
    with world.database.reading() as session:
        entries = session.exec(select(AuditEntry)).all()
    assert {entry.action for entry in entries} == {"change", "set_channels"}
    (entry,) = (entry for entry in entries if entry.action == "set_channels")
    assert (entry.key, entry.details) == ("rep1", {"kinds": ["email", "wecom"]})
    assert "maria@example.com" not in str([entry.model_dump() for entry in entries])


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("email", "maria"),
        ("email", "maria@"),
        ("email", "@example.com"),
        ("email", "maria@example.com\nBcc: all@example.com"),
        ("email", "maria@example.com, all@example.com"),
        ("email", "Maria <maria@example.com>"),
        ("email", "a" * 250 + "@b.example"),
        ("slack", "https://169.254.169.254/latest"),
        ("slack", "http://hooks.slack.com/services/x"),
        ("slack", "https://hooks.slack.com.evil.example/x"),
        ("slack", "https://hooks.slack.com@evil.example/x"),
        ("slack", "file:///etc/passwd"),
        ("slack", "hooks.slack.com"),
        ("dingtalk", "https://localhost/x"),
        ("wecom", "https://[::1"),
    ],
)
def test_nothing_is_sent_to_where_it_must_not_go(world, kind, address):
    wanted = WANTED | {"channels": [{"kind": kind, "address": address}]}
    answer = world.client("rep1").put(MINE, json=wanted | PROOF)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    assert answer.json()["errors"][0]["path"] == "body.channels.0.address"
    assert world.client("rep1").get(MINE).json()["channels"] == []


def test_a_robot_of_ones_own_is_a_setting(database):
    world = build(database, webhook_hosts="chat.example.com")
    wanted = WANTED | {"channels": [{"kind": "slack", "address": "https://chat.example.com/x"}]}
    assert world.client("rep1").put(MINE, json=wanted | PROOF).status_code == 200
    answer = world.client("rep1").put(MINE, json=WANTED | PROOF)
    assert "chat.example.com" in answer.json()["detail"]


@pytest.mark.one_database
@pytest.mark.parametrize(
    "changes",
    [
        {"lang": "fr"},
        {"quiet_from": "25:00"},
        {"quiet_to": "7:00"},
        {"quiet_to": 2**70},
        {"channels": [{"kind": "fax", "address": "x"}]},
        {"channels": [{"kind": "email", "address": "a@b.example"}] * 11},
        {"channels": [{"kind": "email", "address": "\0"}]},
        {"more": 1},
    ],
)
def test_what_cannot_be_is_refused(world, changes):
    answer = world.client("rep1").put(MINE, json=WANTED | changes)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


@pytest.mark.parametrize(
    ("proof", "status", "code"),
    [({}, 422, "invalid_input"), ({"password": "x" * 12}, 403, "wrong_old_password")],
)
def test_a_new_mail_address_needs_the_password(world, proof, status, code):
    client = world.client("rep1")
    answer = client.put(MINE, json=WANTED | proof)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get(MINE).json()["channels"] == []


def test_what_is_known_and_robots_need_no_password(world):
    client = world.client("rep1")
    client.put(MINE, json=WANTED | PROOF)
    assert client.put(MINE, json=WANTED | {"lang": "en"}).status_code == 200
    robots = WANTED | {"channels": WANTED["channels"][1:]}
    assert client.put(MINE, json=robots).status_code == 200
    assert world.client("rep2").put(MINE, json=robots).status_code == 200
