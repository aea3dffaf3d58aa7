"""Administrative areas adopted as a territory."""

from crm.database import Database
from crm.rules.adopting import Area, AreaAmbiguous, AreaNotFound, as_one, chosen, clipped
from crm.rules.boundaries import AS_DRAWN, UnusablePolygon
from crm.store.territories import territories
from crm.text import N_
from field_api.errors import CODES, InvalidInput
from field_api.schemas.territories import AdoptionBody, NewTerritoryBody, TerritoryProposal
from field_api.services.territories.changes import Asking, ask_wishes, new_wish
from field_api.services.territories.drawing import as_geometry, refuse_swapped, shape_of

TITLE = N_("Territory {code} of administrative areas; customers that come to it: {customers}")
CODES |= {AreaNotFound: (422, "area_not_found"), AreaAmbiguous: (422, "area_ambiguous")}


def adopt(database: Database, asking: Asking, body: AdoptionBody) -> TerritoryProposal:
    """Ask for a territory of the areas chosen. Raises `AreaNotFound`, `AreaAmbiguous`,
    `NothingLeft`, and as `propose_new` does."""
    wanted = {name.strip() for name in body.choose}
    areas = [
        Area(
            properties=feature.properties,
            shape=shape_of(
                feature.geometry, AS_DRAWN, path=f"body.areas.features.{number}.geometry"
            ),
        )
        for number, feature in enumerate(body.areas.features)
    ]
    try:
        shape = as_one(chosen(areas, sorted(wanted)))
    except UnusablePolygon as error:
        raise InvalidInput("body.areas", error.text, **error.params) from None
    with asking.session(database) as session:
        refuse_swapped(session, asking.asker, shape, path="body.areas")
        if not body.cut_neighbours:
            shape = clipped(body.code, shape, territories.shapes(session))
        new = NewTerritoryBody(
            code=body.code,
            name=body.name,
            rep_code=body.rep_code,
            district_code=body.district_code,
            geometry=as_geometry(shape),
            reason=body.reason,
            cut_neighbours=body.cut_neighbours,
            takes_effect_on=body.takes_effect_on,
        )
        wish = new_wish(session, asking.asker, new, shape)
        told = ask_wishes(session, asking, [wish], new, TITLE)
        return told.model_copy(update={"geometry": new.geometry})
