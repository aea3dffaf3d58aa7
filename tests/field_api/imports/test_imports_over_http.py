"""Files over the API: a dry run, all or nothing, the last one taken back, the audit trail."""

import pytest
from sqlmodel import col, select

from crm.models import AuditEntry, Customer, FieldChange
from tests.field_api.import_files import HEADING, everything
from tests.field_api.world import API, build

URL = f"{API}/imports"
NEW = f"{HEADING}\nC1,Renamed,35.8989,14.5146\nC9,New,35.9,14.5\n"
BAD = f"{HEADING}\nC9,New,35.9,14.5\nC8,Bad,95,14.5\n"


def send(client, content, kind="customers", name="c.csv", **query):
    files = {"file": (name, content)}
    return client.post(URL, params={"kind": kind} | query, files=files)


def names(world):
    with world.database.reading() as session:
        return dict(session.exec(select(Customer.code, Customer.name)).all())


def test_a_dry_run_tells_and_changes_nothing(world):
    before = everything(world.database)
    answer = send(world.client("general"), BAD, dry_run=True)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["import_id"], told["rows"], told["rejected_rows"]) == (None, 2, 1)
    (finding,) = told["rejected"]
    assert (finding["line"], finding["column"], finding["value"]) == (3, "lat", "95")
    assert everything(world.database) == before


def test_reasons_are_in_the_readers_language(world):
    client = world.client("general")
    client.headers["Accept-Language"] = "zh-CN"
    answer = send(client, BAD)
    assert "95" in answer.json()["errors"][0]["value"]
    assert "度" in answer.json()["errors"][0]["message"]


def test_one_bad_row_and_nothing_is_taken(world):
    before = everything(world.database)
    answer = send(world.client("info"), BAD)
    assert (answer.status_code, answer.json()["code"]) == (422, "import_refused")
    assert [error["path"] for error in answer.json()["errors"]] == ["file.3.lat"]
    assert everything(world.database) == before


def test_good_rows_are_taken_where_that_is_asked(world):
    answer = send(world.client("info"), BAD, skip_bad=True)
    assert answer.status_code == 201
    assert (answer.json()["added"], answer.json()["rejected_rows"]) == (1, 1)
    assert "C9" in names(world)


def test_bad_rows_that_an_answer_cannot_name_take_the_good_ones_along(world):
    rows = "".join(f"X{n},Bad,95,14\n" for n in range(1001))
    answer = send(world.client("info"), f"{HEADING}\nC9,New,35.9,14.5\n{rows}", skip_bad=True)
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_bad_rows")
    assert "C9" not in names(world)


def test_a_bare_body_is_a_file_too(world):
    answer = world.client("general").post(
        URL, params={"kind": "customers", "filename": "../a/c.csv"}, content=NEW.encode()
    )
    assert (answer.status_code, answer.json()["filename"]) == (201, "c.csv")
    assert names(world)["C1"] == "Renamed"


def test_the_same_again_changes_nothing(world):
    assert send(world.client("general"), NEW).status_code == 201
    again = send(world.client("general"), NEW)
    assert (again.status_code, again.json()["import_id"]) == (200, None)


def test_the_last_one_is_taken_back(world):
    client = world.client("general")
    before = names(world)
    first = send(client, NEW).json()["import_id"]
    second = send(client, f"{HEADING}\nC7,Last,35.9,14.5\n").json()["import_id"]
    too_early = client.post(f"{URL}/{first}/undo")
    assert (too_early.status_code, too_early.json()["code"]) == (409, "cannot_undo")
    for number in (second, first):
        assert client.post(f"{URL}/{number}/undo").json()["undone_at"] is not None
    assert names(world) == before
    assert client.post(f"{URL}/{first}/undo").status_code == 409


def test_lists_in_parts_the_newest_first(world):
    client = world.client("general")
    for number in range(3):
        send(client, f"{HEADING}\nN{number},New,35.9,14.5\n")
    first = client.get(URL, params={"limit": 2}).json()
    rest = client.get(URL, params={"limit": 2, "cursor": first["next_cursor"]}).json()
    numbers = [item["import_id"] for item in first["items"] + rest["items"]]
    assert numbers == sorted(numbers, reverse=True)
    assert (len(numbers), rest["next_cursor"]) == (3, None)
    assert client.get(URL, params={"cursor": "x"}).status_code == 422


def test_the_information_admin_brings_in_customers_only(world):
    reps = "code,name,district_code,start_lat,start_lon\nR9,Eve,MT,35.9,14.5\n"
    refused = send(world.client("info"), reps, kind="reps")
    assert (refused.status_code, refused.json()["code"]) == (403, "role_not_allowed")
    taken = send(world.client("general"), reps, kind="reps")
    assert taken.status_code == 201
    assert world.client("info").get(URL).json()["items"] == []
    undo = f"{URL}/{taken.json()['import_id']}/undo"
    assert world.client("info").post(undo).status_code == 404
    send(world.client("info"), NEW)
    assert len(world.client("info").get(URL).json()["items"]) == 1


def test_the_audit_trail_tells_who_changed_which_field(world):
    number = send(world.client("info"), NEW).json()["import_id"]
    with world.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "import")).one()
        assert (entry.key, entry.actor, entry.role) == (str(number), "Info", "information_admin")
        assert (entry.details["added"], entry.details["changed"]) == (1, 1)
        query = select(FieldChange).where(FieldChange.entry_id == entry.id)
        told = [(c.noun, c.key, c.field, c.before, c.after) for c in session.exec(query)]
        assert told == [("customer", "C1", "name", "Customer C1", "Renamed")]
        assert session.exec(select(Customer.version).where(Customer.code == "C1")).one() == 2
    world.client("info").post(f"{URL}/{number}/undo")
    with world.database.reading() as session:
        query = select(FieldChange).order_by(col(FieldChange.id).desc()).limit(1)
        assert session.exec(query).one().after == "Customer C1"


def test_a_move_to_another_territory_is_told(world):
    send(world.client("info"), f"{HEADING}\nC1,Customer C1,35.8862,14.4031\n")
    with world.database.reading() as session:
        query = select(FieldChange).where(FieldChange.field == "territory_id")
        assert [(c.key, c.before, c.after) for c in session.exec(query)] == [("C1", 1, 2)]


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 50, b"PK\x03\x04broken", b"{}", b"code\n\xff\xfe"]
)
def test_what_is_no_file_of_ours(world, content):
    for kind in ("customers", "territories"):
        answer = send(world.client("general"), content, kind=kind)
        assert (answer.status_code, answer.json()["code"]) == (422, "refused"), answer.text
        assert "c.csv" in answer.json()["detail"]


def test_a_form_without_a_file(world):
    answer = world.client("general").post(
        URL, params={"kind": "customers"}, files={"other": ("x", b"x")}
    )
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "body.file")
    torn = world.client("general").post(
        URL,
        params={"kind": "customers"},
        content=b"--x\r\nnonsense",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert torn.status_code in (400, 422)


@pytest.mark.one_database
def test_too_large_a_file_is_refused_before_it_is_read(database):
    world = build(database, max_import_bytes=2000)
    client = world.client("general")
    answer = send(client, "x" * 2001)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")

    def pieces():
        for _ in range(1000):
            yield b"x" * 100

    answer = client.post(URL, params={"kind": "customers"}, content=pieces())
    assert answer.status_code == 413
    assert client.post(f"{API}/auth/login", content=b"x" * 2001).status_code == 422


@pytest.mark.one_database
def test_nobodys_body_is_read(world):
    def never():
        yield b""
        raise AssertionError("the body was read")

    answer = world.client().post(URL, params={"kind": "customers"}, content=never())
    assert answer.status_code == 401
