"""A page's form whose fields are not known beforehand, such as a cell for each that is mended."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from field_api.deps import TheCaller

MOST_FIELDS = 2000


async def as_sent(request: Request, _caller: TheCaller) -> Mapping[str, str]:
    """The form's texts by name, the last of each, for a body that refuses what cannot be kept;
    files are no texts, and nobody's body is read."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


async def fields(sent: Annotated[Mapping[str, str], Depends(as_sent)]) -> Mapping[str, str]:
    """The same without what cannot be kept."""
    return {
        name: value.replace("\0", "").encode("utf-8", "replace").decode()
        for name, value in sent.items()
    }


AsSent = Annotated[Mapping[str, str], Depends(as_sent)]
TheFields = Annotated[Mapping[str, str], Depends(fields)]
