"""A file that comes in: as a form's `file` or as the bare body, read once it is known who sends it.

The most it may hold is said in `field_api/body_limits.py`; what is more is not read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.datastructures import UploadFile

from crm.text import N_
from field_api.deps import TheCaller
from field_api.errors import InvalidInput
from field_api.schemas.values import Line

FORM = "multipart/form-data"
BARE = "application/octet-stream"
UNNAMED = "file"
LONGEST_NAME = 200
MOST_FIELDS = 10  # of a form, beside the file
OPENAPI: dict[str, Any] = {  # of a route that takes a file
    "requestBody": {
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "The file, with its name.",
                        }
                    },
                }
            },
            BARE: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """What was sent: a name without folders, the bytes, and the form's other fields."""

    name: str
    content: bytes
    fields: Mapping[str, str] = field(default_factory=dict)


async def sent_file(
    request: Request,
    _caller: TheCaller,  # nobody's body is read
    filename: Annotated[
        Line | None, Query(description="What the file is called, when it is sent as a bare body.")
    ] = None,
) -> SentFile:
    """The file of a request; `InvalidInput` for a form without one."""
    if not request.headers.get("content-type", "").lower().startswith(FORM):
        return SentFile(name=_plain_name(filename), content=await request.body())
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InvalidInput("body.file", N_("The form holds no file; send it as `file`."))
        return SentFile(
            name=_plain_name(file.filename or filename),
            content=await file.read(),
            fields={name: value for name, value in form.items() if isinstance(value, str)},
        )


def _plain_name(given: str | None) -> str:
    name = PurePosixPath(PureWindowsPath(given or "").as_posix()).name
    name = name.encode("utf-8", "replace").decode().replace("\0", "")
    return name[-LONGEST_NAME:] or UNNAMED


TheFile = Annotated[SentFile, Depends(sent_file)]
