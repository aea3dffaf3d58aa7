"""档案: key people, facts, the confidential file and its borrowing card, and the history."""

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Customer, CustomerFact, FieldChange, FileLoan, KeyPerson
from crm.store.house import audit
from tests.field_api.customers.test_customers import C1, NASTY, URL
from tests.field_api.world import NOW

PEOPLE, FACTS, OPEN = f"{C1}/key-people", f"{C1}/facts", f"{C1}/confidential-file"
FACT = {"topic": "plans", "content": NASTY, "source": "insider"}
CREDIT = {"topic": "credit", "content": "45 days", "source": "contact", "confidential": True}
REASON = {"reason": "Yearly contract"}


def rows(world, table):
    with world.database.reading() as session:
        return list(session.exec(select(table).order_by(table.id)))


def post(world, asker, url, body):
    answer = world.client(asker).post(url, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def patch(world, asker, url, body, version="*"):
    return world.client(asker).patch(url, json=body, headers={"If-Match": version})


def delete(world, asker, url, version="*"):
    return world.client(asker).delete(url, headers={"If-Match": version})


def test_a_rep_adds_and_edits_key_people_and_sees_how_to_reach_them(world):
    body = {"name": NASTY, "phone": "1", "attitude": "negative", "notes": "shy", "rank": 2}
    added = post(world, "rep1", PEOPLE, body)
    assert (added["name"], added["attitude"], added["notes"]) == (NASTY, None, None)
    url = f"{PEOPLE}/{added['number']}"
    edited = patch(world, "rep1", url, {"phone": "2"}, '"v1"')
    assert (edited.json()["phone"], edited.headers["etag"]) == ("2", '"v2"')
    assert patch(world, "rep1", url, {"phone": "3"}, '"v1"').status_code == 412
    (person,) = world.client("malta").get(C1).json()["people"]
    assert (person["attitude"], person["notes"], person["phone"]) == ("negative", "shy", "2")


def test_a_removed_person_is_shown_no_more_and_stands_in_the_records(world):
    url = f"{PEOPLE}/{post(world, 'rep1', PEOPLE, {'name': 'Ms Borg'})['number']}"
    assert delete(world, "rep1", url).status_code == 403
    assert delete(world, "malta", url, '"v9"').status_code == 412
    assert delete(world, "malta", url, '"v1"').status_code == 204
    assert world.client("malta").get(C1).json()["people"] == []
    for answer in (delete(world, "malta", url), patch(world, "rep1", url, {"post": "x"})):
        assert (answer.status_code, answer.json()["code"]) == (404, "key_person_not_found")
    assert [person.name for person in rows(world, KeyPerson)] == ["Ms Borg"]
    assert [entry.action for entry in rows(world, AuditEntry)] == ["add", "change"]


def test_a_person_of_another_customer_is_not_found(world):
    number = post(world, "rep1", PEOPLE, {"name": "x"})["number"]
    for url in (f"{URL}/C2/key-people/{number}", f"{URL}/C9/key-people/{number}"):
        assert patch(world, "rep2", url, {"post": "y"}).status_code == 404
    assert patch(world, "rep2", f"{PEOPLE}/{number}", {"post": "y"}).status_code == 404


def test_facts_are_written_by_those_who_keep_files(world):
    added = post(world, "info", FACTS, FACT)
    assert (added["content"], added["noted_on"], added["confidential"]) == (
        NASTY,
        "2026-11-30",
        False,
    )
    url = f"{FACTS}/{added['number']}"
    body = {"source": "public", "noted_on": "2026-11-01"}
    assert patch(world, "malta", url, body, '"v1"').json()["noted_on"] == "2026-11-01"
    assert patch(world, "malta", url, body, '"v1"').status_code == 412
    assert world.client("rep1").post(FACTS, json=FACT).status_code == 403
    assert patch(world, "rep1", url, body).status_code == 403
    assert delete(world, "rep1", url).status_code == 403
    assert delete(world, "info", url, '"v1"').status_code == 412
    assert delete(world, "info", url, '"v2"').status_code == 204
    assert world.client("malta").get(C1).json()["facts"] == []
    answer = delete(world, "info", url)
    assert (answer.status_code, answer.json()["code"]) == (404, "fact_not_found")
    assert [fact.removed for fact in rows(world, CustomerFact)] == [True]


def test_bodies_that_make_no_sense_are_refused(world):
    url = f"{FACTS}/{post(world, 'info', FACTS, FACT)['number']}"
    for body in ({}, {"topic": ""}, {"content": " "}, {"source": "gossip"}, {"noted_on": "x"}):
        assert patch(world, "info", url, body).status_code == 422, body
    for number in (0, -1, 2**31, 2**70, "x"):
        assert patch(world, "info", f"{FACTS}/{number}", {"topic": "x"}).status_code == 422


def test_a_confidential_fact_is_written_by_managers_and_read_in_the_file_only(world):
    refused = world.client("info").post(FACTS, json=CREDIT)
    assert (refused.status_code, refused.json()["code"]) == (403, "role_not_allowed")
    added = post(world, "malta", FACTS, CREDIT)
    assert (added["confidential"], added["content"]) == (True, None)
    url = f"{FACTS}/{added['number']}"
    assert patch(world, "malta", url, {"content": "60 days"}, '"v1"').json()["content"] is None
    assert patch(world, "info", url, {"content": "x"}).status_code == 404
    for asker in ("malta", "general", "info"):
        seen = world.client(asker)
        everything = seen.get(C1).text + seen.get(f"{C1}/history").text
        assert "45 days" not in everything
        assert "60 days" not in everything
    opened = post(world, "general", OPEN, REASON)
    (fact,) = opened["facts"]
    assert (fact["content"], fact["version"]) == ("60 days", 2)
    (before,) = fact["earlier"]
    assert (before["field"], before["before"], before["by"]) == ("content", "45 days", "Malta")


def test_who_may_not_read_it_cannot_open_it_to_everybody(world):
    url = f"{FACTS}/{post(world, 'malta', FACTS, CREDIT)['number']}"
    assert patch(world, "malta", url, {"confidential": False}).status_code == 403
    assert patch(world, "malta", url, {"confidential": True, "topic": "x"}).status_code == 200
    assert patch(world, "general", url, {"confidential": False}).json()["content"] == "45 days"
    assert [f["content"] for f in world.client("info").get(C1).json()["facts"]] == ["45 days"]
    # closing it again is noted where contents are not read
    assert patch(world, "info", url, {"confidential": True}).status_code == 403
    patch(world, "malta", url, {"confidential": True, "content": "90 days"})
    nouns = {(c.noun, c.field) for c in rows(world, FieldChange)}
    assert nouns == {
        ("confidential_fact", "topic"),
        ("confidential_fact", "confidential"),
        ("confidential_fact", "content"),
    }


def test_opening_the_file_writes_the_borrowing_card_and_the_audit_entry(world):
    number = post(world, "malta", FACTS, CREDIT)["number"]
    opened = post(world, "chairman", OPEN, REASON)
    assert (opened["opened_by"], opened["reason"]) == ("Chairman", "Yearly contract")
    (loan,) = rows(world, FileLoan)
    assert (loan.id, loan.reason, loan.shown) == (opened["loan"], "Yearly contract", [number])
    entry = rows(world, AuditEntry)[-1]
    assert (entry.action, entry.noun, entry.key) == ("open", "confidential_file", "C1")
    assert (entry.actor, entry.reason) == ("Chairman", "Yearly contract")
    whole = world.client("general").get(f"{C1}/file-loans").json()
    assert [(card["reason"], card["facts_shown"]) for card in whole] == [("Yearly contract", 1)]
    (card,) = world.client("info").get(f"{C1}/file-loans").json()
    assert (card["opened_by"], card["opened_at"]) == ("Chairman", "2026-11-30T09:00:00Z")
    assert (card["reason"], card["facts_shown"]) == (None, None)


@pytest.mark.parametrize("broken", ["card", "audit"])
def test_what_cannot_be_put_on_record_is_not_shown(world, monkeypatch, broken):
    post(world, "malta", FACTS, CREDIT)

    def fail(*_, **__):
        raise RuntimeError("the disk is full")

    if broken == "card":
        monkeypatch.setattr("crm.store.customers.files.FileLoan", fail)
    else:
        monkeypatch.setattr("crm.store.customers.files.audit.record", fail)
    client = world.client("general", raise_server_exceptions=False)
    answer = client.post(OPEN, json=REASON)
    assert (answer.status_code, "45 days" in answer.text) == (500, False)
    assert rows(world, FileLoan) == []
    assert [entry.action for entry in rows(world, AuditEntry)] == ["add"]


def test_a_reason_is_needed(world):
    for reason in ("", "  ", None, "x" * 501):
        answer = world.client("general").post(OPEN, json={"reason": reason})
        assert answer.status_code == 422
    assert rows(world, FileLoan) == []


def test_the_history_tells_who_changed_which_field_when(world):
    patch(world, "malta", C1, {"city": NASTY, "contact_phone": "1"})
    times = [{"weekday": 0, "begin": "08:00", "end": "09:00"}]
    patch(world, "info", C1, {"city": "Sliema", "unfit_times": times})
    client = world.client("south")
    page = client.get(f"{C1}/history", params={"field": "city"}).json()
    assert [(r["by"], r["role"], r["before"], r["after"]) for r in page["items"]] == [
        ("Info", "information_admin", NASTY, "Sliema"),
        ("Malta", "district_manager", "", NASTY),
    ]
    assert page["items"][0]["at"] == NOW.isoformat().replace("+00:00", "Z")
    first = client.get(f"{C1}/history", params={"limit": 3}).json()
    rest = client.get(f"{C1}/history", params={"cursor": first["next_cursor"]}).json()
    fields = [row["field"] for row in first["items"] + rest["items"]]
    assert sorted(fields) == ["city", "city", "contact_phone", "unfit_times"]
    assert rest["next_cursor"] is None
    assert client.get(f"{C1}/history", params={"cursor": "x"}).status_code == 422
    assert client.get(f"{C1}/history", params={"field": "colour"}).json()["items"] == []


def test_a_frequency_of_ones_own_says_who_decided_it(world):
    with world.database.writing(at=NOW) as session:
        session.info[audit.REASON] = "asked for"
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        customer.interval_days, customer.interval_reason = 10, "Opens a second shop"
    frequency = world.client("malta").get(C1).json()["frequency"]
    assert (frequency["interval_days"], frequency["own"]) == (10, True)
    assert (frequency["reason"], frequency["approved_by"]) == ("Opens a second shop", "operator")
