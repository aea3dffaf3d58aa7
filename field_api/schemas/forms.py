"""Bodies read out of a page's form, where all that is sent is text."""

from collections.abc import Mapping
from typing import TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

Body = TypeVar("Body", bound=BaseModel)


def read_form(body: type[Body], sent: Mapping[str, str]) -> Body:
    """The body that the fields of a form mean; what is none of its fields is passed over. Raises
    `RequestValidationError` naming each value that cannot be read."""
    known = {name: value for name, value in sent.items() if name in body.model_fields}
    try:
        return body.model_validate_strings(known)
    except ValidationError as error:
        raise unreadable(error) from None


def body_of(body: type[Body], **values: object) -> Body:
    """The body that values of a form, read one by one, make. Raises `RequestValidationError` for
    what each may be alone but not there."""
    try:
        return body(**values)
    except ValidationError as error:
        raise unreadable(error) from None


def unreadable(error: ValidationError) -> RequestValidationError:
    """What is wrong with a form, told as of any other body."""
    found = [{**wrong, "loc": ("body", *wrong["loc"])} for wrong in error.errors()]
    return RequestValidationError(found)
