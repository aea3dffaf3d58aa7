"""拜访表 on paper: a rep's visits day by day, A4, with its fonts inside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from field_api.printing import fonts
from field_api.printing.fonts import LATIN
from field_api.printing.grid import LINE_MM, Grid
from field_api.printing.lines import Face

MARGIN_MM = 12
SIZE_PT, TITLE_PT, SMALL_PT = 8.5, 14, 8
GREY = (90, 96, 105)
PAGES = "{nb}"  # the library puts the number in its place
UNPRINTABLE = dict.fromkeys(range(32), " ") | {127: " "}


@dataclass(frozen=True, kw_only=True)
class PrintedColumn:
    """A heading with its share of the width; `align` is L, C or R."""

    heading: str
    share: int
    align: str = "L"


@dataclass(frozen=True, kw_only=True)
class PrintedDay:
    """A day: its line, and a text for each column of each visit."""

    heading: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class PrintedTable:
    """What is printed at an instant, in the reader's language; `page` has {page} and {pages}."""

    title: str
    about: str
    columns: Sequence[PrintedColumn]
    days: Sequence[PrintedDay]
    nothing: str
    page: str
    at: datetime


class _Paper(FPDF):
    """A4 across, the table's title and the number on each page."""

    def __init__(self, table: PrintedTable) -> None:
        super().__init__(orientation="landscape", unit="mm", format="A4")
        self.told = table
        self.set_margin(MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=MARGIN_MM + LINE_MM)
        self.set_title(_plain(table.title))
        fonts.furnish(self, _texts(table))
        self.set_font(LATIN, size=SIZE_PT)

    def footer(self) -> None:
        """The title once more, and page x of y."""
        self.set_y(-MARGIN_MM)
        self.set_font(LATIN, size=SMALL_PT)
        self.set_text_color(*GREY)
        number = self.told.page.format(page=self.page_no(), pages=PAGES)
        self.cell(0, LINE_MM, _plain(self.told.title), new_x=XPos.LMARGIN, new_y=YPos.TOP)
        self.cell(0, LINE_MM, number, align="R")
        self.set_text_color(0, 0, 0)


def pdf_bytes(table: PrintedTable) -> bytes:
    """The table as a PDF; the same table gives the same pages."""
    paper = _Paper(table)
    paper.set_creation_date(table.at)
    paper.add_page()
    paper.set_font(LATIN, style="B", size=TITLE_PT)
    paper.multi_cell(0, LINE_MM * 1.6, _plain(table.title), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_font(LATIN, size=SMALL_PT)
    paper.multi_cell(0, LINE_MM, _plain(table.about), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(LINE_MM / 2)
    paper.set_font(LATIN, size=SIZE_PT)
    if table.days:
        _days(paper, table)
    else:
        paper.multi_cell(0, LINE_MM, _plain(table.nothing))
    return bytes(paper.output())


def _days(paper: FPDF, table: PrintedTable) -> None:
    plain, bold = (Face(paper, family=LATIN, style=style, size_pt=SIZE_PT) for style in ("", "B"))
    grid = Grid(
        paper,
        shares=[column.share for column in table.columns],
        aligned=[column.align for column in table.columns],
        headings=[_plain(column.heading) for column in table.columns],
        plain=plain,
        bold=bold,
    )
    for day in table.days:
        grid.across(_plain(day.heading))
        for row in day.rows:
            grid.row([_plain(text) for text in row])


def _texts(table: PrintedTable) -> Iterator[str]:
    """Everything that may be printed."""
    yield from (_plain(text) for text in (table.title, table.about, table.nothing, table.page))
    yield from (_plain(column.heading) for column in table.columns)
    for day in table.days:
        yield _plain(day.heading)
        for row in day.rows:
            yield from (_plain(text) for text in row)


def _plain(text: str) -> str:
    """The text without what cannot be printed, nor what would become the number of pages; it is
    never read as markup."""
    return text.translate(UNPRINTABLE).replace(PAGES, "{ nb }")
