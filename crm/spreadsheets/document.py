"""The tables of docs/import-format.md, written from the columns themselves.

`python -m crm.spreadsheets.document docs/import-format.md` writes them anew between the marks
`<!-- columns of KIND -->` and `<!-- end -->`.
"""

import re
import sys
from pathlib import Path

from crm.spreadsheets.fields import Field, FieldType
from crm.spreadsheets.kinds import KINDS
from crm.vocabulary import ImportKind

HEAD = (
    "| heading | 中文标题 | type | required | when empty | example | meaning | refused when |\n"
    "|---|---|---|---|---|---|---|---|"
)
_REFUSED = {
    FieldType.CODE: "over {longest} characters, over several lines, used twice in the file",
    FieldType.TEXT: "over {longest} characters, characters that are no text",
    FieldType.INTEGER: "no whole number from {least} to {most}",
    FieldType.LATITUDE: "no number from -90 to 90",
    FieldType.LONGITUDE: "no number from -180 to 180",
    FieldType.MONEY: "no amount, or above 10^12",
    FieldType.DATE: "no date between 1990 and 2100",
    FieldType.TIME: "no time from 00:00 to 24:00",
    FieldType.CHOICE: "not one of {choices}",
    FieldType.WEEKDAYS: "no weekdays",
    FieldType.OPENING_HOURS: "never; unreadable hours are kept, flagged, taken as always open",
    FieldType.UNFIT_TIMES: "a part that is neither weekly nor dated",
    FieldType.GEOMETRY: "no polygon, one that crosses itself, off the earth",
    FieldType.TIMEZONE: "no IANA time zone",
    FieldType.COUNTRY: "no country whose holidays are known",
}
_BLOCK = re.compile(r"(<!-- columns of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(kind: ImportKind) -> str:
    """The columns of a kind as a Markdown table."""
    return "\n".join([HEAD, *(_line(kind, f) for f in KINDS[kind])]) + "\n"


def renewed(document: str) -> str:
    """The document with each marked table written anew."""
    return _BLOCK.sub(lambda m: m[1] + table(ImportKind(m[2])) + m[3], document)


def kinds_in(document: str) -> set[str]:
    """The kinds that the document has a marked table of."""
    return {match[2] for match in _BLOCK.finditer(document)}


def _line(kind: ImportKind, f: Field) -> str:
    refused = _REFUSED[f.type].format(
        longest=f"{f.longest:,}", least=f.least, most=f.most, choices=", ".join(f.choices)
    )
    if (f.type is FieldType.CODE and f is not KINDS[kind][0]) or f.name == "customer_code":
        refused = "unknown code"
    if f.name in ("district_code", "region_code") and kind is ImportKind.REPS:
        refused = f"over {f.longest} characters"
    when_empty = f.default or ("refused" if f.required else "empty")
    cells = (
        f"`{f.name}`",
        f.zh,
        f.type.value,
        "yes" if f.required else "no",
        when_empty,
        f"`{f.example}`",
        f.meaning,
        refused,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
