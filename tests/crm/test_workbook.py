"""Workbooks for people, read back by another library."""

from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from crm.spreadsheets.workbook import Column, Sheet, write_workbook

COLUMNS = [Column(heading="What", width=20), Column(heading="Value")]


def read(path) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_sheets_headings_and_values(tmp_path):
    path = tmp_path / "table.xlsx"
    rows = [("text 文", "Ħamrun"), ("number", 12.5), ("day", date(2026, 12, 1)), ("none", None)]
    write_workbook(
        path,
        [
            Sheet(title="First", columns=COLUMNS, rows=rows),
            Sheet(title="拜访表", columns=COLUMNS, rows=[]),
        ],
    )
    book = read(path)
    assert book["First"][0] == ["What", "Value"]
    assert [row[1] for row in book["First"][1:]] == ["Ħamrun", 12.5, date(2026, 12, 1), ""]
    assert book["拜访表"] == [["What", "Value"]]
    assert [p.name for p in tmp_path.iterdir()] == ["table.xlsx"]


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-cmd|x", "@SUM(A1)", "\tx", '=HYPERLINK("x")'])
def test_no_text_is_a_formula(tmp_path, text):
    path = tmp_path / "table.xlsx"
    write_workbook(path, [Sheet(title="S", columns=COLUMNS, rows=[(text, 1)])])
    assert read(path)["S"][1][0].startswith("'")


def test_values_of_every_kind_come_back_as_they_were(tmp_path):
    path = tmp_path / "table.xlsx"
    values = [
        datetime(2026, 12, 1, 8, 30),  # noqa: DTZ001  (cells know no zones)
        True,
        -3,
        0.1,
        float("nan"),
        "<b>&amp; ]]></t>",
        " two\nlines ",
        None,
        "last",
    ]
    columns = [Column(heading=f"C{n}") for n in range(len(values))]
    sheet = Sheet(title="S", columns=columns, rows=[values, values[:2]], note="Of & to")
    write_workbook(path, [sheet])
    empty = ""
    told, heading, first, second = read(path)["S"]
    assert (told[0], heading[0]) == ("Of & to", "C0")
    assert first == [*values[:4], empty, *values[5:7], empty, "last"]
    assert second[:3] == [*values[:2], empty]
    page = load_workbook(path)["S"]
    assert [cell.value for cell in page[3]] == [*values[:4], None, *values[5:]]
    assert page.freeze_panes == "A3"


def test_a_telephone_number_stays_readable(tmp_path):
    path = tmp_path / "table.xlsx"
    write_workbook(path, [Sheet(title="S", columns=COLUMNS, rows=[("+35621223344", -5)])])
    assert read(path)["S"][1] == ["+35621223344", -5]


def test_a_failure_leaves_the_old_file(tmp_path):
    path = tmp_path / "table.xlsx"
    write_workbook(path, [Sheet(title="S", columns=COLUMNS, rows=[("old", 1)])])

    def bursting():
        yield ("new", 1)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_workbook(path, [Sheet(title="S", columns=COLUMNS, rows=bursting())])
    assert read(path)["S"][1] == ["old", 1]
    assert [p.name for p in tmp_path.iterdir()] == ["table.xlsx"]


def test_characters_that_no_workbook_holds(tmp_path):
    """A control character in a name must not lose the whole export."""
    path = tmp_path / "table.xlsx"
    write_workbook(
        path,
        [Sheet(title="S", columns=COLUMNS, rows=[("bell\x07 and \x00, \ufffe and \ud800", 1)])],
    )
    assert read(path)["S"][1][0].startswith("bell")
