"""Changes of territories to come: those that wait for approval, and those approved for a day."""

from dataclasses import dataclass
from datetime import date, datetime

from crm.database import Database
from crm.rules.access import Asker
from crm.store import approvals
from crm.store.approvals import Wanted
from crm.store.territories import territory_changes
from crm.vocabulary import ApprovalMatter, ApprovalState
from field_api.schemas.approvals import ApprovalAnswer
from field_api.services.approvals import telling
from field_api.wording import Language

SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A change to come. `takes_effect_on` None: as soon as it is approved."""

    asked: ApprovalAnswer
    takes_effect_on: date | None
    approved: bool


def coming(database: Database, asker: Asker, *, now: datetime, language: Language) -> list[Coming]:
    """The asker's, those that wait for approval first, the last asked for first."""
    wanted = Wanted(state=ApprovalState.OPEN, matter=ApprovalMatter.TERRITORIES)
    done = Wanted(state=ApprovalState.APPROVED, matter=ApprovalMatter.TERRITORIES)
    with database.reading() as session:
        asked = approvals.newest(session, asker, wanted, limit=SHOWN)
        scheduled = {one.approval_id for one in territory_changes.waiting(session)}
        approved = [
            one
            for one in approvals.newest(session, asker, done, limit=SHOWN)
            if one.id in scheduled
        ]
        days = {one.id: one.payload.get("takes_effect_on") for one in (*asked, *approved)}
        names = approvals.names_of(session, [*asked, *approved])
        told = [
            ApprovalAnswer(**telling.short(one, names, asker, now, language))
            for one in (*asked, *approved)
        ]
    return [
        Coming(
            asked=one,
            takes_effect_on=date.fromisoformat(day) if (day := days[one.id]) else None,
            approved=one.state is ApprovalState.APPROVED,
        )
        for one in told
    ]
