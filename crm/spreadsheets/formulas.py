"""Cells of a workbook that show nothing to a reader: formulas never worked out, and errors."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

NAMED = 5  # cells in a sentence
_SHEET = re.compile(rb'<sheet\b[^>]*\bname="([^"]*)"[^>]*\br:id="([^"]*)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ID, _TARGET = re.compile(rb'\bId="([^"]*)"'), re.compile(rb'\bTarget="([^"]*)"')
_UNANSWERED = re.compile(
    rb'<c r="([A-Z]+\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_ERROR = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*\bt="e"')


def unreadable_cells(content: bytes, sheet_name: str) -> list[str]:
    """The first cells (A1) of a sheet of an .xlsx that hold a formula without a stored value, or
    an error such as #N/A: a reader would take them for empty ones."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            sheet = _part_of(packed, sheet_name)
            text = packed.read(sheet) if sheet else b""
    except (BadZipFile, KeyError, ValueError, NotImplementedError):
        return []
    found: dict[str, None] = {}
    for pattern in (_UNANSWERED, _ERROR):
        for match in pattern.finditer(text):
            found[match[1].decode()] = None
            if len(found) >= NAMED:
                return list(found)
    return list(found)


def _part_of(packed: ZipFile, sheet_name: str) -> str:
    """The file of a sheet inside the workbook; empty when it cannot be told."""
    ids = {
        name.decode("utf-8", "replace"): number
        for name, number in _SHEET.findall(packed.read("xl/workbook.xml"))
    }
    number = ids.get(sheet_name) or (next(iter(ids.values())) if len(ids) == 1 else None)
    for relation in _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels")):
        own, target = _ID.search(relation), _TARGET.search(relation)
        if own and target and own[1] == number:
            path = target[1].decode().lstrip("/")
            return path if path.startswith("xl/") else f"xl/{path}"
    return ""
