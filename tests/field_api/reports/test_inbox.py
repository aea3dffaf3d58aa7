"""The inbox of visit reports on the desk: in which order they lie, and what is found there."""

from datetime import timedelta
from uuid import UUID

import pytest
from markupsafe import escape

from crm.models import VisitReport
from crm.store.reports.inbox import Read
from tests.field_api.world import API, REPORT, a_report

DESK = "/desk/reports"


def send(world, number, by="rep1", **changes):
    """A report under a number, a minute after the one before."""
    world.now += timedelta(minutes=1)
    body = a_report(**({"promises": [], "next_visit": None} | changes))
    answer = world.client(by).put(f"{API}/visit-reports/{UUID(int=number)}", json=body)
    assert answer.status_code == 201, answer.text


def review(world, number, verdict="seen", comment="", by="malta", version=1):
    return world.client(by).post(
        f"{DESK}/{UUID(int=number)}/reviews/{UUID(int=number + 1000)}",
        data={"verdict": verdict, "comment": comment, "version": version},
    )


def lying(world, by="malta", **asked):
    """The numbers of the reports in the list, in its order."""
    html = world.client(by).get(DESK, params=asked).text
    found = [part.split('"')[0] for part in html.split('data-id="')[1:]]
    return [UUID(one).int for one in found]


def test_unread_ones_lie_before_the_others_the_last_first(world):
    for number in (1, 2, 3):
        send(world, number)
    review(world, 3)
    review(world, 1, "sent_back", "Which crates?")
    assert lying(world) == [2, 3, 1]
    assert lying(world, read="unread") == [2]
    assert lying(world, read="sent_back") == [1]
    assert lying(world, read="read") == [3]
    assert lying(world, read="made up") == [2, 3, 1]


def test_a_corrected_report_is_unread_again_with_both_versions(world):
    send(world, 1, satisfaction=2)
    review(world, 1, "sent_back", "Really?")
    body = {"id": str(UUID(int=9)), "reason": "Mistapped", "report": a_report(satisfaction=5)}
    url = f"{API}/visit-reports/{UUID(int=1)}/corrections"
    assert world.client("rep1").post(url, json=body).status_code == 201
    assert lying(world, read="unread") == [1]
    page = world.client("malta").get(f"{DESK}/{UUID(int=1)}").text
    assert "Mistapped" in page
    assert "<del>2</del>" in page
    assert "<ins>5</ins>" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ZEBRA"}, [1]),
        ({"q": "竞品"}, [2]),
        ({"q": "marsa"}, [2]),
        ({"q": "C1"}, [2, 1]),
        ({"q": "nowhere"}, []),
        ({"outcome": "closed"}, [2]),
        ({"outcome": "made up"}, [2, 1]),
        ({"satisfaction": "2"}, [1]),
        ({"flag": "far"}, [2]),
        ({"flag": "far_on_leaving"}, []),
        ({"rep": "R1"}, [2, 1]),
        ({"rep": "R2"}, []),
    ],
)
def test_reports_are_found(world, asked, found):
    send(world, 1, notes="A zebra crossing", satisfaction=2, competitors=[])
    send(
        world,
        2,
        outcome="closed",
        satisfaction=4,
        notes="",
        competitors=["竞品 A", "Marsa Wholesale"],
        position={"lat": 35.0, "lon": 14.0, "accuracy_m": 5.0},
    )
    assert lying(world, **asked) == found


def test_a_text_is_looked_for_in_the_newer_reports_unless_all_are_asked_for(world):
    for number in (1, 2):
        send(world, number, notes="A zebra crossing")
    with world.database.writing() as session:
        old = session.get(VisitReport, UUID(int=1))
        old.received_at -= timedelta(days=93)
    assert lying(world, q="zebra") == [2]
    assert lying(world, q="zebra", ever="1") == lying(world) == [2, 1]
    page = world.client("malta").get(DESK, params={"q": "zebra", "rep": "R1"}).text
    assert "of the last 3 months" in page
    assert f'href="{DESK}?rep=R1&amp;q=zebra&amp;ever=1"' in page
    assert "of the last 3 months" not in world.client("malta").get(f"{DESK}?q=zebra&ever=1").text


def test_the_list_goes_on_where_it_ended(world, monkeypatch):
    monkeypatch.setattr(
        "field_api.services.reports.inbox.listed.__kwdefaults__", {"after": None, "limit": 2}
    )
    for number in range(1, 6):
        send(world, number)
    for number in (2, 4):
        review(world, number)
    seen, address = [], DESK
    while address:
        html = world.client("malta").get(address).text
        seen += [UUID(part.split('"')[0]).int for part in html.split('data-id="')[1:]]
        parts = html.split('<li class="more" hx-get="')
        address = parts[1].split('"')[0].replace("&amp;", "&") if len(parts) > 1 else ""
    assert seen == [5, 3, 1, 4, 2]


def test_what_arrives_is_told_by_a_tag(world):
    send(world, 1)
    client = world.client("malta")
    first = client.get(f"{DESK}/arrived")
    tag = {"If-None-Match": first.headers["etag"]}
    assert client.get(f"{DESK}/arrived", headers=tag).status_code == 304
    send(world, 2)
    assert client.get(f"{DESK}/arrived", headers=tag).text == str(int(first.text) + 1)
    assert world.client("gozo").get(f"{DESK}/arrived").text == "0"


def test_the_next_unread_one_opens(world):
    for number in (1, 2):
        send(world, number)
    answer = review(world, 2)
    assert answer.status_code == 204
    assert f"{DESK}/{UUID(int=1)}" in answer.headers["hx-trigger"]
    assert f'"{DESK}"' in review(world, 1).headers["hx-trigger"]


def test_sending_back_needs_a_word(world):
    send(world, 1)
    answer = review(world, 1, "sent_back")
    assert answer.status_code == 422
    assert "what is to be corrected" in answer.json()["detail"]
    assert lying(world, read=Read.UNREAD.value) == [1]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "${7*7}`\\", "' onload='x"])
def test_what_was_said_is_text_and_nothing_else(world, name):
    send(world, 1, notes=name, needs=name)
    for path in (DESK, f"{DESK}/{UUID(int=1)}"):
        page = world.client("malta").get(path).text
        assert str(escape(name)) in page
        assert "<script>alert" not in page
    sheet = world.client("malta").get(f"{DESK}/download?form=csv").text
    assert name in sheet.replace('""', '"')


def test_the_stop_and_its_distance_stand_beside_the_report(world):
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    page = world.client("malta").get(f"{DESK}/{REPORT}").text
    assert "from the place on the card" in page
    assert f"{DESK}/{REPORT}/map" in page
    drawn = world.client("malta").get(f"{DESK}/{REPORT}/map")
    assert "sandbox" in drawn.headers["content-security-policy"]
    assert "Where the rep checked in" in drawn.text
