"""What waits for a decision: corrections of cards that reps proposed, by the usual way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from crm.database import Database
from crm.rules.access import Asker
from crm.vocabulary import Role
from field_api.auth import Caller
from field_api.demo_data.cards import Card
from field_api.demo_data.team import TIMEZONE, Worker
from field_api.sample.dice import dice
from field_api.schemas.corrections import CorrectionProposed
from field_api.services.customers import corrections

EVERY_NTH_REP = 3
HOURS = "Mo-Fr 09:00-12:00,14:00-18:00"
CHANGES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("联系电话换了", {"contact_phone": "0530-09999999"}),
    ("营业时间改了", {"opening_hours": HOURS}),
    ("换了联系人", {"contact_name": "新任经理"}),
)


def ask(database: Database, team: Sequence[tuple[Worker, Sequence[Card]]], now: datetime) -> int:
    """Propose one correction each for some of the reps; how many."""
    asked = 0
    for worker, cards in team:
        card = next((card for card in cards if card.visited), None)
        if worker.id % EVERY_NTH_REP or card is None:
            continue
        chance = dice("correction", worker.code)
        note, changes = chance.choice(CHANGES)
        corrections.propose(
            database,
            _caller(worker, chance.getrandbits(128)),
            card.code,
            UUID(int=chance.getrandbits(128), version=4),
            CorrectionProposed.model_validate({"changes": changes, "note": note}),
            now=now,
            language="zh",
        )
        asked += 1
    return asked


def _caller(worker: Worker, session: int) -> Caller:
    return Caller(
        asker=Asker(role=Role.REP, user_id=worker.user_id, rep_id=worker.id, name=worker.name),
        session_id=UUID(int=session, version=4),
        username=f"rep{worker.id:04d}",
        name=worker.name,
        zone=ZoneInfo(TIMEZONE),
        rep_code=worker.code,
    )
