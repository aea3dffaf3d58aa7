"""The customers' places: real businesses out of OpenStreetMap, and their trade."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from field_api.sample.dice import dice
from field_api.sample.malta.towns import Town, nearest_town
from field_api.sample.malta.trades import Trade, trade_of

GOZO_SOUTH, GOZO_EAST = 35.99, 14.345  # Gozo and Comino lie north-west of this corner
COMINO_SOUTH, COMINO_NORTH, COMINO_WEST, COMINO_EAST = 35.995, 36.03, 14.30, 14.36
STRUCK_OUT, BLACKLISTED, PROSPECTS = 14, 5, 30


@dataclass(frozen=True, kw_only=True)
class Business:
    """A row of the extract that is a customer. `lat` and `lon` stay the text they came as."""

    code: str
    name: str
    lat: str
    lon: str
    street: str
    postcode: str
    city: str
    opening_hours: str
    trade: Trade
    status: str
    town: Town

    @property
    def gozo(self) -> bool:
        """Whether it lies on Gozo."""
        return self.code.startswith("GZ")


def read(path: Path, towns: Sequence[Town]) -> tuple[Business, ...]:
    """The customers of an extract. A code's number is the row in the file, from 1."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = []
    for number, row in enumerate(rows, start=1):
        lat, lon = float(row["lat"]), float(row["lon"])
        if COMINO_SOUTH < lat < COMINO_NORTH and COMINO_WEST < lon < COMINO_EAST:
            continue  # the third island has no rep
        gozo = lat > GOZO_SOUTH and lon < GOZO_EAST
        trade = trade_of(row["category"], gozo=gozo)
        if trade is not None:
            code = f"{'GZ' if gozo else 'MT'}{number:04d}"
            chosen.append((code, row, trade, nearest_town(towns, lat, lon, gozo=gozo)))
    statuses = _statuses([code for code, *_ in chosen])
    found = (
        Business(
            code=code,
            name=row["name"],
            lat=row["lat"],
            lon=row["lon"],
            street=f"{row['housenumber']} {row['street']}".strip() if row["street"] else "",
            postcode=row["postcode"],
            city=row["city"] or town.name,
            opening_hours=row["opening_hours"],
            trade=trade,
            status=statuses.get(code, "active"),
            town=town,
        )
        for code, row, trade, town in chosen
    )
    return tuple(_nobody(one) if one.status == "blacklisted" else one for one in found)


def _nobody(business: Business) -> Business:
    """The card of a business that does not exist, in the middle of the town: no real one is
    called blacklisted."""
    town = business.town
    return replace(
        business,
        name=f"Example {business.trade.name} {business.code}",
        lat=str(town.lat),
        lon=str(town.lon),
        street="",
        postcode="",
        city=town.name,
        opening_hours="",
    )


def _statuses(codes: Sequence[str]) -> dict[str, str]:
    """Those who are not active; on Gozo all are, or its rep would not be short of hours."""
    on_malta = [code for code in codes if code.startswith("MT")]
    few = dice("status").sample(on_malta, STRUCK_OUT + BLACKLISTED + PROSPECTS)
    words = ["struck_out"] * STRUCK_OUT + ["blacklisted"] * BLACKLISTED
    return dict(zip(few, words + ["prospect"] * PROSPECTS, strict=True))
