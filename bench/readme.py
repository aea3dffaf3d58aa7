"""Tables that a run writes into bench/README.md, between two marks and nowhere else."""

from collections.abc import Iterable, Sequence
from pathlib import Path

README = Path(__file__).parent / "README.md"


class MarksMissing(ValueError):
    """The file has no place for the text."""


def write_between(file: Path, name: str, text: str) -> None:
    """Replace what stands between `<!-- name:begin -->` and `<!-- name:end -->`.

    Raises `MarksMissing` where the file lacks one of them.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, found, rest = file.read_text(encoding="utf-8").partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        raise MarksMissing(f"{file} has no {begin} followed by {end}")
    file.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is words, the others are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
