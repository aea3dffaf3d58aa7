"""Dates as people write them, where only one reading is possible."""

import re
import unicodedata
from datetime import date

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
_FORMS = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?")


def read_date(text: str) -> date | None:
    """The date of `2026-12-24`, `2026/12/24`, `2026.12.24` or `2026年12月24日`, with or without
    midnight after it; None when it is no date or not between 1990 and 2100."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"[ T]0?0:00(:00(\.0+)?)?$", "", plain)
    match = _FORMS.fullmatch(plain)
    if match is None:
        return None
    year, *months, day = match.groups()
    month = next(m for m in months if m)
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
