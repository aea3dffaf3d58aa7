"""A drawing of territories between the desk's page and the service."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from field_api.schemas.territories import (
    MOST_AREAS,
    MOST_FEATURES,
    Geometry,
    RemovedTerritory,
    WantedFeature,
)
from field_api.schemas.values import Shape


class DrawingBody(Shape):
    """What is drawn otherwise so far; nothing at all is fine, too."""

    model_config = ConfigDict(extra="ignore")

    features: Annotated[list[WantedFeature], Field(max_length=MOST_FEATURES)]
    removed: Annotated[list[RemovedTerritory], Field(max_length=MOST_FEATURES)] = Field(
        default_factory=list
    )


class ShapesBody(Shape):
    """Shapes to be joined to one, or of which the first takes ground from the others."""

    how: Literal["join", "cut"]
    geometries: Annotated[list[Geometry], Field(min_length=1, max_length=MOST_AREAS)]


class ShapedAnswer(Shape):
    """The shapes afterwards, in the order in which they came (null: nothing is left of it), and
    whether each is another than it was."""

    geometries: list[Geometry | None]
    changed: list[bool]


class FaceAnswer(Shape):
    """Ground that nobody has (`gap`) or that two territories have (`overlap`; null: another
    district's). Rings are (lat, lon)."""

    kind: Literal["gap", "overlap"]
    rings: list[list[tuple[float, float]]]
    area_km2: float
    first: str | None
    second: str | None


class GroundAnswer(Shape):
    """The ground of a drawing, and the versions of the territories in force."""

    faces: list[FaceAnswer]
    versions: dict[str, int]
