"""Bodies read out of a page's form, where all that is sent is text."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from crm.text import N_
from field_api.errors import InvalidInput

Body = TypeVar("Body", bound=BaseModel)
SHOWN_CHARACTERS = 80


def read_form(body: type[Body], sent: Mapping[str, str]) -> Body:
    """The body that the fields of a form mean; what is none of its fields is passed over. Raises
    `InvalidInput` naming the first value that cannot be read."""
    known = {name: value for name, value in sent.items() if name in body.model_fields}
    try:
        return body.model_validate_strings(known)
    except ValidationError as error:
        raise unreadable(error, known) from None


def unreadable(error: ValidationError, sent: Mapping[str, Any]) -> InvalidInput:
    """What is wrong with a form, told of the first value that cannot be read."""
    wrong = error.errors()[0]
    name = str(wrong["loc"][0]) if wrong["loc"] else ""
    return InvalidInput(
        f"body.{name}",
        N_("“{value}” cannot stand in {name}: {why}"),
        value=str(sent.get(name, ""))[:SHOWN_CHARACTERS],
        name=name,
        why=wrong["msg"],
    )
