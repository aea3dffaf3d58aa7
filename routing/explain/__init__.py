"""Why a visit is where it is, or nowhere; what moving it costs, and what would let it in."""

from routing.explain.moves import Target, targets
from routing.explain.planned import Elsewhere, WhyHere, why
from routing.explain.price import Cost
from routing.explain.take import taken
from routing.explain.terms import applied
from routing.explain.trial import Try
from routing.explain.unserved import WhyNot, explain, explain_all, why_not

__all__ = [
    "Cost",
    "Elsewhere",
    "Target",
    "Try",
    "WhyHere",
    "WhyNot",
    "applied",
    "explain",
    "explain_all",
    "taken",
    "targets",
    "why",
    "why_not",
]
