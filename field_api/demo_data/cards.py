"""The customers' cards: names, places, trades, unfit times and key people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np

from crm.vocabulary import Attitude, CustomerStatus, Grade, PlaceOrigin, SayInDecision
from field_api.demo_data.team import SURNAMES, Worker
from field_api.sample.dice import SEED, dice
from field_api.sample.shandong.customers import FIRST, POSTS, SECOND
from field_api.sample.shandong.trades import TRADES, Trade

STATUSES = (  # of a thousand cards each; the others are active
    (CustomerStatus.PROSPECT, 40),
    (CustomerStatus.STRUCK_OUT, 15),
    (CustomerStatus.BLACKLISTED, 5),
)
WITHOUT_A_PLACE = 0.003  # shares of the cards
HAS_HOURS, HAS_UNFIT_TIMES, HAS_SECOND_PERSON, HAS_OWN_INTERVAL = 0.4, 0.15, 0.3, 0.01
HOURS = (
    "Mo-Fr 08:30-12:00,13:30-17:30",
    "Mo-Sa 08:00-18:00",
    "Mo-Fr 08:00-11:30,14:00-17:30",
)
NOON_S, AFTERNOON_S = 12 * 3600, 13 * 3600 + 1800
WORKDAYS = 5
OWN_INTERVAL_DAYS = 14
VERIFIED_WITHIN_DAYS = 200
STREETS = ("样例路", "示范街", "演示大道", "样板路")
TRADE_WEIGHTS = [trade.weight for trade in TRADES]


@dataclass(kw_only=True)
class Card:
    """A customer by its number in the table, with what the rest of the company needs of it;
    `year_yuan` is about what it buys in a year."""

    id: int
    code: str
    name: str
    contact: str
    lat: float
    lon: float
    trade: Trade
    status: CustomerStatus
    placed: bool
    own_interval: bool
    year_yuan: float
    grade: Grade | None = None

    @property
    def visited(self) -> bool:
        """Whether a rep goes there."""
        return self.placed and self.status is CustomerStatus.ACTIVE


SPREAD = 0.9  # of the logarithm of sales: a few buy a great deal, most buy little


def cards_of(worker: Worker, first: int, count: int) -> list[Card]:
    """A rep's customers, numbered from `first`."""
    chance = dice("cards", worker.code)
    places = worker.patch.somewhere(np.random.default_rng([SEED, worker.id]), count)
    return [_card(chance, worker, first + n, *place) for n, place in enumerate(places)]


def _card(chance: Random, worker: Worker, number: int, lat: float, lon: float) -> Card:
    trade = chance.choices(TRADES, weights=TRADE_WEIGHTS)[0]
    status, placed = _status(chance), chance.random() >= WITHOUT_A_PLACE
    sign = chance.choice(FIRST) + chance.choice(SECOND)
    return Card(
        id=number,
        code=f"C{number:06d}",
        name=f"{worker.city.name}{sign}{trade.ending}",
        contact=chance.choice(SURNAMES) + chance.choice(POSTS),
        lat=lat if placed else 0.0,
        lon=lon if placed else 0.0,
        trade=trade,
        status=status,
        placed=placed,
        own_interval=chance.random() < HAS_OWN_INTERVAL,
        year_yuan=trade.typical_yuan * chance.lognormvariate(0, SPREAD),
    )


def _status(chance: Random) -> CustomerStatus:
    thrown = chance.randrange(1000)
    for status, weight in STATUSES:
        thrown -= weight
        if thrown < 0:
            return status
    return CustomerStatus.ACTIVE


def customer_rows(worker: Worker, cards: list[Card], today: date) -> list[dict[str, Any]]:
    """Rows of customers, graded meanwhile."""
    chance = dice("card's particulars", worker.code)
    return [
        {
            "id": card.id,
            "code": card.code,
            "name": card.name,
            "trade": card.trade.name,
            "channel": card.trade.channel,
            "street": f"{chance.choice(STREETS)}{chance.randrange(1, 400)}号",
            "city": f"{worker.city.name}市",
            "contact_name": card.contact,
            "contact_phone": f"0530-0{card.id:07d}",  # no number of an exchange begins with 0
            "lat": card.lat,
            "lon": card.lon,
            "source_lat": card.lat,
            "source_lon": card.lon,
            "place_origin": PlaceOrigin.GIVEN if card.placed else PlaceOrigin.MISSING,
            "status": card.status,
            "grade": card.grade,
            "service_minutes": None,
            "interval_days": OWN_INTERVAL_DAYS if card.own_interval else None,
            "interval_reason": "正在参与新区管网招标" if card.own_interval else "",
            "opening_hours": chance.choice(HOURS) if chance.random() < HAS_HOURS else "",
            "territory_id": worker.id if card.placed else None,
            "verified_on": today - timedelta(days=chance.randrange(VERIFIED_WITHIN_DAYS)),
        }
        for card in cards
    ]


def unfit_rows(worker: Worker, cards: list[Card]) -> list[dict[str, Any]]:
    """Rows of weekly times at which some cannot be visited: over noon of one weekday."""
    chance = dice("unfit times", worker.code)
    return [
        {
            "customer_id": card.id,
            "weekday": chance.randrange(WORKDAYS),
            "date": None,
            "from_s": NOON_S,
            "to_s": AFTERNOON_S,
        }
        for card in cards
        if chance.random() < HAS_UNFIT_TIMES
    ]


def key_people_rows(worker: Worker, cards: list[Card]) -> list[dict[str, Any]]:
    """Rows of one or two key people each."""
    chance = dice("key people", worker.code)
    return [person for card in cards for person in _people(chance, worker, card)]


def _people(chance: Random, worker: Worker, card: Card) -> Iterator[dict[str, Any]]:
    for rank in range(1, 3 if chance.random() < HAS_SECOND_PERSON else 2):
        post = chance.choice(POSTS)
        yield {
            "customer_id": card.id,
            "name": card.contact if rank == 1 else chance.choice(SURNAMES) + post,
            "post": post,
            "phone": f"0530-0{card.id:06d}{rank}",
            "say": SayInDecision.DECIDES if rank == 1 else chance.choice(list(SayInDecision)),
            "attitude": chance.choice(list(Attitude)),
            "known_by": worker.name,
            "rank": rank,
        }
