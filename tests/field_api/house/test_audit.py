"""The audit trail: whose entries are seen, what is withheld, and finding one's way in it."""

from datetime import timedelta

from markupsafe import escape
from sqlmodel import select

from crm.models import Appointment, User
from crm.rules.access import SERVICE, Asker
from crm.store.house import audit
from crm.vocabulary import Role
from field_api.schemas.approvals import LONGEST_COMMENT
from field_api.services.house.audit import CHANGES_SHOWN
from tests.field_api.customers.test_customers import C1, NASTY, URL
from tests.field_api.customers.test_files import CREDIT, FACTS, OPEN, REASON, patch, post
from tests.field_api.world import API, MONDAY, NOW, REPORT, a_report

TRAIL = f"{API}/audit"
PROMISED = "019a9463-8cc5-44a8-9b02-b2a48d04aef9"


def seen(world, asker, **params):
    answer = world.client(asker).get(TRAIL, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def subjects(world, asker, **params):
    return {(entry["noun"], entry["key"]) for entry in seen(world, asker, **params)}


def write(world, *entries, at=NOW, by=None):
    asker = by or Asker(role=Role.GENERAL_MANAGER, name="General")
    with world.database.writing(by=asker, at=at) as session:
        return [audit.record(session, "x", noun=noun, key=str(key)) for noun, key in entries]


def test_an_entry_tells_everything(world):
    patch(world, "malta", C1, {"city": NASTY})
    (entry,) = seen(world, "malta")
    assert (entry["by"], entry["role"], entry["action"]) == ("Malta", "district_manager", "change")
    assert (entry["noun"], entry["key"], entry["at"]) == ("customer", "C1", "2026-11-30T09:00:00Z")
    (change,) = entry["changes"]
    assert (change["field"], change["before"], change["after"]) == ("city", "", NASTY)
    assert entry["more_changes"] is False


def test_managers_see_what_lies_in_their_part_of_the_company(world):
    """Each noun once of Malta's and once of Gozo's; what has no place is the company's."""
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    asked = post(world, "rep1", f"{C1}/strike-out", REASON)["id"]
    post(world, "rep1", f"{C1}/key-people", {"name": "x"})
    post(world, "malta", FACTS, CREDIT | {"confidential": False})
    post(world, "malta", f"{C1}/verifications", {})
    post(world, "gozo", f"{URL}/C3/key-people", {"name": "x"})
    with world.database.writing() as session:
        for number in (1, 3):
            of = {"date": MONDAY, "begin_s": 0, "minutes": 1}
            session.add(Appointment(code=f"A{number}", customer_id=number, **of))
    own = {
        ("customer", "C1"),
        ("key_person", "1"),
        ("customer_fact", "1"),
        ("file_verification", "1"),
        ("appointment", "A1"),
        ("promise", "P1"),
        ("plan", "1"),
        ("territory", "T1"),
        ("rep", "R1"),
        ("leave", "R1"),
        ("user", "rep1"),
        ("visit_report", str(REPORT)),
        ("approval", asked),
    }
    others = {
        ("customer", "C3"),
        ("key_person", "2"),
        ("customer_fact", "2"),
        ("appointment", "A3"),
        ("promise", "P3"),
        ("plan", "2"),
        ("territory", "T3"),
        ("rep", "R3"),
        ("leave", "R3"),
        ("user", "rep3"),
        ("visit_report", "0" * 32),
        ("approval", "0" * 32),
    }
    companys = {
        ("user", "general"),
        ("confidential_file", "C1"),
        ("confidential_fact", "1"),
        ("database", ""),
        ("grading_run", "1"),
    }
    write(world, *own, *others, *companys)
    everything = own | others | companys
    for asker in ("general", "chairman"):
        assert subjects(world, asker, action="x", limit=200) == everything
    for asker in ("malta", "south"):
        assert subjects(world, asker, action="x", limit=200) == own
    assert subjects(world, "north", action="x", limit=200) == {
        (noun, key) for noun, key in others if key in ("C3", "A3", "P3", "T3", "R3", "rep3")
    } | {("key_person", "2")}


def test_ones_own_account_is_ones_own(world):
    write(world, ("user", "malta"), ("user", "gozo"), ("user", "general"))
    assert subjects(world, "malta") == {("user", "malta")}
    assert subjects(world, "south") == {("user", "malta")}  # answers for its managers


def test_a_long_word_is_kept_whole(world):
    asked = post(world, "rep1", f"{C1}/strike-out", REASON)["id"]
    said = {"kind": "refuse", "comment": "漢" * LONGEST_COMMENT}
    assert world.client("malta").post(f"{API}/approvals/{asked}/decisions", json=said).is_success
    refusal = next(entry for entry in seen(world, "malta") if entry["action"] == "refuse")
    assert refusal["reason"] == said["comment"]


def test_a_manager_without_a_place_sees_the_own_account_only(world):
    with world.database.writing() as session:
        session.exec(select(User).where(User.username == "malta")).one().district_id = None
    write(world, ("customer", "C1"), ("rep", "R1"), ("user", "malta"))
    assert {noun for noun, _ in subjects(world, "malta")} == {"user"}


def test_what_is_confidential_is_told_to_have_changed_and_not_what(world):
    number = post(world, "malta", FACTS, CREDIT)["number"]
    patch(world, "malta", f"{FACTS}/{number}", {"content": "60 days"})
    post(world, "general", OPEN, REASON)
    answer = world.client("chairman").get(TRAIL)
    assert "45 days" not in answer.text
    assert "60 days" not in answer.text
    opened, changed, added = answer.json()["items"]
    assert (opened["noun"], opened["reason"]) == ("confidential_file", "Yearly contract")
    assert [change["field"] for change in changed["changes"]] == ["content"]
    assert (added["noun"], added["action"]) == ("confidential_fact", "add")
    url = f"{TRAIL}/{changed['number']}/changes"
    assert "days" not in world.client("chairman").get(url).text
    assert seen(world, "malta") == []
    assert world.client("malta").get(url).status_code == 404


def test_filters(world):
    rep = Asker(role=Role.REP, name="Rep1", user_id=1)
    later = NOW + timedelta(hours=1)
    write(world, ("customer", "C1"))
    write(world, ("customer", "C3"), ("rep", "R1"), at=later, by=rep)
    assert subjects(world, "general", noun="customer", key="C3") == {("customer", "C3")}
    assert subjects(world, "general", user="rep1") == {("customer", "C3"), ("rep", "R1")}
    assert subjects(world, "general", user="nobody") == set()
    assert subjects(world, "general", action="y") == set()
    assert subjects(world, "general", **{"from": later.isoformat()}) == {
        ("customer", "C3"),
        ("rep", "R1"),
    }
    assert subjects(world, "general", to=later.isoformat()) == {("customer", "C1")}
    client = world.client("general")
    for params in ({"from": "yesterday"}, {"to": "2026-11-30T09:00:00"}, {"cursor": "x"}):
        assert client.get(TRAIL, params=params).status_code == 422


def test_the_list_goes_on_from_its_cursor_the_newest_first(world):
    numbers = write(world, *(("customer", "C1") for _ in range(5)))
    client, found, cursor = world.client("malta"), [], None
    for _ in range(3):
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = client.get(TRAIL, params=params).json()
        found += [entry["number"] for entry in page["items"]]
        cursor = page["next_cursor"]
    assert (found, cursor) == (numbers[::-1], None)


def test_an_entry_of_many_changes_is_shown_in_parts(world):
    with world.database.writing(at=NOW) as session:
        changes = [(f"field{n:02}", n, n + 1) for n in range(CHANGES_SHOWN + 5)]
        number = audit.record(session, "x", noun="customer", key="C1", changes=changes)
        audit.record(session, "x", noun="customer", key="C1", changes=changes[:CHANGES_SHOWN])
    whole, many = seen(world, "malta")
    assert (len(whole["changes"]), whole["more_changes"]) == (CHANGES_SHOWN, False)
    assert (len(many["changes"]), many["more_changes"]) == (CHANGES_SHOWN, True)
    client, url = world.client("malta"), f"{TRAIL}/{number}/changes"
    first = client.get(url, params={"limit": 20}).json()
    rest = client.get(url, params={"limit": 20, "cursor": first["next_cursor"]}).json()
    fields = [change["field"] for change in first["items"] + rest["items"]]
    assert (fields, rest["next_cursor"]) == ([name for name, _, _ in changes], None)
    answer = client.get(f"{TRAIL}/{number + 7}/changes")
    assert (answer.status_code, answer.json()["code"]) == (404, "audit_entry_not_found")


def test_the_page_names_a_promise_by_its_words_and_the_service_as_itself(world):
    promised = {"code": PROMISED, "customer_code": "C1", "what": NASTY, "due": "2026-12-04"}
    assert world.client("malta").post(f"{API}/promises", json=promised).is_success
    write(world, ("promise", PROMISED), by=SERVICE)
    page = world.client("malta").get("/desk/administration/audit?noun=promise").text
    assert page.count(f'<a href="/desk/promises/{PROMISED}">{escape(NASTY)}</a>') == 2
    assert "<td>the service</td>" in page
    assert "Operator" not in page
    table = world.client("malta").get("/desk/administration/audit/download?form=csv").text
    assert ",the service,," in table
