"""Customers as compact rows for a page's script: two thousand of them are a few hundred KB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maps.views import CustomerPoint, LatLon

DECIMALS = 6


def rows_of(customers: Sequence[CustomerPoint]) -> dict[str, Any]:
    """`labels`: the cards' labels, each once; `rows`: code, name, lat, lon, grade, state and
    details as (index of the label, text)."""
    labels = {line.label: None for customer in customers for line in customer.details}
    index = {label: n for n, label in enumerate(labels)}
    return {
        "labels": list(labels),
        "rows": [
            (
                one.code,
                one.name,
                round(one.lat, DECIMALS),
                round(one.lon, DECIMALS),
                one.grade,
                one.state,
                [(index[line.label], line.text) for line in one.details],
            )
            for one in customers
        ],
    }


def places_of(customers: Sequence[CustomerPoint]) -> list[LatLon]:
    """The customers' (lat, lon)."""
    return [(one.lat, one.lon) for one in customers]
