"""How an address is asked for, and when two of them are the same question."""

import re
import unicodedata

DECIMALS = 5  # of degrees in a question about a position: about a metre
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BETWEEN = re.compile(r"[\s,;，；、]+")
_SUFFIXES = re.compile(r"(市|县|区|特别行政区)$")


def question(*, street: str, postcode: str, city: str) -> str:
    """An address on one line, as geocoders like it; empty where there is nothing to ask.

    Chinese addresses run from the large to the small without anything between, and name the city
    once; others from the small to the large. A postcode alone is no address.
    """
    street, postcode, city = street.strip(), postcode.strip(), city.strip()
    if not street and not city:
        return ""
    if _CHINESE.search(street + city):
        return street if city and city in street else city + street
    return ", ".join(part for part in (street, f"{postcode} {city}".strip()) if part)


def normalised(text: str) -> str:
    """An address without case, width and doubled or differing marks between its words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub(" ", plain).strip()


def position_question(lat: float, lon: float) -> str:
    """The question about a WGS-84 position; those within a metre of each other are the same."""
    return f"@{lat:.{DECIMALS}f},{lon:.{DECIMALS}f}"


def has_number(street: str) -> bool:
    """Whether an address names a house, so that the street alone is too little."""
    return any(sign.isdigit() for sign in street)


def same_town(one: str, other: str) -> bool:
    """Whether two names mean the same town, as far as their letters tell."""
    first, second = _SUFFIXES.sub("", normalised(one)), _SUFFIXES.sub("", normalised(other))
    return bool(first and second) and (first in second or second in first)
