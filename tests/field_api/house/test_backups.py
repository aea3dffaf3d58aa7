"""A backup holds everything as of one moment and comes back whole, on either database, or not at
all."""

import json
import os
import threading
import time
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import JSON, insert, inspect, null, select, text
from sqlmodel import SQLModel

from crm.backup import manifest, read, restore, write
from crm.backup.files import Folder
from crm.backup.kinds import Kind, kinds_of
from crm.backup.restore import NotEmpty
from crm.database import Database
from crm.errors import Refused
from crm.models import UnservedVisit
from field_api.services.house import backups
from field_api.settings import load_settings
from tests.builders import a_district
from tests.conftest import POSTGRESQL, SQLITE
from tests.field_api import world as worlds
from tests.field_api.test_concurrency import at_once
from tests.field_api.world import API, a_report
from tests.support.postgres import BARE

NOW = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
TABLES = SQLModel.metadata.sorted_tables
TABLES_BY_NAME = SQLModel.metadata.tables
PHOTO = os.urandom(3_000_000)  # more than one piece
VALUES = {
    Kind.BOOLEAN: True,
    Kind.INTEGER: 7,
    Kind.FLOAT: 0.1 + 0.2,
    Kind.TEXT: 'Ħanut "ta\' Ċensu"\n中文 \u2028',
    Kind.DATE: date(2026, 11, 30),
    Kind.INSTANT: datetime(2026, 11, 30, 9, 5, 1, 234567, tzinfo=UTC),
    Kind.UUID: UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff"),
    Kind.BYTES: b"\x00\xff legs",
    Kind.JSON: {"b": [1, None, "ħ"], "a": 2**40},
}


def fill_every_table(database):
    """A small world, and a row in each table that it leaves empty."""
    world = worlds.build(database)
    with database.writing() as session:
        for table in TABLES:
            if session.execute(select(table).limit(1)).first() is None:
                session.execute(insert(table).values(a_row(session, table)))
    return world


def a_row(session, table):
    row = {}
    for column in table.columns:
        if column.foreign_keys:
            (reference,) = column.foreign_keys
            found = session.execute(select(reference.column).limit(1)).scalar()
            if found is not None or not column.nullable:
                row[column.name] = found
        elif len(table.primary_key) > 1 or not (
            column.primary_key and kinds_of(table)[column.name] is Kind.INTEGER
        ):
            row[column.name] = a_value(table, column)
    return row


def a_value(table, column):
    if enumeration := getattr(column.type, "enum_class", None) or getattr(
        column.type, "enums", None
    ):
        return next(iter(enumeration))
    value = VALUES[kinds_of(table)[column.name]]
    length = getattr(column.type, "length", None)
    return value[:length] if isinstance(value, str) and length else value


def rows(database):
    """Every row of every table as the models read it; the trail without backups and restores."""
    with database.reading() as session:
        found = {}
        for table in TABLES:
            query = select(table, *nulls(table)).order_by(*table.primary_key)
            found[table.name] = [tuple(row) for row in session.execute(query)]
        trail = TABLES_BY_NAME["audit_entry"]
        own = trail.c.action.in_(["backup", "restore"])
        query = select(trail).where(~own).order_by(trail.c.id)
        return found | {"audit_entry": [tuple(row) for row in session.execute(query)]}


def nulls(table):
    return [column.is_(null()) for column in table.columns if isinstance(column.type, JSON)]


@pytest.fixture(params=[SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.second_database)])
def empty(request, tmp_path):
    """A database without any table, of each kind in turn."""
    server = request.getfixturevalue("postgresql") if request.param == POSTGRESQL else None
    url = server.new(BARE) if server else f"sqlite:///{tmp_path}/new/empty.db"
    made = Database(url)
    yield made
    made.close()
    if server:
        server.drop(url)


@pytest.fixture
def empty_file(tmp_path):
    """A database without any table, of the one kind."""
    made = Database(f"sqlite:///{tmp_path}/new/empty.db")
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path):
    """Of where the backup is taken, with a photo."""
    folder = tmp_path / "old" / "attachments" / "2026"
    folder.mkdir(parents=True)
    (folder / "photo.jpg").write_bytes(PHOTO)
    (folder / "half.jpg.part").write_bytes(b"being written")
    return load_settings(data_dir=str(tmp_path / "old"))


@pytest.fixture
def elsewhere(tmp_path):
    """Of where it is restored."""
    return load_settings(data_dir=str(tmp_path / "elsewhere"))


@pytest.fixture
def archive(database, settings, tmp_path):
    fill_every_table(database)
    path = tmp_path / "all.backup"
    backups.back_up(database, settings, path, now=NOW)
    return path


def test_all_rows_and_files_come_back_on_either_database(
    database, empty, archive, elsewhere, tmp_path
):
    before = rows(database)
    assert all(before.values()), "a table was left out of the test"
    done = backups.restored(empty, elsewhere, archive, now=NOW)
    assert (done.destroyed, done.removed_files) == ({}, 0)
    assert rows(empty) == before
    photo = tmp_path / "elsewhere" / "attachments" / "2026" / "photo.jpg"
    assert photo.read_bytes() == PHOTO
    assert not list(photo.parent.glob("*.part"))
    with empty.writing() as session:  # numbers go on after those that came back
        added = a_district("NEW", "New")
        session.add(added)
        session.flush()
        assert added.id == max(row[0] for row in before["district"]) + 1


def test_what_comes_back_is_held_to_its_references(empty, archive, elsewhere):
    backups.restored(empty, elsewhere, archive, now=NOW)
    migrated = Database(empty.url)
    migrated.migrate()
    for table in TABLES:
        wanted = {(*f.columns.keys(), f.elements[0].target_fullname) for f in references(table)}
        found = {
            (*f["constrained_columns"], f"{f['referred_table']}.{f['referred_columns'][0]}")
            for f in inspect(empty.engine).get_foreign_keys(table.name)
        }
        assert found == wanted, table.name
    migrated.close()


def references(table):
    return table.foreign_key_constraints


def test_the_trail_tells_of_both(database, empty, archive, elsewhere):
    backups.restored(empty, elsewhere, archive, now=NOW)
    trail = TABLES_BY_NAME["audit_entry"]
    query = select(trail.c.action, trail.c.role, trail.c.at).order_by(trail.c.id)
    with database.reading() as session:
        assert session.execute(query).all()[-1] == ("backup", "operator", NOW)
    with empty.reading() as session:
        assert session.execute(query).all()[-1] == ("restore", "operator", NOW)


@pytest.mark.one_database
def test_the_archive_says_what_is_in_it_and_holds_no_secret(database, settings, tmp_path):
    fill_every_table(database)
    secret = tmp_path / "test.db.secret"
    secret.write_text("s" * 48)
    path = tmp_path / "all.backup"
    made = backups.back_up(database, settings, path, now=NOW)
    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        said = json.loads(file.read("manifest.json"))
        whole = b"".join(file.read(name) for name in file.namelist())
    assert b"s" * 48 not in whole
    assert (said["format"], said["revision"], said["database"]) == (1, made.revision, "sqlite")
    assert {part["table"] for part in said["tables"]} == set(TABLES_BY_NAME)
    assert [part["key"] for part in said["files"]] == ["2026/photo.jpg"]
    assert not list(tmp_path.glob("*.part"))


def test_jsons_null_and_the_databases_stay_apart(database, empty, settings, elsewhere, tmp_path):
    worlds.build(database)
    given = {"json": JSON.NULL, "none": null(), "value": {"a": None}}
    with database.writing() as session:
        for code, remedy in given.items():
            row = {"plan_id": 1, "visit_id": code, "customer_id": 1, "code": code, "rule": "x"}
            session.execute(insert(UnservedVisit).values(row | {"params": {}, "remedy": remedy}))
    query = text("SELECT code, CAST(remedy AS TEXT) FROM unserved_visit ORDER BY code")
    backups.back_up(database, settings, tmp_path / "x.backup", now=NOW)
    backups.restored(empty, elsewhere, tmp_path / "x.backup", now=NOW)
    for one in (database, empty):
        with one.reading() as session:
            found = session.execute(query).all()
            assert found == [("json", "null"), ("none", None), ("value", '{"a": null}')]


def test_a_backup_is_of_one_moment_while_others_write(database, settings, tmp_path):
    """Each report comes with its promise in one transaction: a backup never holds one alone."""
    world = worlds.build(database)
    stop, sent, failed = threading.Event(), [], []

    def send(rep):
        client = world.client(f"rep{rep}")
        number = 0
        while not stop.is_set():
            number += 1
            key = rep * 10**6 + number  # the report's id, and in its promise's code
            promises = [{"code": f"N{key:x}", "what": "x", "due": "2026-12-24"}]
            body = a_report(customer_code=f"C{rep}", promises=promises, planned_visit_id="")
            answer = client.put(f"{API}/visit-reports/{key:032x}", json=body)
            (sent if answer.status_code == 201 else failed).append(answer.status_code)

    threads = [threading.Thread(target=send, args=(rep,)) for rep in (1, 2, 3)]
    for thread in threads:
        thread.start()
    paths = []
    try:
        for number in range(3):
            while len(sent) < 5 * (number + 1) and not failed:
                time.sleep(0.01)
            paths.append(tmp_path / f"{number}.backup")
            backups.back_up(database, settings, paths[-1], now=NOW)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not failed
    counts = []
    for path in paths:
        with read.opened(path) as archive:
            held = {p.table: list(archive.rows(p)) for p in archive.manifest.tables}
        promised = {row["code"] for row in held["promise"] if row["code"].startswith("N")}
        assert promised == {f"N{row['id'].int:x}" for row in held["visit_report"]}
        counts.append(len(promised))
    assert counts == sorted(counts)
    assert counts[0] >= 5


def damaged(archive, how):
    """The archive with a byte changed, cut off, or a part exchanged."""
    content = archive.read_bytes()
    if how == "cut off":
        archive.write_bytes(content[: len(content) // 2])
    elif how == "not one":
        archive.write_bytes(b"SQLite format 3\0" + content[:100])
    elif how == "empty":
        archive.write_bytes(b"")
    elif how == "a byte":
        with zipfile.ZipFile(archive) as file:
            at = file.getinfo("files/2026/photo.jpg").header_offset + 200_000
        archive.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    else:
        rewritten(archive, how)


def rewritten(archive, how):
    """A well-formed zip file whose parts are not those of its table of contents."""
    with zipfile.ZipFile(archive) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    said = json.loads(parts["manifest.json"])
    customer = "tables/customer.jsonl"
    if how == "a row less":
        parts[customer] = b"".join(parts[customer].splitlines(keepends=True)[1:])
    elif how == "a value":
        parts[customer] = parts[customer].replace(b"Customer C1", b"Customer C7")
    elif how == "a part less":
        del parts[customer]
    elif how == "a table less":
        said["tables"] = [part for part in said["tables"] if part["table"] != "customer"]
    elif how == "a newer format":
        said["format"] = 2
    elif how == "another release":
        said["revision"] = "9999"
    elif how == "no table of contents":
        said = None
    elif how == "climbs out":
        parts["files/x"] = parts.pop("files/2026/photo.jpg")
        said["files"][0] |= {"key": "../../escaped.jpg", "part": "files/x"}
    parts["manifest.json"] = json.dumps(said).encode()
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("cut off", "not all of one"),
        ("not one", "no backup"),
        ("empty", "no backup"),
        ("a byte", "files/2026/photo.jpg"),
        ("a row less", "tables/customer.jsonl"),
        ("a value", "tables/customer.jsonl"),
        ("a part less", "tables/customer.jsonl"),
        ("a table less", "customer differ"),
        ("a newer format", "format 2"),
        ("another release", "9999"),
        ("no table of contents", "cannot be read"),
        ("climbs out", "files/x"),
    ],
)
def test_a_damaged_archive_writes_nothing(archive, empty_file, elsewhere, how, told):
    damaged(archive, how)
    with pytest.raises(Refused, match=told):
        backups.restored(empty_file, elsewhere, archive, now=NOW)
    assert inspect(empty_file.engine).get_table_names() == []
    assert not [path for path in Path(elsewhere.data_dir).rglob("*") if path.is_file()]
    assert not (Path(elsewhere.data_dir).parent / "escaped.jpg").exists()


@pytest.mark.one_database
def test_rows_that_refer_to_nothing_are_refused(archive, empty, elsewhere):
    with read.opened(archive) as file:
        said = file.manifest
    with zipfile.ZipFile(archive) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    document = json.loads(manifest.written(said))
    for part in document["tables"]:
        if part["table"] == "region":
            part |= {
                "rows": 0,
                "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            }
    parts |= {"tables/region.jsonl": b"", "manifest.json": json.dumps(document).encode()}
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    with pytest.raises(Refused, match=r"refer to nothing|do not belong together"):
        backups.restored(empty, elsewhere, archive, now=NOW)
    assert inspect(empty.engine).get_table_names() == []


def test_rows_are_destroyed_only_when_told_so(database, archive, settings, elsewhere):
    before = rows(database)
    with pytest.raises(NotEmpty, match=r"planned_visit 1|--replace") as caught:
        backups.restored(database, elsewhere, archive, now=NOW)
    assert "--replace" in str(caught.value)
    assert rows(database) == before
    with database.writing() as session:
        session.add(a_district("GONE", "Gone"))
    left_over = Path(elsewhere.data_dir) / "attachments" / "old.jpg"
    left_over.parent.mkdir(parents=True, exist_ok=True)
    left_over.write_bytes(b"x")
    done = backups.restored(database, elsewhere, archive, now=NOW, replace=True)
    assert done.destroyed["district"] == len(before["district"]) + 1
    assert done.removed_files == 1
    assert not left_over.exists()
    assert rows(database) == before


def test_what_fails_late_destroys_nothing(database, archive, elsewhere, monkeypatch):
    before = rows(database)

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restore, "_count_on", full)
    with pytest.raises(OSError, match="No space"):
        backups.restored(database, elsewhere, archive, now=NOW, replace=True)
    assert rows(database) == before
    assert not [path for path in Path(elsewhere.data_dir).rglob("*") if path.is_file()]


@pytest.mark.one_database
def test_an_attachment_of_another_content_is_not_overwritten(archive, empty_file, elsewhere):
    taken = Path(elsewhere.data_dir) / "attachments" / "2026" / "photo.jpg"
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"another")
    with pytest.raises(Refused, match=r"2026/photo\.jpg"):
        backups.restored(empty_file, elsewhere, archive, now=NOW)
    assert taken.read_bytes() == b"another"
    assert inspect(empty_file.engine).get_table_names() == []


@pytest.mark.one_database
def test_a_backup_that_fails_leaves_nothing(database, settings, tmp_path, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crm.backup.write.manifest.written", full)
    with pytest.raises(OSError, match="No space"):
        backups.back_up(database, settings, tmp_path / "x.backup", now=NOW)
    assert not list(tmp_path.glob("x.backup*"))


@pytest.mark.one_database
def test_of_two_backups_into_one_file_one_is_told(database, settings, tmp_path, monkeypatch):
    """The second neither spoils the first's file nor takes its name."""
    path, written = tmp_path / "x.backup", manifest.written
    second: list[Refused] = []

    def meanwhile(made):
        monkeypatch.setattr("crm.backup.write.manifest.written", written)
        with pytest.raises(Refused, match="another backup just now") as refused:
            backups.back_up(database, settings, path, now=NOW)
        second.append(refused.value)
        return written(made)

    monkeypatch.setattr("crm.backup.write.manifest.written", meanwhile)
    made = backups.back_up(database, settings, path, now=NOW)
    assert len(second) == 1
    assert [file.name for file in tmp_path.glob("x.backup*")] == ["x.backup"]
    with read.opened(path) as archive:
        assert archive.manifest == made


@pytest.mark.one_database
def test_backups_begun_at_once_leave_one_whole_file(database, settings, tmp_path):
    def back_up(_):
        try:
            return backups.back_up(database, settings, tmp_path / "x.backup", now=NOW)
        except Refused:
            return None

    (made,) = [one for one in at_once(4, back_up) if one]
    assert [file.name for file in tmp_path.glob("x.backup*")] == ["x.backup"]
    with read.opened(tmp_path / "x.backup") as archive:
        assert archive.manifest == made


@pytest.mark.one_database
def test_what_a_killed_backup_left_is_written_over(database, settings, tmp_path):
    (tmp_path / "x.backup.part").write_bytes(b"half of a much longer archive" * 10_000)
    backups.back_up(database, settings, tmp_path / "x.backup", now=NOW)
    with read.opened(tmp_path / "x.backup") as archive:
        assert archive.manifest.tables


def test_two_restores_at_once_come_one_after_the_other(archive, empty, elsewhere):
    """The second finds the first's rows, and is told so."""

    def restore(_):
        try:
            return backups.restored(empty, elsewhere, archive, now=NOW)
        except NotEmpty:
            return None

    assert sum(one is not None for one in at_once(2, restore)) == 1
    assert [part.key for part in backups.back_up(
        empty, elsewhere, archive.with_name("again.backup"), now=NOW
    ).files]  # fmt: skip


@pytest.mark.one_database
def test_a_file_that_is_there_is_not_overwritten(database, settings, tmp_path):
    path = tmp_path / "x.backup"
    path.write_text("dear")
    with pytest.raises(Refused, match="there already"):
        backups.back_up(database, settings, path, now=NOW)
    assert path.read_text() == "dear"


@pytest.mark.one_database
def test_files_that_go_meanwhile_are_left_out_and_lost_ones_named(database, settings, tmp_path):
    class Tidied(Folder):
        def keys(self):
            yield from ["gone.jpg", *super().keys()]

    fill_every_table(database)  # with a row of an attachment that no store holds
    made = write.write(
        database,
        Tidied(Path(settings.data_dir) / "attachments"),
        tmp_path / "x.backup",
        release="0",
        now=NOW + timedelta(days=1),
    )
    assert [part.key for part in made.files] == ["2026/photo.jpg"]
    with read.opened(tmp_path / "x.backup") as archive:
        assert b"".join(archive.content(archive.manifest.files[0])) == PHOTO
    (lost,) = backups.missing_files(database, made)
    assert lost.startswith("Ħanut")


def test_a_backup_does_not_change_another_releases_tables(database, settings, tmp_path):
    database.migrate_back("0001")
    with pytest.raises(Refused, match="0001"):
        backups.back_up(database, settings, tmp_path / "x.backup", now=NOW)
    assert not (tmp_path / "x.backup").exists()


@pytest.mark.one_database
def test_a_misspelt_database_is_named_and_not_made(settings, tmp_path):
    absent = Database(f"sqlite:///{tmp_path}/misspelt.db")
    with pytest.raises(Refused, match="misspelt"):
        backups.back_up(absent, settings, tmp_path / "x.backup", now=NOW)
    assert not (tmp_path / "misspelt.db").exists()


def test_each_column_of_the_models_has_a_kind():
    for table in TABLES:
        assert set(kinds_of(table)) == set(table.columns.keys())
