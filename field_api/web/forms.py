"""A page's form whose fields are not known beforehand, such as a cell for each that is mended."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from field_api.deps import TheCaller

MOST_FIELDS = 2000


async def fields(request: Request, _caller: TheCaller) -> Mapping[str, str]:
    """The form's texts by name, the last of each; nobody's body is read."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {
            name: value.replace("\0", "").encode("utf-8", "replace").decode()
            for name, value in form.items()
            if isinstance(value, str)
        }


TheFields = Annotated[Mapping[str, str], Depends(fields)]
