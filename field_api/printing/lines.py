"""Texts cut into lines of a width, and written with the font that has each letter. The library's
own line breaks take ten times as long."""

from collections.abc import Iterator
from itertools import groupby

from fpdf import FPDF

from field_api.printing.fonts import CHINESE, the_font

THOUSANDTHS = 1000  # of the size: what widths of letters are counted in


class Face:
    """A font of a document, with the Chinese one, where it has that, for the letters that it
    lacks; `style` is empty or B."""

    def __init__(self, paper: FPDF, *, family: str, style: str, size_pt: float) -> None:
        self._paper, self._size_pt = paper, size_pt
        self._faces = ((family, style), (CHINESE, ""))
        first = the_font(paper, family + style)
        self._fonts = (first, the_font(paper, CHINESE) if CHINESE in paper.fonts else first)
        self._known: dict[str, tuple[int, float]] = {}  # which of the two, and how wide

    def lines(self, text: str, width_mm: float) -> list[str]:
        """The text in lines that fit, broken at spaces, and anywhere where a word is too long;
        one of them at least."""
        most = width_mm * self._paper.k / self._size_pt * THOUSANDTHS
        if sum(self._letter(letter)[1] for letter in text) <= most:
            return [text]
        return list(self._broken(text, most))

    def width_mm(self, text: str) -> float:
        """How wide a line is."""
        thousandths = sum(self._letter(letter)[1] for letter in text)
        return thousandths * self._size_pt / THOUSANDTHS / self._paper.k

    def write(self, text: str, x_mm: float, y_mm: float) -> None:
        """A line that begins at x, on the baseline y."""
        for which, letters in groupby(text, key=lambda letter: self._letter(letter)[0]):
            part = "".join(letters)
            family, style = self._faces[which]
            self._paper.set_font(family, style=style, size=self._size_pt)
            self._paper.text(x_mm, y_mm, part)
            x_mm += self.width_mm(part)

    def _letter(self, letter: str) -> tuple[int, float]:
        found = self._known.get(letter)
        if found is None:
            first, other = self._fonts
            code = ord(letter)
            which = int(code not in first.cmap and code in other.cmap)
            found = self._known[letter] = which, self._fonts[which].cw[code]
        return found

    def _broken(self, text: str, most: float) -> Iterator[str]:
        begin, space, reached = 0, -1, 0.0
        for at, letter in enumerate(text):
            if letter == " ":
                space = at
            reached += self._letter(letter)[1]
            if reached <= most or at == begin:
                continue
            end = space if space > begin else at
            yield text[begin:end]
            begin = end + (end == space)
            space = -1
            reached = sum(self._letter(other)[1] for other in text[begin : at + 1])
        yield text[begin:]
