"""Addresses in the order of their own language."""

import re

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def address(street: str, postcode: str = "", city: str = "") -> str:
    """One line: 1 Strait Street, VLT 1436, Valletta; a Chinese one from the city down to the
    house, 济南市样例路1号 (250000). What is empty is left out."""
    if not _CHINESE.search(street + city):
        return ", ".join(part for part in (street, postcode, city) if part)
    line = city + street
    return f"{line} ({postcode})" if postcode and line else line or postcode
