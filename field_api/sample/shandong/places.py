"""Cities and county towns of Shandong, and the land they stand on. Both are real."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shapely.geometry import Polygon

import maps
from field_api.sample.drawing import Plane
from field_api.sample.shandong import PLACES

BACKGROUND = Path(maps.__file__).parent / "backgrounds" / "shandong.geojson"
PLANE = Plane(lat=36.4)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A city or county town: its centre in WGS-84 degrees, the prefecture it belongs to,
    and how many people GeoNames counts."""

    name: str
    prefecture: str
    lat: float
    lon: float
    geoname_id: str
    population: int

    @property
    def address(self) -> str:
        """The city as people write it: 济南市, or 济南市章丘."""
        same = self.prefecture.startswith(self.name)
        return self.prefecture if same else self.prefecture + self.name


@cache
def places() -> dict[str, Place]:
    """All of them by name, in the file's order."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        return {
            row["name_zh"]: Place(
                name=row["name_zh"],
                prefecture=row["prefecture"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                geoname_id=row["geoname_id"],
                population=int(row["population"]),
            )
            for row in csv.DictReader(file)
        }


@cache
def mainland() -> Polygon:
    """The land in degrees, islands left out."""
    features = json.loads(BACKGROUND.read_text(encoding="utf-8"))["features"]
    land = [
        Polygon(f["geometry"]["coordinates"][0])
        for f in features
        if f["properties"]["kind"] == "land"
    ]
    return max(land, key=lambda polygon: polygon.area)
