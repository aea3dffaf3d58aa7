"""What the desk's pages about plans send."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints

from field_api.schemas.plan_edits import PlanId
from field_api.schemas.values import Clean, Code, Day, FilledSentence, Sentence, Shape

MOST_REPS = 300
MOST_WEEKS = 13
MOST_COLLEAGUES = 8
PlanInQuery = Annotated[PlanId | None, Query()]
Fingerprint = Annotated[str, StringConstraints(pattern="^[0-9a-z]{1,64}$")]
VisitInQuery = Annotated[Clean, StringConstraints(min_length=1, max_length=140)]


class StartForm(Shape):
    """A cycle to plan: from which day, for how many weeks, for which reps (none: all)."""

    first_day: Day
    weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS)]
    purpose: Sentence = ""
    rep: Annotated[tuple[Code, ...], Field(max_length=MOST_REPS)] = ()


class WordForm(Shape):
    """What is said to a plan that waits."""

    approval: UUID
    say: Annotated[str, StringConstraints(pattern="^(approve|refuse|comment)$")]
    comment: Sentence = ""


class SendForm(Shape):
    """A draft sent for approval."""

    plan: PlanId
    reason: Sentence = ""
    special_case: bool = False


class WishForm(Shape):
    """A rep's wish taken or refused."""

    plan: PlanId
    wish: PlanId
    take: bool
    answer: FilledSentence


class HandOverForm(Shape):
    """An absent rep's days handed over, as the page reckoned it (`token`)."""

    first: Day
    last: Day
    colleague: Annotated[tuple[Code, ...], Field(max_length=MOST_COLLEAGUES)] = ()
    token: Annotated[str, StringConstraints(pattern="^[0-9a-f.]{1,200}$")]
    reason: Sentence = ""
