"""The command as people call it: what it prints, what it ends with, never a traceback."""

import errno
import io
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from field_api.cli import main as cli
from tests.field_api.import_files import CUSTOMERS, HEADING, REPS, TERRITORIES


@pytest.fixture
def call(monkeypatch, tmp_path, capsys):
    """Call the command in a folder of its own; answers (exit code, output, errors)."""
    monkeypatch.chdir(tmp_path)
    for name in ("CALLCYCLE_DB", "CALLCYCLE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CALLCYCLE_LANG", "en")
    for name, content in (
        ("reps.csv", REPS),
        ("territories.csv", TERRITORIES),
        ("customers.csv", CUSTOMERS),
        ("bad.csv", f"{HEADING}\nC9,X,95,14\n"),
        ("sales.csv", "customer_code,date,amount\nC1,2026-10-01,5\n"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["callcycle", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run


def test_names_that_look_like_markup_are_shown_as_they_are(call, tmp_path):
    reps = REPS.replace("Anna", "Anna [/b] :smile:")
    (tmp_path / "reps.csv").write_text(reps, encoding="utf-8")
    for kind in ("reps", "territories", "customers"):
        assert call("import", f"{kind}.csv", "--kind", kind)[0] == 0
    for command in ("territories", "plan"):
        code, out, err = call(command, *(["--work", "0"] if command == "plan" else []))
        assert (code, "Anna [/b] :smile:" in out) == (0, True), err


def test_calendars_and_leave(call, tmp_path):
    assert call("import", "reps.csv", "--kind", "reps")[0] == 0
    (tmp_path / "days.csv").write_text("country,date,workday,name\nMT,2026-12-05,yes,fair\n")
    assert call("calendar", "import", "days.csv")[0] == 0
    code, out, _ = call("calendar", "show", "2026", "--country", "MT")
    assert (code, "fair" in out, "holidays package" in out) == (0, True, True)
    assert "a guess" in call("calendar", "show", "2027", "--country", "CN")[1]
    assert call("calendar", "show", "2026")[0] == 2
    assert call("calendar", "show", "2026", "--country", "ZZ")[0] == 3
    assert call("leave", "add", "R1", "2026-12-21..2026-12-23", "--kind", "annual")[0] == 0
    code, out, _ = call("leave", "show", "--today", "2026-12-01")
    assert "2026-12-23" in out
    assert "annual leave" in out
    assert call("leave", "remove", "R1", "2026-12-21")[0] == 0
    assert "2026-12-23" not in call("leave", "show", "--today", "2026-12-01")[1]
    assert call("leave", "remove", "R1", "2026-12-21")[0] == 3
    assert call("leave", "add", "R1", "soon")[0] == 2
    (tmp_path / "leave.csv").write_text("rep_code,first_day\nR2,2026-12-24\n")
    assert call("leave", "import", "leave.csv")[0] == 0


def test_a_map_of_coordinates_before_they_are_taken_in(call, tmp_path):
    how = ("import", "customers.csv", "--kind", "customers", "--map", "look.html")
    code, _, errors = call(*how)
    assert (code, "--dry-run" in errors) == (2, True)
    assert call("import", "reps.csv", "--kind", "reps", "--dry-run", "--map", "look.html")[0] == 2
    assert not (tmp_path / "look.html").exists()
    code, out, _ = call(*how, "--dry-run")
    assert (code, "2 rows drawn" in out) == (0, True)
    assert "Nothing was written" in out
    assert (tmp_path / "look.html").stat().st_size > 100_000


def test_from_files_to_grades_and_back(call, tmp_path):
    for kind in ("reps", "territories", "customers", "sales"):
        code, out, _ = call("import", f"{kind}.csv", "--kind", kind)
        assert code == 0
        assert " added" in out
    assert (tmp_path / "callcycle.db").exists()
    code, out, _ = call("territories")
    assert code == 0
    assert "Valletta" in out
    assert "Rep R2 has no territory." in out
    code, out, _ = call("grade", "--today", "2026-11-27", "--dry-run")
    assert code == 0
    assert "Nothing was written." in out
    assert call("undo-import")[0] == 0
    assert call("grade", "--today", "2026-11-27")[0] == 0
    code, out, _ = call("grade", "--explain", "C1")
    assert code == 0
    assert "grade E" in out
    code, _, err = call("undo-import")
    assert code == 3
    assert "grade_record" in err


def test_plans_are_sent_for_approval_instead_of_being_published(call, tmp_path):
    for kind in ("reps", "territories", "customers"):
        assert call("import", f"{kind}.csv", "--kind", kind)[0] == 0
    assert call("plan", "--propose", "--work", "0")[0] == 0
    with closing(sqlite3.connect(tmp_path / "callcycle.db")) as database:
        states = database.execute("select state from cycle_plan").fetchall()
        asked = database.execute("select state, waits_for from approval").fetchall()
    assert set(states) == {("proposed",)}
    assert asked == [("open", "|rep|")] * len(states)


def test_bad_rows_end_with_3_in_the_readers_language(call, tmp_path):
    code, out, _ = call("import", "bad.csv", "--kind", "customers")
    assert code == 3
    assert "line 2: lat “95”: is outside -90 to 90 degrees. Were latitude" in out
    assert "nothing was changed" in out
    assert (tmp_path / "bad.csv.rejected.csv").exists()
    code, out, _ = call("import", "bad.csv", "--kind", "customers", "--lang", "zh")
    assert code == 3
    assert "经度与纬度是否颠倒" in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["--help"], 0),
        (["nonsense"], 2),
        (["import", "customers.csv"], 2),
        (["import", "customers.csv", "--kind", "clouds"], 2),
        (["import", "customers.csv", "--kind", "customers", "--lang", "fr"], 2),
        (["import", "customers.csv", "--kind", "customers", "--today", "soon"], 2),
        (["import", "missing.csv", "--kind", "customers"], 3),
        (["import", ".", "--kind", "customers"], 3),
        (["import", "reps.csv", "--kind", "sales"], 3),
        (["import", "customers.csv", "--kind", "customers", "--db", "x.db"], 3),
        (["import", "customers.csv", "--kind", "customers", "--db", "foo://x"], 1),
        (["import", "customers.csv", "--kind", "customers", "--db", "sqlite:///reps.csv"], 1),
        (["territories", "--db", "sqlite://"], 3),
        (["territories", "--db", "sqlite:///:memory:"], 3),
        (["plan", "--first-day", "9999-12-27"], 2),
        (["plan", "--first-day", "0001-01-01"], 2),
        (["grade", "--today", "1999-12-31"], 2),
        (["plan", "--seed", str(2**31)], 2),
        (["plan", "--draft", "--propose"], 2),
        (["template", "sales", "--out", "sales.csv"], 3),
        (["template", "sales", "--out", "sales.doc"], 3),
        (["grade", "--explain", "C9"], 3),
        (["undo-import"], 3),
    ],
)
def test_exit_codes_without_a_traceback(call, arguments, code):
    ended, out, err = call(*arguments)
    assert ended == code
    assert "Traceback" not in out + err
    assert out + err


@pytest.mark.parametrize("command", ["territories", "plan", "check"])
def test_a_database_in_a_folder_that_cannot_be_made(call, command):
    code, _, err = call(command, "--db", "sqlite:///reps.csv/new/x.db")
    assert code == 3
    assert "folder reps.csv/new cannot be made" in err
    assert "--db" in err


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:///reps.csv", "sqlite:///reps.csv"),
        ("postgresql://me:secret@127.0.0.1:1/x", "postgresql://me:***@127.0.0.1:1/x"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(call, url, shown):
    code, _, err = call("territories", "--db", url)
    assert code == 1
    assert shown in err
    assert "secret" not in err


def test_tables_of_another_release_are_refused(call, tmp_path):
    assert call("territories")[0] == 0
    with closing(sqlite3.connect(tmp_path / "callcycle.db")) as other, other:
        other.execute("UPDATE alembic_version SET version_num = 'later'")
    code, _, err = call("territories")
    assert code == 3
    assert "a release that this one does not know" in err


def test_what_a_terminal_cannot_show_ends_nothing(call, monkeypatch, tmp_path):
    assert call("import", "reps.csv", "--kind", "reps")[0] == 0
    assert call("import", "territories.csv", "--kind", "territories")[0] == 0
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    code, _, err = call("territories", "--lang", "zh")
    assert (code, err) == (0, "")
    narrow.flush()
    assert rb"\u" in narrow.buffer.getvalue()


def by_ctrl_c(*_, **__):
    raise KeyboardInterrupt  # no real signal: a solver in this process may have taken it over


def by_the_system(*_, **__):
    signal.raise_signal(signal.SIGTERM)


@pytest.mark.parametrize("stopped", [by_ctrl_c, by_the_system])
def test_what_is_stopped_says_so(call, monkeypatch, stopped):
    monkeypatch.setattr("field_api.cli.territories.overview", stopped)
    code, _, err = call("territories")
    assert code == 130
    assert "Stopped." in err


@pytest.mark.parametrize("name", ["new.csv", "new.xlsx"])
def test_a_full_disk_leaves_no_half_template(call, monkeypatch, tmp_path, name):
    def full(path, content):
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    code, _, err = call("template", "customers", "--out", name)
    assert code == 3
    assert "cannot be written: No space left on device" in err
    assert not list(tmp_path.glob("new*"))


def test_a_full_disk_is_told(call, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("field_api.cli.territories.overview", full)
    code, _, err = call("territories")
    assert (code, err) == (1, "The disk is full; make room, or name another place.\n")


def test_a_broken_setting_is_named(call, monkeypatch):
    monkeypatch.setenv("CALLCYCLE_TIMEZONE", "Moon/Base")
    code, _, err = call("territories")
    assert code == 2
    assert "CALLCYCLE_TIMEZONE" in err


def test_the_unforeseen_is_a_message(call, monkeypatch):
    def burst(*_, **__):
        raise RuntimeError("no such luck")

    monkeypatch.setattr("field_api.cli.territories.overview", burst)
    code, _, err = call("territories")
    assert code == 1
    assert "no such luck" in err
    assert "Traceback" not in err
