"""档案核实: the queue of a quarter, and completions with their deadlines."""

from datetime import UTC, date, datetime

from sqlmodel import select

from crm.models import AuditEntry, Customer, FileVerification
from crm.vocabulary import CustomerStatus
from tests.builders import a_customer
from tests.field_api.customers.test_customers import NASTY, URL, codes
from tests.field_api.world import API, ROLES

QUEUE = f"{API}/file-verifications/queue"
COMPLETIONS = f"{API}/file-verifications/completions"
MISSING = {"missing": ["contact_phone", "sales"], "complete_by": "2026-12-04", "note": NASTY}


def waiting(world, asker, **params):
    answer = world.client(asker).get(QUEUE, params=params)
    assert answer.status_code == 200, answer.text
    return [row["code"] for row in answer.json()["items"]]


def verify(world, asker, code="C1", body=None):
    return world.client(asker).post(f"{URL}/{code}/verifications", json=body or {})


def open_ones(world, asker="general", **params):
    return world.client(asker).get(COMPLETIONS, params=params).json()["items"]


def test_everybody_waits_for_the_own_files(world):
    seen = {asker: waiting(world, asker) for asker in ROLES if not asker.startswith("rep")}
    assert seen == {
        "malta": ["C1", "C2"],
        "south": ["C1", "C2"],
        "gozo": ["C3"],
        "north": ["C3"],
        **{asker: ["C1", "C2", "C3"] for asker in ("general", "chairman", "info")},
    }


def test_a_right_file_leaves_the_queue_until_the_next_quarter(world):
    answer = verify(world, "malta")
    assert (answer.status_code, answer.json()["quarter"]) == (201, "2026-Q4")
    assert answer.json()["verified_by"] == "Malta"
    assert waiting(world, "malta") == codes(world, "malta", due=True) == ["C2"]
    assert codes(world, "malta", due=False) == ["C1"]
    copy = world.client("malta").get(f"{URL}/C1").json()
    assert (copy["verified_on"], copy["due_for_verification"]) == ("2026-11-30", False)
    world.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # January begun in Malta
    # never verified ones first, then those that wait longest
    assert waiting(world, "malta") == ["C2", "C1"]


def test_the_queue_is_of_files_in_care_and_goes_on_from_its_cursor(world):
    with world.database.writing() as session:
        first = session.exec(select(Customer).where(Customer.code == "C1")).one()
        first.verified_on = date(2026, 9, 30)
        session.add(a_customer("D1", status=CustomerStatus.STRUCK_OUT))
        session.add(a_customer("D2", status=CustomerStatus.BLACKLISTED))
        session.add(a_customer("D3", status=CustomerStatus.PROSPECT))
        session.add(a_customer("D4", verified_on=date(2026, 10, 1)))
    client, found, cursor = world.client("info"), [], None
    for _ in range(4):
        params = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        page = client.get(QUEUE, params=params).json()
        found += [row["code"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert (found, cursor) == (["C2", "C3", "D3", "C1"], None)
    assert client.get(QUEUE, params={"cursor": "x"}).status_code == 422


def test_what_is_missing_stands_on_the_list_until_it_is_completed(world):
    found = verify(world, "info", body=MISSING).json()
    assert (found["missing"], found["note"]) == (["contact_phone", "sales"], NASTY)
    assert waiting(world, "malta") == ["C2"]  # gone through, though not right
    assert world.client("malta").get(f"{URL}/C1").json()["verified_on"] is None
    for asker in ("malta", "south", "general", "chairman", "info"):
        (one,) = open_ones(world, asker)
        assert (one["customer_code"], one["verified_by"], one["overdue"]) == ("C1", "Info", False)
    assert open_ones(world, "north") == []
    url = f"{API}/file-verifications/{found['number']}/complete"
    body = {"note": "Asked Ms Borg"}
    refused = world.client("malta").post(url, json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "still_missing")
    world.client("malta").patch(f"{URL}/C1", json={"contact_phone": "1"}, headers={"If-Match": "*"})
    done = world.client("malta").post(url, json=body).json()
    assert done["completed_at"] == "2026-11-30T09:00:00Z"
    assert world.client("malta").post(url, json={"note": "again"}).json() == done
    assert open_ones(world, completed=False) == []
    assert [one["number"] for one in open_ones(world, completed=True)] == [found["number"]]
    assert world.client("malta").get(f"{URL}/C1").json()["verified_on"] == "2026-11-30"
    with world.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.noun == "file_verification"))
        told = [(entry.action, entry.reason) for entry in entries]
    assert told == [("verify", NASTY), ("complete", "Asked Ms Borg")]


def test_a_late_completion_is_flagged(world):
    verify(world, "malta", body=MISSING)
    verify(world, "malta", "C2", MISSING | {"complete_by": "2026-12-05"})
    world.now = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)
    assert [(one["customer_code"], one["overdue"]) for one in open_ones(world)] == [
        ("C1", True),
        ("C2", False),
    ]
    assert [one["customer_code"] for one in open_ones(world, overdue=True)] == ["C1"]
    first = world.client("south").get(COMPLETIONS, params={"limit": 1}).json()
    rest = open_ones(world, cursor=first["next_cursor"])
    assert [one["customer_code"] for one in first["items"] + rest] == ["C1", "C2"]


def test_a_file_found_right_later_has_nothing_left_to_complete(world):
    verify(world, "malta", body=MISSING)
    verify(world, "malta")
    assert open_ones(world, completed=False) == []
    # the verification that found it right has nothing to complete, and says so without an error
    with world.database.reading() as session:
        last = max(session.exec(select(FileVerification.id)))
    url = f"{API}/file-verifications/{last}/complete"
    assert world.client("malta").post(url, json={"note": "x"}).json()["completed_at"] is None


def test_verifications_that_make_no_sense_are_refused(world):
    for body, code in (
        ({"missing": ["contact_phone"]}, "impossible_verification"),
        ({"complete_by": "2026-12-04"}, "impossible_verification"),
        (MISSING | {"complete_by": "2026-11-29"}, "impossible_verification"),
        (MISSING | {"missing": ["colour"]}, "invalid_input"),
        (MISSING | {"missing": ["sales"] * 99}, "invalid_input"),
    ):
        answer = verify(world, "malta", body=body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), body
    twice = MISSING | {"missing": ["sales", "sales"]}
    assert verify(world, "malta", body=twice).json()["missing"] == ["sales"]
    for number, status in ((7, 404), (2**31, 422), (0, 422)):
        url = f"{API}/file-verifications/{number}/complete"
        assert world.client("malta").post(url, json={"note": "x"}).status_code == status
