"""How key people at a customer's stand to each other, as the API says it."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from crm.vocabulary import RelationKind
from field_api.schemas.values import LARGEST_ROW_NUMBER, Line, Shape

Person = Annotated[int, Field(ge=1, le=LARGEST_ROW_NUMBER, strict=True)]
RELATION: dict[str, Any] = {
    "person": 3,
    "other": 5,
    "kind": "reports_to",
    "note": "since the spring",
}


class PersonRelationBody(Shape):
    """A key person (by number) and how they stand to another: `person` reports to `other`."""

    model_config = ConfigDict(json_schema_extra={"examples": [RELATION]})

    person: Person
    other: Person
    kind: RelationKind
    note: Line = ""


class PersonRelationAnswer(Shape):
    """A relation as kept."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"number": 2} | RELATION]})

    number: int
    person: int
    other: int
    kind: RelationKind
    note: str
