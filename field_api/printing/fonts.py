"""The fonts of printed documents: read once a process, since that takes longer than to print."""

from collections.abc import Iterable
from copy import copy
from functools import cache
from io import BytesIO
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont

LATIN, CHINESE = "latin", "chinese"
VENDOR = Path(__file__).parent / "vendor"
FILES = {
    LATIN: VENDOR / "dejavu-fonts-ttf" / "DejaVuSans.ttf",
    f"{LATIN}B": VENDOR / "dejavu-fonts-ttf" / "DejaVuSans-Bold.ttf",
    CHINESE: VENDOR / "@embedpdf" / "fonts-sc" / "NotoSansHans-Regular.otf",
}
PDF_OF_CHINESE = "1.6"  # the first that holds such a font


def furnish(paper: FPDF, texts: Iterable[str]) -> None:
    """Give a document the fonts for some texts: `LATIN`, plain and B, and `CHINESE` where a
    letter is not in it."""
    _add(paper, LATIN)
    _add(paper, f"{LATIN}B")
    letters = {ord(letter) for text in texts for letter in text}
    if letters <= the_font(paper, LATIN).cmap.keys() & the_font(paper, f"{LATIN}B").cmap.keys():
        return
    _add(paper, CHINESE)
    if paper.pdf_version < PDF_OF_CHINESE:
        paper._set_min_pdf_version(PDF_OF_CHINESE)
    paper.set_fallback_fonts([CHINESE], exact_match=False)


def the_font(paper: FPDF, key: str) -> TTFFont:
    """One that was given to a document."""
    font = paper.fonts[key]
    assert isinstance(font, TTFFont)
    return font


def _add(paper: FPDF, key: str) -> None:
    """A font as `add_font` gives it: what was read is shared, what a document writes is its own."""
    read, content = _read(key)
    font = copy(read)
    font.i = len(paper.fonts) + 1
    font.desc = copy(font.desc)
    font.ttfont = type(read.ttfont)(BytesIO(content), recalcTimestamp=False, lazy=True)
    font.missing_glyphs = []
    font.subset = SubsetMap(font)
    paper.fonts[key] = font


@cache
def _read(key: str) -> tuple[TTFFont, bytes]:
    scratch = FPDF()
    style = key.removeprefix(LATIN) if key.startswith(LATIN) else ""
    scratch.add_font(key.removesuffix(style), style=style, fname=FILES[key])
    font = the_font(scratch, key)
    font.close()
    return font, FILES[key].read_bytes()
