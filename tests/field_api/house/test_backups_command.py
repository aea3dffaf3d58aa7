"""`callcycle backup` and `callcycle restore` as people call them."""

import io
import sys

import pytest
from sqlmodel import select

from crm.database import Database
from crm.models import District
from field_api.cli import main as cli
from tests.builders import a_district

pytestmark = pytest.mark.one_database


@pytest.fixture
def call(monkeypatch, tmp_path, capsys):
    """Call the command in a folder of its own; answers (exit code, output, errors)."""
    monkeypatch.chdir(tmp_path)
    for name in ("CALLCYCLE_DB", "CALLCYCLE_DATA_DIR", "CALLCYCLE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CALLCYCLE_LANG", "en")

    def run(*arguments, typed=""):
        monkeypatch.setattr(sys, "argv", ["callcycle", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run


@pytest.fixture
def kept(tmp_path):
    """The database that is used where none is named, with a district."""
    database = Database(f"sqlite:///{tmp_path}/callcycle.db")
    database.migrate()
    add(database, "MT")
    yield database
    database.close()


def add(database, code):
    with database.writing() as session:
        session.add(a_district(code, code))


def codes(database):
    with database.reading() as session:
        return sorted(session.exec(select(District.code)))


def test_there_and_back(call, kept, tmp_path):
    code, out, _ = call("backup", "all.backup")
    assert (code, out[:14]) == (0, "all.backup: 1 ")
    code, out, _ = call("restore", "all.backup", "--db", "sqlite:///new.db")
    assert (code, out[:15]) == (0, "Restored 1 rows")
    restored = Database(f"sqlite:///{tmp_path}/new.db")
    assert codes(restored) == ["MT"]
    restored.close()


def test_what_would_be_destroyed_is_named_and_asked_for(call, kept):
    call("backup", "all.backup")
    add(kept, "GZ")
    code, out, err = call("restore", "all.backup")
    assert (code, out) == (3, "")
    assert "district 2" in err
    assert "--replace" in err
    for typed in ("", "n\n", "\n"):
        code, out, _ = call("restore", "all.backup", "--replace", typed=typed)
        assert code != 0
        assert "This destroys district 2" in out
        assert codes(kept) == ["GZ", "MT"]
    code, out, _ = call("restore", "all.backup", "--replace", typed="y\n")
    assert code == 0
    assert "Destroyed: district 2" in out
    assert codes(kept) == ["MT"]
    assert call("restore", "all.backup", "--replace", "--yes")[0] == 0


def test_what_is_no_backup_is_said_in_ones_language(call, kept, tmp_path):
    (tmp_path / "x.backup").write_text("no zip")
    code, _, err = call("restore", "x.backup", "--db", "sqlite:///new.db", "--lang", "zh")
    assert (code, "不是备份文件" in err) == (3, True)
    code, _, err = call("restore", "nowhere.backup", "--db", "sqlite:///new.db")
    assert (code, "nowhere.backup" in err) == (1, True)
    code, _, err = call("backup", "nowhere/x.backup")
    assert (code, "nowhere/x.backup" in err) == (1, True)
