"""A proposal as a view of the map of territories."""

from collections.abc import Mapping
from typing import Any

from crm.text import N_
from field_api.services.territory_proposals.described import Described
from field_api.services.territory_proposals.question import Question
from field_api.services.territory_proposals.worked_out import geometry_of
from field_api.wording import Language, say
from maps import figures
from maps.views import MovedCustomer, TerritoriesView, TerritoryView


def pictured(
    found: Described, question: Question, answer: Mapping[str, Any], language: Language
) -> TerritoriesView:
    """The territories of an answer, over those of today, with the customers that move."""
    loads = {one["rep_code"]: one for one in (answer["before"] or {}).get("territories", ())}
    by_code = {one.id: one for one in found.district.customers}
    views = []
    for feature in answer["features"]:
        own, load = feature["properties"], feature["properties"]["load"]
        views.append(
            TerritoryView(
                code=own["code"],
                name=own["name"],
                rep_name=found.rep_names.get(own["rep_code"], ""),
                geometry=feature["geometry"],
                customers=load["customers"],
                needed_s=load["needed_s"],
                available_s=load["available_s"],
            )
        )
    before = []
    for territory, shape in zip(found.territories, found.shapes, strict=True):
        rep = found.rep_codes.get(territory.rep_id, "")
        hours = loads.get(rep)
        before.append(
            TerritoryView(
                code=territory.code,
                name=territory.name,
                rep_name=found.rep_names.get(rep, ""),
                geometry=geometry_of(shape),
                customers=hours["customers"] if hours else 0,
                needed_s=hours["needed_s"] if hours else 0,
                available_s=hours["available_s"] if hours else 0,
            )
        )
    return TerritoriesView(
        title=say(language, N_("Proposed territories")),
        territories=tuple(views),
        today=tuple(before),
        moved=tuple(
            MovedCustomer(
                code=move["customer_code"],
                name=move["customer_name"],
                lat=by_code[move["customer_code"]].lat,
                lon=by_code[move["customer_code"]].lon,
                before=move["before"],
                after=move["after"],
            )
            for move in answer["moves"]
        ),
        period=figures.days(question.first_day, question.last_day, language),
    )
