"""Times of day as seconds after midnight."""

import re
import unicodedata

DAY_S = 86_400
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def read_time(text: str) -> int | None:
    """Seconds after midnight of `8:30`, `08:30:00` or `24:00`; None when it is no time."""
    match = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return total if minutes < 60 and seconds < 60 and total <= DAY_S else None


def write_time(seconds: int) -> str:
    """`08:30` for 30600, begun minutes left out."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
