"""What the maps are drawn from: plain frozen values, no customer records and no plans.

Places are WGS-84 degrees. Times of day are whole seconds after the rep's local midnight,
durations are seconds (`_s`), distances metres (`_m`). Texts are shown exactly as given and in the
language they came in; whatever a person typed may stand in any of them.
"""

from maps.views.common import (
    CustomerState,
    DetailLine,
    Grade,
    Language,
    LatLon,
    MapLink,
    PlaceView,
    StopKind,
    Tiles,
)
from maps.views.coverage import (
    CoverageView,
    MonthPoint,
    MonthSquare,
    MonthTerritory,
    MonthView,
    PeopledPlace,
    TerritoryCoverage,
    WhiteCell,
)
from maps.views.customers import (
    CustomerPoint,
    CustomersView,
    EvidenceKind,
    EvidencePlace,
    EvidenceView,
)
from maps.views.imports import IncomingPoint, IncomingView, Reading, ReadingsRow, ReadingsView
from maps.views.index import IndexView, RepSummary
from maps.views.places import AreaOutline, PlaceCandidate, PlaceRow, PlacesView
from maps.views.routes import DayRouteView, RoutesView, StopView
from maps.views.territories import (
    EditedTerritory,
    EditorView,
    MovedCustomer,
    TerritoriesView,
    TerritoryView,
    WhatIfView,
)

__all__ = [
    "AreaOutline",
    "CoverageView",
    "CustomerPoint",
    "CustomerState",
    "CustomersView",
    "DayRouteView",
    "DetailLine",
    "EditedTerritory",
    "EditorView",
    "EvidenceKind",
    "EvidencePlace",
    "EvidenceView",
    "Grade",
    "IncomingPoint",
    "IncomingView",
    "IndexView",
    "Language",
    "LatLon",
    "MapLink",
    "MonthPoint",
    "MonthSquare",
    "MonthTerritory",
    "MonthView",
    "MovedCustomer",
    "PeopledPlace",
    "PlaceCandidate",
    "PlaceRow",
    "PlaceView",
    "PlacesView",
    "Reading",
    "ReadingsRow",
    "ReadingsView",
    "RepSummary",
    "RoutesView",
    "StopKind",
    "StopView",
    "TerritoriesView",
    "TerritoryCoverage",
    "TerritoryView",
    "Tiles",
    "WhatIfView",
    "WhiteCell",
]
