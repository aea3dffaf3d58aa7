"""The visit table on paper: read back from the file, with its fonts inside."""

import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from fpdf import FPDF

from field_api.printing.fonts import CHINESE, FILES, LATIN, furnish
from field_api.printing.lines import Face
from field_api.printing.visit_table import PrintedColumn, PrintedDay, PrintedTable, pdf_bytes

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
NARROW = [
    PrintedColumn(heading="No.", share=5, align="R"),
    PrintedColumn(heading="Customer", share=20),
    PrintedColumn(heading="", share=60),
]
HOSTILE = "{nb} **bold** <b>x</b> =1+1 \\ ) Tj \x00\x1b"


def a_table(days: int = 1, name: str = "Café Żebbuġ", heading: str = "Mon 30 Nov") -> PrintedTable:
    return PrintedTable(
        title="Visit table of Ġorġ",
        about="Mon 30 Nov – Sun 27 Dec 2026",
        columns=[
            PrintedColumn(heading="No.", share=5, align="R"),
            PrintedColumn(heading="Customer", share=60),
        ],
        days=[
            PrintedDay(heading=heading, rows=[(str(n), name) for n in range(1, 13)])
            for _ in range(days)
        ],
        nothing="Nothing is planned.",
        page="page {page} of {pages}",
        at=AT,
    )


def streams(pdf: bytes) -> list[bytes]:
    found = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    unpacked = []
    for stream in found:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return unpacked


def letters(pdf: bytes) -> dict[bytes, dict[int, str]]:
    """By the font's name in the pages: the glyph's number and its letter, as readers copy it."""
    objects = dict(re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL))
    fonts = {}
    for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", pdf):
        to = re.search(rb"/ToUnicode (\d+) 0 R", objects[number])
        cmap = streams(b"\n0 0 obj\n" + objects[to[1]] + b"\nendobj")[0]
        fonts[name] = {
            int(glyph, 16): bytes.fromhex(letter.decode()).decode("utf-16-be")
            for glyph, letter in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", cmap)
        }
    return fonts


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it is written."""
    fonts = letters(pdf)
    pages = []
    for stream in streams(pdf):
        if not re.search(rb"\bTf\b", stream):
            continue
        text, known = "", {}
        for font, shown in re.findall(
            rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", stream, re.DOTALL
        ):
            if font:
                known = fonts[font]
                continue
            plain = re.sub(rb"\\(.)", rb"\1", shown, flags=re.DOTALL)
            glyphs = [plain[i] * 256 + plain[i + 1] for i in range(0, len(plain) - 1, 2)]
            text += "".join(known.get(glyph, "") for glyph in glyphs)
        pages.append(text)
    return pages


def test_the_fonts_are_inside():
    pdf = pdf_bytes(a_table(name="济南 泉城路"))
    assert re.search(rb"/FontFile2 \d+ 0 R", pdf)
    assert re.search(rb"/FontFile3 \d+ 0 R", pdf)
    names = set(re.findall(rb"/BaseFont /\w+\+(\w+)", pdf))
    assert {name[:6] for name in names} == {b"DejaVu", b"NotoSa"}


def test_a_chinese_letter_is_drawn_as_the_font_draws_it():
    (cut,) = [one for one in streams(pdf_bytes(a_table(name="济南泉城"))) if one[:2] == b"\x01\x00"]
    inside = CFFFontSet()
    inside.decompile(BytesIO(cut), None)
    with TTFont(FILES[CHINESE], lazy=True) as font:
        letters = [font.getBestCmap()[ord(letter)] for letter in "济南泉城"]
        whole = [drawn(font.getGlyphSet(), name) for name in letters]
    assert [drawn(inside[0].CharStrings, name) for name in letters] == whole


def drawn(glyphs, name):
    pen = RecordingPen()
    glyphs[name].draw(pen)
    return pen.value


@pytest.mark.parametrize("name", ["Café Żebbuġ", "济南市泉城路便利店", "Ħal Qormi 药店"])
def test_what_is_printed_can_be_read_back(name):
    (page,) = pages_of(pdf_bytes(a_table(name=name)))
    assert name.replace(" ", "") in page.replace(" ", "")
    assert "Mon30Nov" in page.replace(" ", "")


def test_each_page_has_the_headings_and_its_number():
    pages = pages_of(pdf_bytes(a_table(days=9)))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "Customer" in page
        assert f"page{number}of" in page.replace(" ", "")


def test_a_name_that_is_code_is_printed_as_it_stands():
    (page,) = pages_of(pdf_bytes(a_table(name=HOSTILE)))
    assert "**bold**<b>x</b>=1+1" in page.replace(" ", "")
    assert "{nb}" in page.replace(" ", "")


def test_no_days_say_so():
    (page,) = pages_of(pdf_bytes(a_table(days=0)))
    assert "Nothingisplanned." in page.replace(" ", "")


def test_the_same_table_is_the_same_file():
    assert pages_of(pdf_bytes(a_table())) == pages_of(pdf_bytes(a_table()))


@pytest.mark.parametrize(
    "name", ["Ħanut ta’ San Ġiljan " * 20, "济南市泉城路便利店" * 30, "x" * 300]
)
def test_a_long_name_is_broken_and_printed_whole(name):
    rows = [(str(n), name, "") for n in range(1, 13)]
    day = PrintedDay(heading="Mon 30 Nov", rows=rows)
    table = replace(a_table(), columns=NARROW, days=[day])
    printed = "".join(pages_of(pdf_bytes(table))).replace(" ", "")
    assert printed.count(name.replace(" ", "")) == 12


def test_a_row_taller_than_a_page_goes_on_on_the_next():
    words = [f"w{n}" for n in range(900)]
    day = PrintedDay(heading="Mon", rows=[("1", " ".join(words), "")])
    pages = pages_of(pdf_bytes(replace(a_table(), columns=NARROW, days=[day])))
    assert len(pages) > 1
    printed = "".join(pages)
    assert [word for word in words if word not in printed] == []


def test_a_line_is_no_wider_than_its_column_and_loses_no_word():
    paper = FPDF()
    texts = ["Ħanut ta’ San Ġiljan 药店 " * 9, "泉城路" * 50, "x" * 99, "", "  a  " * 40]
    furnish(paper, texts)
    face = Face(paper, family=LATIN, style="", size_pt=8)
    for text in texts:
        lines = face.lines(text, 30)
        assert max(map(face.width_mm, lines)) <= 30
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert any("San" in line for line in lines) == ("San" in text)


def test_the_chinese_font_comes_only_where_it_is_wanted():
    assert re.search(rb"/FontFile3 ", pdf_bytes(a_table(name="Café Żebbuġ"))) is None


def test_documents_made_at_once_keep_their_own_letters():
    names = ["Café Żebbuġ", "济南市泉城路便利店", "Ħal Qormi 药店", "plain"] * 3
    with ThreadPoolExecutor(max_workers=4) as pool:
        printed = list(pool.map(lambda name: pdf_bytes(a_table(name=name)), names))
    assert [pages_of(pdf) for pdf in printed] == [
        pages_of(pdf_bytes(a_table(name=name))) for name in names
    ]
