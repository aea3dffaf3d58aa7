"""Where in the company something belongs, and who holds an office there."""

from dataclasses import dataclass

from crm.rules.access import Asker
from crm.vocabulary import Role


@dataclass(frozen=True, kw_only=True)
class Place:
    """Whose matter something is: a rep's, a district's, a region's; none of them: the
    company's."""

    rep_id: int | None = None
    district_id: int | None = None
    region_id: int | None = None


def can_be_held_in(role: Role, place: Place) -> bool:
    """Whether there can be somebody of a role whose the place is."""
    match role:
        case Role.REP:
            return place.rep_id is not None
        case Role.DISTRICT_MANAGER:
            return place.district_id is not None
        case Role.REGIONAL_DIRECTOR:
            return place.region_id is not None
    return role in (Role.GENERAL_MANAGER, Role.CHAIRMAN)


def is_in_charge(asker: Asker, place: Place) -> bool:
    """Whether the place is the asker's: the rep, the district's manager, the region's director, or
    somebody over the whole company."""
    match asker.role:
        case Role.REP:
            return place.rep_id is not None and place.rep_id == asker.rep_id
        case Role.DISTRICT_MANAGER:
            return place.district_id is not None and place.district_id == asker.district_id
        case Role.REGIONAL_DIRECTOR:
            return place.region_id is not None and place.region_id == asker.region_id
    return asker.role in (Role.GENERAL_MANAGER, Role.CHAIRMAN)
