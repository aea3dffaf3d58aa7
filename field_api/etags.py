"""Edits of what one has seen: every editable answer bears its version, every edit names it."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Response
from pydantic import BaseModel

from crm.text import N_
from field_api.errors import HttpRefusal

ANY = "*"  # whatever the version: the client says that it knows what it overwrites
LONGEST_HEADER = 1000
ETAG_HEX = 32
_TAGS = re.compile(r'\s*(?:W/)?"[^"]*"\s*')


class IfMatchMissing(HttpRefusal):
    """An edit that does not say which version it edits."""

    status = 428
    code = "if_match_missing"

    def __init__(self) -> None:
        super().__init__(
            N_("Say in If-Match which version you edit: send the ETag that reading it answered.")
        )


class VersionChanged(HttpRefusal):
    """An edit of a version that is no longer the newest; the answer's ETag is the newest one."""

    status = 412
    code = "version_changed"

    def __init__(self, version: int) -> None:
        super().__init__(
            N_(
                "Somebody changed it meanwhile: it is version {version} now. "
                "Read it again, then send the edit again."
            ),
            headers={"ETag": etag_of(version)},
            version=version,
        )


@dataclass(frozen=True, kw_only=True)
class Match:
    """The versions that an edit is meant for, as the ETags that were sent."""

    tags: frozenset[str]

    def refuse_unless(self, version: int) -> None:
        """Raise `VersionChanged` unless the edit is meant for this version."""
        if ANY not in self.tags and etag_of(version) not in self.tags:
            raise VersionChanged(version)


def etag_of(version: int) -> str:
    """The strong ETag of a version."""
    return f'"v{version}"'


def if_match(
    if_match: Annotated[
        str | None,
        Header(
            description="The ETag of the version that is edited, as reading it answered.",
            examples=['"v7"'],
        ),
    ] = None,
) -> Match:
    """What If-Match names. Without it `IfMatchMissing`; weak tags match nothing."""
    given = (if_match or "")[:LONGEST_HEADER].strip()
    if not given:
        raise IfMatchMissing
    if given == ANY:
        return Match(tags=frozenset({ANY}))
    return Match(tags=frozenset(tag.strip() for tag in _TAGS.findall(given)))


def answered_with(response: Response, version: int) -> None:
    """Give an answer the ETag of what it shows."""
    response.headers["ETag"] = etag_of(version)


def unless_known(
    answer: BaseModel, if_none_match: str | None, *, accept_encoding: str = ""
) -> Response:
    """An answer under the ETag of its contents, or 304 where that is known already; packed where
    the caller says what it accepts."""
    content = answer.model_dump_json().encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:ETAG_HEX]}"'
    known = [tag.strip() for tag in (if_none_match or "")[:LONGEST_HEADER].split(",")]
    if etag in known or known == [ANY]:
        return Response(status_code=304, headers={"ETag": etag})
    headers = {"ETag": etag, "Vary": "Accept-Encoding"}
    if "gzip" in accept_encoding:
        content = gzip.compress(content, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(content, media_type="application/json", headers=headers)


IfMatch = Annotated[Match, Depends(if_match)]
IfNoneMatch = Annotated[
    str | None,
    Header(description="The ETag of the answer that is there already.", alias="If-None-Match"),
]
AcceptEncoding = Annotated[str, Header(include_in_schema=False)]
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing changed since the ETag that was sent."}
}
