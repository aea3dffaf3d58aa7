"""Views for the map tests, each with sensible defaults: name only what the test is about."""

from datetime import date, timedelta

from maps.views import (
    CoverageView,
    CustomerPoint,
    CustomersView,
    DayRouteView,
    DetailLine,
    IndexView,
    MapLink,
    PlaceView,
    RepSummary,
    RoutesView,
    StopView,
    TerritoriesView,
    TerritoryCoverage,
    TerritoryView,
)

VALLETTA = (35.8989, 14.5146)
MONDAY = date(2026, 11, 30)
# What a customer may be called: nothing of it may run, all of it must read as it stands.
HOSTILE = (
    "`tick` ${window.ran=1} `",
    "</script><script>window.ran=1</script>",
    "'\"><img src=x onerror=window.ran=1>",
    "line\u2028sep\u2029end",
    "back\\slash \\u0041 \\",
    "{{ 7*7 }} {% raw %} {# no #}",
    "&lt;b&gt; <b>bold</b> <!--",
    "马耳他 “食品” ｀${1}",
)


def a_customer(n=1, **changes) -> CustomerPoint:
    values = {"code": f"C{n}", "name": f"Customer {n}", "grade": "ABCDE"[n % 5]}
    values |= {"lat": VALLETTA[0] + n % 40 * 0.001, "lon": VALLETTA[1] - n // 40 * 0.001}
    return CustomerPoint(**(values | {"state": "planned"} | changes))


def customers_view(customers, **changes) -> CustomersView:
    return CustomersView(**({"title": "Customers", "customers": tuple(customers)} | changes))


def a_stop(n=1, **changes) -> StopView:
    begin_s = 8 * 3600 + n * 3600
    values = {"code": f"C{n}", "name": f"Customer {n}", "grade": "A", "purpose": "Routine"}
    values |= {"lat": VALLETTA[0] + n * 0.004, "lon": VALLETTA[1] - n * 0.003}
    values |= {"arrive_s": begin_s, "begin_s": begin_s, "end_s": begin_s + 1500}
    return StopView(**(values | {"travel_s": 600, "travel_m": 4200} | changes))


def a_day(after=0, stops=4, rep="R1", **changes) -> DayRouteView:
    """`after` days after the first Monday; `stops` may be a number of them."""
    if isinstance(stops, int):
        stops = [a_stop(n) for n in range(1, stops + 1)]
    home = PlaceView(name="Home", lat=VALLETTA[0], lon=VALLETTA[1])
    values = {"rep_code": rep, "rep_name": f"Rep {rep}", "date": MONDAY + timedelta(days=after)}
    values |= {"cycle_week": after // 7 + 1, "leave_s": 30_000, "return_s": 60_000}
    values |= {"start": home, "end": home, "travel_back_s": 660, "travel_back_m": 5100}
    values |= {"stops": tuple(stops)}
    return DayRouteView(**(values | changes))


def routes_view(*days, **changes) -> RoutesView:
    return RoutesView(**({"title": "Routes", "days": days or (a_day(),)} | changes))


def a_square(lat=35.9, lon=14.4, side=0.05) -> dict:
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def a_territory(code="T1", geometry=None, **changes) -> TerritoryView:
    values = {"code": code, "name": f"Territory {code}", "rep_name": "Anna"}
    values |= {"geometry": geometry or a_square(), "customers": 230}
    return TerritoryView(**(values | {"needed_s": 360_000, "available_s": 400_000} | changes))


def territories_view(*territories, **changes) -> TerritoriesView:
    values = {"title": "Territories", "territories": territories or (a_territory(),)}
    return TerritoriesView(**(values | changes))


def coverage_view(missed=(), **changes) -> CoverageView:
    values = {"code": "T1", "name": "North", "rep_name": "Anna", "geometry": a_square()}
    values |= {"customers": 230, "required": 432, "planned": 402, "overdue": 3}
    one = TerritoryCoverage(**(values | changes))
    return CoverageView(title="Coverage", territories=(one,), missed=tuple(missed))


def index_view(**changes) -> IndexView:
    rep = RepSummary(
        rep_name="Anna",
        href="routes-R1.html",
        field_days=18,
        visits=190,
        required=200,
        travel_s=51_900,
        travel_m=412_000,
        needed_s=540_000,
        available_s=500_000,
    )
    link = MapLink(href="routes.html", title="Routes", text="Who is where")
    values = {"title": "Run", "period": "30 Nov – 27 Dec", "maps": (link,), "reps": (rep,)}
    return IndexView(**(values | changes))


def hostile_lines() -> tuple[DetailLine, ...]:
    return tuple(DetailLine(label=text, text=text) for text in HOSTILE)
