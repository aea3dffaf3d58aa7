"""What became of the planned visits: reports with what was said, reviews, visits and promises."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from crm.rules.reports import is_valid_visit
from crm.vocabulary import PromiseState, ReviewVerdict, VisitOutcome
from field_api.demo_data.rounds import Cycle, Stop
from field_api.demo_data.team import TIMEZONE, Worker
from field_api.sample.dice import dice

ZONE = ZoneInfo(TIMEZONE)
AS_PLANNED, A_DAY_LATE, IN_VAIN = 0.90, 0.04, 0.03  # shares of the visits; the rest: not made
ORDERS, PROMISES, SENT_BACK, FAR = 0.35, 0.06, 0.02, 0.02  # shares of the reports
REVIEWED_AFTER_DAYS, REVIEWED = 4, 0.97
KEPT, KEPT_LATE, WITHDRAWN, KEPT_EARLY = 0.82, 0.06, 0.05, 0.35  # shares of the promises
LIKELY_LATE_S = 900
FAR_M, NEAR_M = 1800, 120
NEEDS = (
    "冬季需要保温型管件",
    "希望提供小批量配送",
    "新标段预计下月开工",
    "询问耐磨管的使用寿命",
    "希望安排一次现场培训",
    "库存还可支撑三周",
)
OBJECTIONS = ("", "", "价格比同行高百分之三", "交货周期偏长", "账期希望延长到六十天")
COMPETITORS = ("华东管业：降价百分之三", "中原管件：送货上门", "齐鲁塑业：赠送接头")
NOTES = (
    "门店陈列已调整，靠门货架可用。",
    "负责人出差，与采购主管沟通。",
    "已送交新版样本册，约定下次报价。",
    "现场查看库存，补货单已填写。",
    "对上次送货速度表示满意。",
    "介绍了新产品，客户愿意试用。",
)
WHATS = (
    "寄送新版样本",
    "提供更新后的报价单",
    "安排技术人员现场指导",
    "补发缺少的管件",
    "协调提前发货",
)
EVIDENCE = "客户已确认收到"
SEEN_COMMENT, BACK_COMMENT = "", "请补充客户的反对意见和下一步安排。"
EVENING_HOUR = 20


@dataclass
class FieldRows:
    """Rows by table."""

    reports: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    promises: list[dict[str, Any]] = field(default_factory=list)


def field_rows(
    worker: Worker, cycles: Sequence[Cycle], plan_ids: Sequence[int], now: datetime
) -> FieldRows:
    """The rows of what was done of a rep's cycles until now, an aware instant."""
    chance = dice("field work", worker.code)
    found = FieldRows()
    seen: set[tuple[int, date]] = set()
    for cycle, plan_id in zip(cycles, plan_ids, strict=True):
        for day, stop, outcome in _done(chance, cycle):
            begun = datetime.combine(day, time(), ZONE) + timedelta(
                seconds=stop.arrive_s + chance.randrange(LIKELY_LATE_S)
            )
            ended = begun + timedelta(seconds=stop.end_s - stop.arrive_s)
            if ended >= now or (stop.card.id, day) in seen:
                continue
            seen.add((stop.card.id, day))
            _add(found, chance, worker, stop, plan_id, (begun, ended), outcome, now)
    return found


def _done(chance: Random, cycle: Cycle) -> Iterator[tuple[date, Stop, VisitOutcome]]:
    """The days on which planned visits were made, or made in vain."""
    days = [one.date for one in cycle.rounds]
    for number, one in enumerate(cycle.rounds):
        for stop in one.stops:
            thrown = chance.random()
            met = VisitOutcome.ORDER_TAKEN if chance.random() < ORDERS else VisitOutcome.MET
            if thrown < AS_PLANNED:
                yield one.date, stop, met
            elif thrown < AS_PLANNED + A_DAY_LATE:
                yield days[min(number + 1, len(days) - 1)], stop, met
            elif thrown < AS_PLANNED + A_DAY_LATE + IN_VAIN:
                yield (
                    one.date,
                    stop,
                    chance.choice((VisitOutcome.CLOSED, VisitOutcome.NOT_MET)),
                )


def _add(
    found: FieldRows,
    chance: Random,
    worker: Worker,
    stop: Stop,
    plan_id: int,
    stay: tuple[datetime, datetime],
    outcome: VisitOutcome,
    now: datetime,
) -> None:
    begun, ended = stay
    valid = is_valid_visit(outcome, ended)
    report_id = _uuid(chance)
    promise = _promise(chance, worker, stop, begun, report_id, now) if valid else None
    body = _body(chance, stop, plan_id, stay, outcome, promise)
    received = ended + timedelta(minutes=chance.randrange(1, 40))
    verdict = _verdict(chance, received, now)
    distance = chance.randrange(NEAR_M) if chance.random() >= FAR else FAR_M
    found.reports.append(
        {
            "id": report_id,
            "customer_id": stop.card.id,
            "rep_id": worker.id,
            "planned_visit_id": stop.visit_id,
            "visited_on": begun.date(),
            "checked_in_at": begun,
            "checked_out_at": ended,
            "outcome": outcome,
            "distance_m": distance,
            "far": distance >= FAR_M,
            "plan_id": plan_id,
            "first_line": body["notes"],
            "search_text": "\n".join((body["notes"], body["needs"], body["objections"])),
            "verdict": verdict,
            "body": {name: value for name, value in body.items() if value},
            "body_sha256": hashlib.sha256(report_id.bytes).hexdigest(),
            "received_at": min(received, now),
        }
    )
    if promise is not None:
        found.promises.append(promise)
    if valid:
        found.visits.append(
            {
                "customer_id": stop.card.id,
                "rep_id": worker.id,
                "date": begun.date(),
                "report_id": report_id,
            }
        )
    if verdict is not None:
        found.reviews.append(
            {
                "id": _uuid(chance),
                "report_id": report_id,
                "version": 1,
                "user_id": worker.manager_id,
                "actor": worker.manager_name,
                "verdict": verdict,
                "comment": BACK_COMMENT if verdict is ReviewVerdict.SENT_BACK else SEEN_COMMENT,
                "at": min(received + timedelta(days=1), now),
            }
        )


def _verdict(chance: Random, received: datetime, now: datetime) -> ReviewVerdict | None:
    if received > now - timedelta(days=REVIEWED_AFTER_DAYS) or chance.random() >= REVIEWED:
        return None
    return ReviewVerdict.SENT_BACK if chance.random() < SENT_BACK else ReviewVerdict.SEEN


def _body(
    chance: Random,
    stop: Stop,
    plan_id: int,
    stay: tuple[datetime, datetime],
    outcome: VisitOutcome,
    promise: dict[str, Any] | None,
) -> dict[str, Any]:
    """As the phone sent it."""
    found = is_valid_visit(outcome, stay[1])
    body: dict[str, Any] = {
        "customer_code": stop.card.code,
        "planned_visit_id": stop.visit_id,
        "plan_id": plan_id,
        "checked_in_at": stay[0].isoformat(),
        "checked_out_at": stay[1].isoformat(),
        "position": {"lat": stop.card.lat, "lon": stop.card.lon, "accuracy_m": 12.0},
        "outcome": outcome.value,
        "person_met": {"name": stop.card.contact, "say": "decides"} if found else None,
        "needs": chance.choice(NEEDS) if found else "",
        "objections": chance.choice(OBJECTIONS) if found else "",
        "competitors": [chance.choice(COMPETITORS)] if chance.random() < ORDERS else None,
        "satisfaction": chance.randrange(2, 6) if found else None,
        "notes": chance.choice(NOTES) if found else "大门已关，无人应答。",
    }
    if promise is not None:
        body["promises"] = [
            {
                "code": promise["code"],
                "what": promise["what"],
                "to_whom": promise["to_whom"],
                "due": promise["due"].isoformat(),
            }
        ]
    return body


def _promise(
    chance: Random, worker: Worker, stop: Stop, begun: datetime, report_id: UUID, now: datetime
) -> dict[str, Any] | None:
    if chance.random() >= PROMISES:
        return None
    made, today = begun.date(), now.astimezone(ZONE).date()
    due = made + timedelta(days=chance.randrange(3, 15))
    state, closed = _end(chance, made, due, today)
    evidence = EVIDENCE if state is not PromiseState.OPEN else ""
    return {
        "code": str(_uuid(chance)),
        "customer_id": stop.card.id,
        "owner_rep_id": worker.id,
        "what": chance.choice(WHATS),
        "to_whom": stop.card.contact,
        "made_on": made,
        "due": due,
        "state": state,
        "closed_at": closed,
        "evidence": evidence,
        "report_id": report_id,
    }


def _end(
    chance: Random, made: date, due: date, today: date
) -> tuple[PromiseState, datetime | None]:
    """How a promise stands today, and when it was closed."""
    thrown = chance.random()
    if due >= today:
        if thrown >= KEPT_EARLY or made >= today:
            return PromiseState.OPEN, None
        return PromiseState.KEPT, _evening(made + timedelta(days=1), today)
    if thrown < KEPT:
        return PromiseState.KEPT, _evening(due - timedelta(days=1), today)
    if thrown < KEPT + KEPT_LATE:
        return PromiseState.KEPT, _evening(due + timedelta(days=2), today)
    if thrown < KEPT + KEPT_LATE + WITHDRAWN:
        return PromiseState.WITHDRAWN, _evening(due, today)
    return PromiseState.OPEN, None


def _evening(day: date, today: date) -> datetime:
    """The evening of a day, of yesterday at the latest."""
    return datetime.combine(min(day, today - timedelta(days=1)), time(EVENING_HOUR), ZONE)


def _uuid(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
