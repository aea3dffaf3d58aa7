"""The fonts of printed documents: read once a process, since that takes longer than to print."""

from collections.abc import Iterable
from copy import copy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

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
# What documents need of a font whose glyphs they name by numbers (ISO 32000-1, 9.9), and by what
# the library finds a glyph's number.
NEEDED = {"head", "hhea", "maxp", "hmtx", "glyf", "loca", "cvt ", "fpgm", "prep", "CFF ", "post"}
GLYPH_ORDER = "GlyphOrder"  # listed among the tables, but none of the file


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
    font.ttfont = _opened(read, content)
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
    return font, _lean(font, FILES[key].read_bytes())


def _lean(read: TTFFont, content: bytes) -> bytes:
    """Without the tables that no document needs: to cut them down takes as long as the rest."""
    whole = _opened(read, content)
    for tag in {*whole.keys()} - NEEDED - {GLYPH_ORDER}:
        del whole[tag]
    lean = BytesIO()
    whole.save(lean)
    whole.close()
    return lean.getvalue()


def _opened(read: TTFFont, content: bytes) -> Any:
    """To be cut down. No box is looked for around the Chinese glyphs that are left, which takes a
    third of the time: documents tell the whole font's beside it anyway."""
    return type(read.ttfont)(
        BytesIO(content), recalcTimestamp=False, recalcBBoxes=not read.is_cff, lazy=True
    )
