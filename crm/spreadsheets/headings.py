"""Which column is which field: English or Chinese headings, in any order and any case."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from crm.errors import Refused
from crm.spreadsheets.fields import Field
from crm.spreadsheets.findings import shown
from crm.text import N_


@dataclass(frozen=True, kw_only=True)
class Columns:
    """`at[name]` is the position of a field's column; `unknown` are headings of no field."""

    at: dict[str, int]
    unknown: tuple[str, ...]


def plain(heading: object) -> str:
    """A heading without case, width, spaces, underscores, hyphens, and without what stands in
    brackets or after a slash, so that a template's `code / 客户编码` is understood."""
    text = unicodedata.normalize("NFKC", str(heading)).lower()
    text = re.sub(r"\(.*?\)|/.*|\*", "", text)
    return re.sub(r"[\s_\-\ufeff]+", "", text)


def known_headings(fields: Sequence[Field]) -> dict[str, str]:
    """Field name by heading in `plain` form, both languages."""
    return {plain(heading): f.name for f in fields for heading in (f.name, f.zh)}


def match_columns(fields: Sequence[Field], headings: Sequence[str]) -> Columns:
    """Where each field stands. Raises `Refused` when a required column is missing or two
    columns mean the same field."""
    known = known_headings(fields)
    at: dict[str, int] = {}
    unknown: list[str] = []
    for position, heading in enumerate(headings):
        name = known.get(plain(heading))
        if name is None:
            if heading.strip():
                unknown.append(shown(heading))
        elif name in at:
            raise Refused(
                N_("Columns {first} and {second} both mean “{name}”. Remove one of them."),
                first=shown(headings[at[name]]),
                second=shown(heading),
                name=name,
            )
        else:
            at[name] = position
    missing = [f"{f.name} ({f.zh})" for f in fields if f.required and f.name not in at]
    if missing:
        raise Refused(
            N_(
                "Missing columns: {missing}. The first line must name the columns; found: {found}. "
                "`callcycle template` shows them all."
            ),
            missing=", ".join(missing),
            found=", ".join(shown(h) for h in headings[:30]) or "-",
        )
    return Columns(at=at, unknown=tuple(unknown))
