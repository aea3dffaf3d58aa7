"""Workbooks as no spreadsheet program writes them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

OPEN = "http://schemas.openxmlformats.org"
MAIN = f"{OPEN}/spreadsheetml/2006/main"
OFFICE = f"{OPEN}/officeDocument/2006/relationships"
PACKAGE = f"{OPEN}/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"'
    '/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    f'+xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>'
)
LINK = (
    '<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" {what}/>'
    "</Relationships>"
)
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>"
)
UNPACKED_MB = 100


def _book(rows: str, *, before: str = "") -> bytes:
    content = BytesIO()
    sheet = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    main = f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"'
    first = f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"'
    with ZipFile(content, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("_rels/.rels", LINK.format(package=PACKAGE, what=main))
        packed.writestr("xl/workbook.xml", BOOK)
        packed.writestr("xl/_rels/workbook.xml.rels", LINK.format(package=PACKAGE, what=first))
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
    return content.getvalue()


def _row(number: int, *cells: tuple[str, str]) -> str:
    said = "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in cells
    )
    return f'<row r="{number}">{said}</row>'


def one_stray_cell() -> bytes:
    """A table of 1.4 kB, and a cell in the last column of the last row: 17 thousand million."""
    return _book(_row(1, ("A", "code"), ("B", "name")) + _row(1_048_576, ("XFD", "x")))


def entities() -> bytes:
    """A cell that would hold a file of the machine's."""
    inside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return _book(_row(1, ("A", "code"), ("B", "&x;")), before=inside)


def empty_rows(n: int) -> bytes:
    """Headings, and rows that were formatted once and never filled."""
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(2, n + 2))
    return _book(_row(1, ("A", "code"), ("B", "name"), ("C", "lat"), ("D", "lon")) + empty)


def unpacks_to_much() -> bytes:
    """A cell of many megabytes of the same letter, a thousand times smaller as a file."""
    return _book(_row(1, ("A", "x" * (UNPACKED_MB * 1_000_000)), ("B", "name")))
