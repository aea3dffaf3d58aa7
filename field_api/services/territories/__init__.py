"""Territories: what is wrong with them, how they are shown, and how their boundaries change."""

from field_api.services.territories.overview import (
    Gap,
    TerritoryProblems,
    TerritoryRow,
    UnsettledTerritories,
    first_of,
    overview,
    problems,
    refuse_if_unsettled,
    without_place,
)

__all__ = [
    "Gap",
    "TerritoryProblems",
    "TerritoryRow",
    "UnsettledTerritories",
    "first_of",
    "overview",
    "problems",
    "refuse_if_unsettled",
    "without_place",
]
