"""docs/import-format.md says what the code does."""

from pathlib import Path

from crm.spreadsheets.document import kinds_in, renewed
from crm.spreadsheets.headings import known_headings
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.values import read_cell
from crm.vocabulary import ImportKind

DOCUMENT = (Path(__file__).parents[2] / "docs" / "import-format.md").read_text(encoding="utf-8")


def test_the_tables_are_those_of_the_code():
    assert kinds_in(DOCUMENT) == set(ImportKind)
    assert renewed(DOCUMENT) == DOCUMENT


def test_a_stale_table_is_noticed():
    assert renewed(DOCUMENT.replace("客户名称", "名字")) == DOCUMENT


def test_headings_of_a_kind_are_told_apart():
    for fields in KINDS.values():
        assert len(known_headings(fields)) == 2 * len(fields)


def test_every_example_can_be_read():
    for fields in KINDS.values():
        for f in fields:
            assert read_cell(f, f.example) is not None
