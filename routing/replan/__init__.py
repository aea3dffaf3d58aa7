"""A plan in force and something that has happened: a new plan with few changes.

A change is a plain value; `replan` carries it out and tells the difference. docs/replanning.md
says what each of them means.
"""

from routing.replan.absence import GivenAway, Placed, given_away
from routing.replan.add import Add
from routing.replan.again import WORK, Replanned, Scope, replan
from routing.replan.ahead import ahead
from routing.replan.cancel import Cancel
from routing.replan.change import Change
from routing.replan.difference import Difference, VisitChange
from routing.replan.drop import Drop
from routing.replan.error import ChangeRefused
from routing.replan.give_up import GiveUp
from routing.replan.ill import RepIll
from routing.replan.late import RunningLate
from routing.replan.leave import RepLeaves
from routing.replan.pass_on import Passed, pass_on
from routing.replan.pin import Move, Pin
from routing.replan.places import with_place
from routing.replan.swap import Swap

__all__ = [
    "WORK",
    "Add",
    "Cancel",
    "Change",
    "ChangeRefused",
    "Difference",
    "Drop",
    "GiveUp",
    "GivenAway",
    "Move",
    "Passed",
    "Pin",
    "Placed",
    "RepIll",
    "RepLeaves",
    "Replanned",
    "RunningLate",
    "Scope",
    "Swap",
    "VisitChange",
    "ahead",
    "given_away",
    "pass_on",
    "replan",
    "with_place",
]
