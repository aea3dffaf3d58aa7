"""拜访区域 as a planning question: judged, proposed, repaired and drawn."""

from routing.territories.district import District, TerritoryCustomer, TerritoryRep, district_of
from routing.territories.draw import draw
from routing.territories.error import Obstacle, UnusableDistrict
from routing.territories.judge import Judgement, TerritoryLoad, judge
from routing.territories.propose import Proposal, ProposalOptions, propose
from routing.territories.repair import Repair, repair

__all__ = [
    "District",
    "Judgement",
    "Obstacle",
    "Proposal",
    "ProposalOptions",
    "Repair",
    "TerritoryCustomer",
    "TerritoryLoad",
    "TerritoryRep",
    "UnusableDistrict",
    "district_of",
    "draw",
    "judge",
    "propose",
    "repair",
]
