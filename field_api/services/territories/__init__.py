"""Territories: what is wrong with them, how they are shown, and how their boundaries change."""

from field_api.services.territories.overview import (
    Gap,
    TerritoryProblems,
    TerritoryRow,
    UnsettledTerritories,
    overview,
    problems,
    refuse_if_unsettled,
)

__all__ = [
    "Gap",
    "TerritoryProblems",
    "TerritoryRow",
    "UnsettledTerritories",
    "overview",
    "problems",
    "refuse_if_unsettled",
]
