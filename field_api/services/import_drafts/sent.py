"""What the pages of imports send, read out of their forms."""

from collections.abc import Mapping

from crm.spreadsheets.table import LARGEST_FILE_BYTES
from crm.text import N_
from crm.vocabulary import ImportKind
from field_api.errors import InvalidInput

COLUMN, CELL, OUT, BACK = "column-", "cell-", "out-", "back-"
LARGEST_NUMBER = LARGEST_FILE_BYTES  # no file has more lines or columns than bytes


def kind_in(fields: Mapping[str, str]) -> ImportKind:
    """What the file holds. Raises `InvalidInput`."""
    given = fields.get("kind", "")
    if given not in list(ImportKind):
        raise InvalidInput("body.kind", N_("Say what the file holds: customers, sales, …"))
    return ImportKind(given)


def version_in(fields: Mapping[str, str]) -> int:
    """The version of the import that the page showed. Raises `InvalidInput`."""
    return _number(fields.get("version", ""), "version")


def columns_in(fields: Mapping[str, str]) -> dict[str, int]:
    """Field by column number. Raises `InvalidInput` for a field that two columns were given."""
    found: dict[str, int] = {}
    for name, field in fields.items():
        if not name.startswith(COLUMN) or not field:
            continue
        at = _number(name.removeprefix(COLUMN), name)
        if field in found:
            raise InvalidInput(
                f"body.{name}",
                N_("Columns {first} and {second} are both named “{name}”; choose one of them."),
                first=found[field] + 1,
                second=at + 1,
                name=field[:40],
            )
        found[field] = at
    return found


def cells_in(fields: Mapping[str, str]) -> dict[int, dict[int, str]]:
    """Texts by line and column."""
    found: dict[int, dict[int, str]] = {}
    for name, text in fields.items():
        if name.startswith(CELL):
            line, _, at = name.removeprefix(CELL).partition("-")
            found.setdefault(_number(line, name), {})[_number(at, name)] = text
    return found


def lines_in(fields: Mapping[str, str], prefix: str) -> list[int]:
    """The lines that were ticked under names with a prefix."""
    ticked = [name for name, value in fields.items() if name.startswith(prefix) and value]
    return [_number(name.removeprefix(prefix), name) for name in ticked]


def _number(text: str, name: str) -> int:
    try:
        number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else -1
    except ValueError:
        number = -1
    if not 0 <= number <= LARGEST_NUMBER:
        raise InvalidInput(f"body.{name[:40]}", N_("This page is not one of ours; load it again."))
    return number
