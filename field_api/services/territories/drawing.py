"""A boundary as it was sent: read, mended or turned where that is wanted, refused by name else."""

import json

from pydantic import TypeAdapter
from sqlmodel import Session

from crm.rules.access import Asker
from crm.rules.boundaries import (
    Consent,
    CrossesItself,
    Shape,
    Swapped,
    UnusablePolygon,
    area_km2,
    looks_swapped,
    read_shape,
    swapped,
    write_shape,
)
from crm.store.territories import territories
from crm.text import N_
from field_api.errors import InvalidInput
from field_api.schemas.territories import Geometry

PATH = "body.geometry"
GEOMETRIES: TypeAdapter[Geometry] = TypeAdapter(Geometry)


def shape_of(geometry: Geometry, consent: Consent, *, path: str = PATH) -> Shape:
    """The boundary as a shape. Raises `InvalidInput` that says what would help."""
    try:
        return read_shape(json.dumps(geometry.model_dump()), consent)
    except CrossesItself as error:
        if error.mended is None:
            raise InvalidInput(path, error.text, **error.params) from None
        raise InvalidInput(
            path,
            N_(
                "crosses or touches itself: {reason}. With `mend` it is taken for the surface "
                "between its lines, {area} km²; a dry run shows it."
            ),
            area=f"{area_km2(error.mended):,.3f}",
            **error.params,
        ) from None
    except Swapped as error:
        raise _swapped(path, error.turned) from None
    except UnusablePolygon as error:
        raise InvalidInput(path, error.text, **error.params) from None


def as_geometry(drawn: Shape) -> Geometry:
    """A shape as it goes over the wire."""
    return GEOMETRIES.validate_json(write_shape(drawn))


def refuse_swapped(session: Session, asker: Asker, drawn: Shape, *, path: str = PATH) -> None:
    """Raise `InvalidInput` for a boundary far from all customers that lies among them the other
    way round."""
    if looks_swapped(drawn, territories.box_of_customers(session, asker)):
        raise _swapped(path, swapped(drawn))


def as_sent(geometry: Geometry, drawn: Shape) -> bool:
    """Whether a shape is the boundary as it was sent."""
    try:
        return drawn.equals(read_shape(json.dumps(geometry.model_dump())))
    except UnusablePolygon:
        return False


def _swapped(path: str, turned: Shape) -> InvalidInput:
    west, south, _, _ = turned.bounds
    return InvalidInput(
        path,
        N_(
            "seems to have latitude before longitude: the other way round it begins at {lat}° "
            "latitude and {lon}° longitude. With `swap` it is taken so."
        ),
        lat=f"{south:.3f}",
        lon=f"{west:.3f}",
    )
