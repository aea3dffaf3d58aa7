"""Which OpenStreetMap categories are customers of a wholesaler of food, drink and household
goods, and what such a customer buys. The figures are the sample's invention."""

from dataclasses import dataclass

HORECA = "HoReCa"
FOOD = "Food retail"
SHOPS = "Other retail"
HOUSES = "Institutions"

DRINKS, FOODS, HOUSEHOLD = "Drinks", "Food", "Household"


@dataclass(frozen=True, kw_only=True)
class Trade:
    """业种: `typical_eur` is the median of a year's sales, `service_minutes` what a visit
    takes where the trade differs from the default of its grade."""

    name: str
    channel: str
    typical_eur: int
    products: tuple[str, ...]
    service_minutes: int | None = None


def _trade(
    name: str, channel: str, typical_eur: int, products: str, minutes: int | None = None
) -> Trade:
    words = {"d": DRINKS, "f": FOODS, "h": HOUSEHOLD}
    chosen = tuple(words[letter] for letter in products)
    return Trade(
        name=name,
        channel=channel,
        typical_eur=typical_eur,
        products=chosen,
        service_minutes=minutes,
    )


TRADES: dict[str, Trade] = {
    "amenity=restaurant": _trade("Restaurant", HORECA, 6500, "dfh"),
    "amenity=fast_food": _trade("Takeaway", HORECA, 3600, "dfh", 15),
    "amenity=bar": _trade("Bar", HORECA, 4200, "df", 20),
    "amenity=pub": _trade("Pub", HORECA, 4500, "df", 20),
    "amenity=cafe": _trade("Café", HORECA, 4000, "dfh", 20),
    "amenity=ice_cream": _trade("Ice cream parlour", HORECA, 1800, "df", 15),
    "amenity=nightclub": _trade("Night club", HORECA, 6000, "dh"),
    "amenity=cinema": _trade("Cinema", HORECA, 2500, "df"),
    "tourism=hotel": _trade("Hotel", HORECA, 9500, "dfh", 50),
    "tourism=guest_house": _trade("Guest house", HORECA, 1600, "dfh", 15),
    "tourism=hostel": _trade("Hostel", HORECA, 2200, "dfh"),
    "tourism=apartment": _trade("Holiday apartments", HORECA, 900, "dh", 15),
    "shop=supermarket": _trade("Supermarket", FOOD, 21000, "dfh", 60),
    "shop=convenience": _trade("Grocery", FOOD, 7000, "dfh", 20),
    "shop=bakery": _trade("Bakery", FOOD, 2800, "df", 20),
    "shop=butcher": _trade("Butcher", FOOD, 2200, "df", 20),
    "shop=greengrocer": _trade("Greengrocer", FOOD, 1900, "df", 15),
    "shop=confectionery": _trade("Confectionery", FOOD, 2900, "df"),
    "craft=confectionery": _trade("Confectionery", FOOD, 2900, "df"),
    "shop=seafood": _trade("Fishmonger", FOOD, 1500, "df"),
    "shop=fishmonger": _trade("Fishmonger", FOOD, 1500, "df"),
    "shop=health_food": _trade("Health food shop", FOOD, 2500, "dfh"),
    "shop=alcohol": _trade("Wines and spirits", FOOD, 4500, "df"),
    "shop=wine": _trade("Wines and spirits", FOOD, 4500, "df"),
    "shop=beverages": _trade("Wines and spirits", FOOD, 4500, "df"),
    "shop=kiosk": _trade("Kiosk", FOOD, 1600, "df", 10),
    "shop=tobacco": _trade("Kiosk", FOOD, 1600, "df", 10),
    "amenity=fuel": _trade("Petrol station shop", FOOD, 2600, "dfh", 15),
    "amenity=marketplace": _trade("Market", FOOD, 1500, "dfh"),
    "shop=yes": _trade("Shop", SHOPS, 1500, "dfh"),
    "shop=department_store": _trade("Department store", SHOPS, 7000, "dfh"),
    "shop=mall": _trade("Shopping centre", SHOPS, 3000, "dfh"),
    "shop=variety_store": _trade("Variety store", SHOPS, 2600, "fh"),
    "shop=household": _trade("Household goods", SHOPS, 2600, "fh"),
    "shop=houseware": _trade("Household goods", SHOPS, 2600, "fh"),
    "shop=kitchen": _trade("Household goods", SHOPS, 1200, "fh"),
    "shop=clothes;houseware;groceries": _trade("Department store", SHOPS, 7000, "dfh"),
    "shop=hardware": _trade("Ironmonger", SHOPS, 1300, "dh"),
    "shop=doityourself": _trade("Ironmonger", SHOPS, 1500, "dh"),
    "shop=garden_centre": _trade("Garden centre", SHOPS, 1200, "dh"),
    "shop=agrarian": _trade("Garden centre", SHOPS, 1200, "dh"),
    "shop=florist": _trade("Florist", SHOPS, 500, "dh", 10),
    "shop=pet": _trade("Pet shop", SHOPS, 1400, "fh"),
    "shop=toys": _trade("Toy shop", SHOPS, 900, "df"),
    "shop=gift": _trade("Gift shop", SHOPS, 1100, "df", 15),
    "shop=stationery": _trade("Stationer", SHOPS, 1200, "dfh", 15),
    "shop=books": _trade("Stationer", SHOPS, 900, "df", 15),
    "shop=cosmetics": _trade("Cosmetics", SHOPS, 1300, "dh"),
    "shop=beauty": _trade("Beauty salon", SHOPS, 800, "dh", 15),
    "shop=perfumery": _trade("Cosmetics", SHOPS, 1300, "dh"),
    "shop=hairdresser": _trade("Hairdresser", SHOPS, 700, "dh", 15),
    "shop=laundry": _trade("Laundry", SHOPS, 1800, "dh"),
    "shop=dry_cleaning": _trade("Laundry", SHOPS, 1500, "dh"),
    "shop=bookmaker": _trade("Betting shop", SHOPS, 900, "df", 15),
    "amenity=pharmacy": _trade("Pharmacy", SHOPS, 2200, "dfh", 20),
    "shop=scuba_diving": _trade("Dive centre", SHOPS, 700, "df", 15),
    "amenity=hospital": _trade("Hospital", HOUSES, 5000, "dfh", 50),
    "amenity=clinic": _trade("Clinic", HOUSES, 1100, "dh"),
    "amenity=doctors": _trade("Clinic", HOUSES, 800, "dh"),
    "amenity=dentist": _trade("Clinic", HOUSES, 600, "dh"),
    "amenity=veterinary": _trade("Clinic", HOUSES, 700, "dh"),
    "amenity=kindergarten": _trade("School canteen", HOUSES, 900, "dfh"),
    "amenity=school": _trade("School canteen", HOUSES, 1300, "dfh", 20),
    "office=ngo": _trade("Association", HOUSES, 700, "df"),
}

# Nobody's customers: public offices and the like.
NEVER = frozenset(
    {
        "office=government",
        "office=political_party",
        "office=administrative",
        "amenity=library",
    }
)

# On Gozo, where shops are few, the wholesaler also serves every other business.
ON_GOZO_ONLY = _trade("Other business", SHOPS, 450, "dh", 15)


def trade_of(category: str, *, gozo: bool) -> Trade | None:
    """The trade of an OpenStreetMap category, None for who is no customer."""
    if category in NEVER:
        return None
    return TRADES.get(category, ON_GOZO_ONLY if gozo else None)
