"""Who calls."""

import unicodedata
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from crm.rules.access import Asker


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who is logged in, and by which session. `zone` is where the caller's days begin and end."""

    asker: Asker
    session_id: UUID
    username: str
    name: str
    zone: ZoneInfo
    rep_code: str | None = None


def normal_username(username: str) -> str:
    """One form for names that read the same: no outer blanks, small letters, NFKC."""
    return unicodedata.normalize("NFKC", username.strip()).casefold()
