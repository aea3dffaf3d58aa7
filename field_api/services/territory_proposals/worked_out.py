"""The answer to a question about territories, as plain JSON that is kept and told later."""

import json
from collections.abc import Mapping
from typing import Any

import shapely

from field_api.services.territory_proposals.described import Described
from field_api.services.territory_proposals.obstacles import IndivisibleDistrict
from field_api.services.territory_proposals.question import Question, Task
from routing.territories import (
    District,
    Judgement,
    Proposal,
    ProposalOptions,
    Repair,
    TerritoryLoad,
    UnusableDistrict,
    judge,
    propose,
    repair,
)
from routing.territories.district import Shape

Answer = Proposal | Repair


def solved(district: District, question: Question) -> Answer:
    """The library's answer; pure, for a process of its own. Raises `UnusableDistrict`."""
    if question.task is Task.REPAIR:
        return repair(district, limit=question.limit, across_water=question.across_water)
    return propose(
        district,
        ProposalOptions(
            tolerance=question.tolerance,
            whole_groups=question.whole_towns,
            across_water=question.across_water,
            fresh=question.fresh,
        ),
    )


def judged(found: Described) -> Judgement:
    """Today's territories, by rep."""
    district = found.district
    today = {one.id: one.rep_id for one in district.customers if one.rep_id}
    return judge(district, today, district.borders)


def worked_out(found: Described, question: Question) -> dict[str, Any]:
    """Solve and tell. Raises `IndivisibleDistrict`."""
    try:
        return plain(found, question, solved(found.district, question))
    except UnusableDistrict as error:
        raise IndivisibleDistrict(error) from error


def plain(found: Described, question: Question, answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON: features that can be asked for as they are, judgements, moves."""
    before = None if answer.before is None else judged(found)
    today = {one.id: one.rep_id for one in found.district.customers}
    moves = [id_ for id_, rep in answer.rep_of.items() if today[id_] != rep]
    features = _features(found, question, answer)
    drawn = {feature["properties"]["code"] for feature in features}
    return {
        "features": features,
        "left_over": [t.code for t in found.territories if t.code not in drawn],
        "before": None if before is None else judgement_of(before),
        "after": judgement_of(answer.after),
        "moves": [
            {
                "customer_code": id_,
                "customer_name": found.customer_names[id_],
                "before": today[id_],
                "after": answer.rep_of[id_],
            }
            for id_ in moves
        ],
        "enclaves": list(answer.enclaves) if isinstance(answer, Proposal) else [],
        "teams": [list(team) for team in answer.teams],
        "at_least": answer.at_least if isinstance(answer, Repair) else None,
        "proven": answer.proven if isinstance(answer, Repair) else None,
        "travel_source": found.district.travel_source,
        "first_day": question.first_day.isoformat(),
        "last_day": question.last_day.isoformat(),
    }


def _features(found: Described, question: Question, answer: Answer) -> list[dict[str, Any]]:
    """A territory for each rep: the rep's own of today, drawn anew, or a new one."""
    taken = {t.code for t in found.territories}
    loads = {load.rep_id: load for load in answer.after.territories}
    return [
        {
            "type": "Feature",
            "geometry": geometry_of(shape),
            "properties": _named(found, question, rep_id, taken) | {"load": _load(loads[rep_id])},
        }
        for rep_id, shape in answer.shapes.items()
    ]


def _named(found: Described, question: Question, rep_id: str, taken: set[str]) -> dict[str, Any]:
    """Code, name, district, rep and version as whoever asks for the territory sends them."""
    today = found.territory_of(rep_id)
    if today is not None:
        code, name, version = today.code, today.name, today.version
    else:
        code, version = _free(rep_id.removeprefix("+"), taken), None
        name = found.rep_names.get(rep_id, code)
        taken.add(code)
    return {
        "code": code,
        "name": name,
        "district_code": question.district_code,
        "rep_code": rep_id if rep_id in found.rep_names else None,
        "version": version,
    }


def _free(wish: str, taken: set[str]) -> str:
    code, n = f"NEW-{wish}", 1
    while code in taken:
        n += 1
        code = f"NEW-{wish}-{n}"
    return code


def geometry_of(shape: Shape) -> dict[str, Any]:
    """GeoJSON of a shape."""
    found: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return found


def judgement_of(found: Judgement) -> dict[str, Any]:
    """A judgement as plain JSON."""
    return {
        "imbalance": round(found.imbalance, 4),
        "variation": round(found.variation, 4),
        "widest": round(found.widest, 4),
        "mean_s": round(found.mean_s),
        "travel_s": found.travel_s,
        "territories": [_load(load) for load in found.territories],
    }


def _load(load: TerritoryLoad) -> Mapping[str, Any]:
    return {
        "rep_code": load.rep_id,
        "customers": load.customers,
        "visits": load.visits,
        "service_s": load.service_s,
        "travel_s": load.travel_s,
        "home_s": load.home_s,
        "needed_s": load.needed_s,
        "available_s": load.available_s,
        "short_s": load.short_s,
        "mean_distance_m": round(load.mean_distance_m),
        "area_km2": None if load.area_km2 is None else round(load.area_km2, 3),
        "compactness": None if load.compactness is None else round(load.compactness, 3),
    }
