"""Whatever stands in a file: a clear answer, never half of it in the database."""

import csv
import io
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.database import Database
from crm.errors import Refused
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.rejects import in_words
from crm.vocabulary import ImportKind
from field_api.wording import say
from tests.field_api.import_files import bring, everything, with_customers

SETTINGS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TRICKY = st.sampled_from(
    ["", " ", "C1", "R1", "MT", "35.9", "14.5", "0", "-1", "1e400", "nan", str(2**70), "2026-12-01",
     "08:30", "24/7", "Mo-Fr 08:00-12:00", "POLYGON((14 35, 15 35, 15 36, 14 35))", "\x00", "=1+1",
     "{}", "{{}}", "{x}", "active", "x" * 300, "中文", "1,234.50", "0x10", "1_000"]
)  # fmt: skip
CELLS = TRICKY | st.text(max_size=12) | st.floats().map(str) | st.dates().map(str)


@pytest.fixture(scope="module")
def world(tmp_path_factory, migrated_file):
    """A database with customers; what the examples import stays."""
    folder = tmp_path_factory.mktemp("fuzz")
    shutil.copy(migrated_file, folder / "world.db")
    database = Database(f"sqlite:///{folder / 'world.db'}")
    yield with_customers(database, folder), folder
    database.close()


def english(text, **params):
    return say("en", text, **params)


def chinese(text, **params):
    return say("zh", text, **params)


def check(world, kind, content):
    database, folder = world
    before = everything(database)
    try:
        outcome = bring(database, folder, kind, content)
    except Refused as error:
        chinese(error.text, **error.params)
        outcome = None
    if outcome is None:
        assert everything(database) == before
        return
    for finding in (*outcome.rejected, *outcome.warnings):
        assert in_words(finding, english)
        assert in_words(finding, chinese)
    if outcome.refused:
        assert everything(database) == before
        return
    taken = everything(database)
    assert bring(database, folder, kind, content).unchanged == outcome.added + (
        outcome.changed + outcome.unchanged
    )
    assert everything(database) == taken


@pytest.mark.parametrize("kind", ImportKind)
@SETTINGS
@given(data=st.data())
def test_any_cells(world, kind, data):
    names = [f.name for f in KINDS[kind]]
    rows = data.draw(
        st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), max_size=4)
    )
    text = io.StringIO()
    csv.writer(text).writerows([names, *rows])
    check(world, kind, text.getvalue().encode("utf-8", "replace"))


@pytest.mark.parametrize("kind", ImportKind)
@SETTINGS
@given(data=st.data())
def test_one_strange_cell_in_a_good_row(world, kind, data):
    fields = KINDS[kind]
    row = {f.name: f.example for f in fields}
    row |= {"customer_code": "C1", "rep_code": "R1", "owner_rep_code": "R2"}
    row[data.draw(st.sampled_from(fields)).name] = data.draw(CELLS)
    text = io.StringIO()
    csv.writer(text).writerows([[f.name for f in fields], [row[f.name] for f in fields]])
    check(world, kind, text.getvalue().encode("utf-8", "replace"))


@pytest.mark.parametrize("kind", ImportKind)
@SETTINGS
@given(content=st.binary(max_size=300))
def test_any_bytes(world, kind, content):
    check(world, kind, content)


@SETTINGS
@given(
    marks=st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{", b"\xff\xfe"]),
    content=st.binary(max_size=2000),
)
def test_any_bytes_that_begin_like_a_known_format(world, marks, content):
    check(world, ImportKind.TERRITORIES, marks + content)
