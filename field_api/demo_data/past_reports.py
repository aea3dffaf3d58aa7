"""What a rep reported and promised in a sample's past."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from crm.models import Customer, Rep, User, Visit
from crm.vocabulary import PromiseState, ReviewVerdict, VisitOutcome
from field_api.demo_data.past_rows import Habits, Rows
from field_api.demo_data.past_words import Words
from field_api.sample.description import Sample

PROMISED, KEPT_LATE, STILL_LATE_DAYS = 0.05, 0.7, 10
NOT_YET_READ_DAYS, SATISFACTION = 3, (2, 6)
NEAR_M, FAR_M, FAR = 90, 900, 0.015
EARLY_OR_LATE_S = (-600, 1500)


@dataclass(kw_only=True)
class Reporter:
    """Reports what became of a rep's visits, by the rep's own dice."""

    sample: Sample
    rep: Rep
    manager: User | None
    rows: Rows
    chance: Random
    habits: Habits
    words: Words
    zone: ZoneInfo

    def report(
        self, plan_id: int, day: date, customer: Customer, visit: Visit | None, begin_s: int
    ) -> None:
        """What the rep reported of a visit; without one, that the customer was closed."""
        chance, words = self.chance, self.words
        begun = datetime.combine(day, time(), self.zone) + timedelta(
            seconds=begin_s + chance.randrange(*EARLY_OR_LATE_S)
        )
        ended = begun + timedelta(minutes=chance.randrange(12, 45) if visit else 2)
        ordered = chance.random() < self.habits.orders
        met = VisitOutcome.ORDER_TAKEN if ordered else VisitOutcome.MET
        outcome = met if visit else VisitOutcome.CLOSED
        late = chance.random() < self.habits.late_reports
        received = ended + (
            timedelta(hours=chance.randrange(26, 80))
            if late
            else timedelta(minutes=chance.randrange(1, 300))
        )
        report_id = _uuid(chance)
        notes = chance.choice(words.notes) if visit else words.shut
        needs = chance.choice(words.needs) if visit else ""
        objections = chance.choice(words.objections) if visit else ""
        promise = self._promise(day, customer, report_id) if visit else None
        body = {
            "customer_code": customer.code,
            "planned_visit_id": visit_id_of(customer, day),
            "plan_id": plan_id,
            "checked_in_at": begun.isoformat(),
            "checked_out_at": ended.isoformat(),
            "position": {"lat": customer.lat, "lon": customer.lon, "accuracy_m": 12.0},
            "outcome": outcome.value,
            "person_met": {"name": customer.contact_name, "say": "decides"}
            if visit and customer.contact_name
            else None,
            "needs": needs,
            "objections": objections,
            "satisfaction": chance.randrange(*SATISFACTION) if visit else None,
            "notes": notes,
            "promises": [promise] if promise else None,
        }
        read = day <= self.sample.today - timedelta(days=NOT_YET_READ_DAYS)
        far = chance.random() < FAR
        self.rows.reports.append(
            {
                "id": report_id,
                "customer_id": customer.id,
                "rep_id": self.rep.id,
                "planned_visit_id": visit_id_of(customer, day),
                "visited_on": day,
                "checked_in_at": begun,
                "checked_out_at": ended,
                "outcome": outcome,
                "distance_m": FAR_M if far else chance.randrange(NEAR_M),
                "far": far,
                "plan_id": plan_id,
                "first_line": notes,
                "search_text": "\n".join(filter(None, (notes, needs, objections))),
                "verdict": ReviewVerdict.SEEN if read and self.manager else None,
                "body": {name: value for name, value in body.items() if value},
                "body_sha256": report_id.hex * 2,
                "received_at": received,
            }
        )
        if visit is not None:
            self.rows.reported.append({"visit": visit.id, "report": report_id})
        if read and self.manager:
            self.rows.reviews.append(
                {
                    "id": _uuid(chance),
                    "report_id": report_id,
                    "version": 1,
                    "user_id": self.manager.id,
                    "actor": self.manager.name,
                    "verdict": ReviewVerdict.SEEN,
                    "comment": "",
                    "at": received + timedelta(hours=20),
                }
            )

    def _promise(self, day: date, customer: Customer, report_id: UUID) -> dict[str, Any] | None:
        """A promise made there, most of them kept; as the report has it."""
        chance = self.chance
        due = day + timedelta(days=chance.randrange(3, 15))
        if chance.random() >= PROMISED or due >= self.sample.today:
            return None
        kept, after = chance.random() < self.habits.kept, chance.random() < KEPT_LATE
        recent = due > self.sample.today - timedelta(days=STILL_LATE_DAYS)
        is_open = not kept and recent and not after
        closed_on = min(due - timedelta(days=1) if kept else due + timedelta(days=3),
                        self.sample.today)  # fmt: skip
        closed = datetime.combine(max(closed_on, day), time(17, 30), self.zone)
        code = str(_uuid(chance))
        what = chance.choice(self.words.promises)
        self.rows.promises.append(
            {
                "code": code,
                "customer_id": customer.id,
                "owner_rep_id": self.rep.id,
                "what": what,
                "to_whom": customer.contact_name,
                "made_on": day,
                "due": due,
                "state": PromiseState.OPEN if is_open else PromiseState.KEPT,
                "closed_at": None if is_open else closed,
                "evidence": "" if is_open else self.words.evidence,
                "report_id": report_id,
            }
        )
        return {"code": code, "what": what, "to_whom": customer.contact_name,
                "due": due.isoformat()}  # fmt: skip


def visit_id_of(customer: Customer, day: date) -> str:
    """The id that plans give a visit."""
    return f"{customer.code}@{day.isoformat()}"


def _uuid(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
