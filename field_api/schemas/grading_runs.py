"""Grading runs over the wire."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict

from crm.vocabulary import Grade
from field_api.schemas.values import Sentence, Shape

PolicyName = Literal[
    "sales_percentile",
    "sales_cumulative",
    "head_count_tiers",
    "profit_growth_matrix",
    "weighted_score",
]
RUN: dict[str, Any] = {
    "id": 3,
    "policy": "sales_percentile",
    "sales_from": "2025-11-30",
    "sales_to": "2026-11-29",
    "run_at": "2026-11-30T09:00:00Z",
    "graded": 1948,
    "moved": 212,
}
GRADING: dict[str, Any] = {
    "policy": "sales_percentile",
    "sales_from": "2025-11-30",
    "sales_to": "2026-11-29",
    "graded": 1948,
    "counts": {"A": 195, "B": 195, "C": 195, "D": 194, "E": 1169},
    "without_sales": 12,
    "negative": 0,
    "lacking": {},
    "moved": 1,
    "moves": [
        {
            "customer_code": "C-0102",
            "customer_name": "Café Borg",
            "before": "B",
            "after": "A",
            "evidence": {
                "sales_cents": 1250000,
                "smaller": 1755,
                "graded": 1948,
                "percentile": 90.09,
                "threshold": 90,
            },
        }
    ],
    "approval_id": None,
}


class GradingBody(Shape):
    """By which policy, and why. A dry run asks for nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"dry_run": True}, {"reason": "Yearly grading", "dry_run": False}]
        }
    )

    policy: PolicyName = "sales_percentile"
    dry_run: bool
    reason: Sentence = ""


class GradeMoveAnswer(Shape):
    """A customer whose grade would change, and the figures why: `smaller` of `graded` customers
    sold strictly less, which is the `percentile`; the grade begins at `threshold`. By
    `sales_cumulative` it is the share of `all_cents` that they bought, `smaller_cents`. By
    `profit_growth_matrix` the bands of sales and of `growth` in percent that meet, each from and to
    (null: open); where growth is not known it is null and `growth_counted` stands in. By
    `weighted_score` the `score` with its `parts`: each indicator's weight in percent, value (null:
    not known and left out), points and the step `reached`."""

    customer_code: str
    customer_name: str
    before: Grade | None
    after: Grade
    evidence: dict[str, Any]


class GradingAnswer(Shape):
    """What a grading comes to. `lacking`: of how many customers growth, margin, years or credit are
    not known, though the policy asks for them. `moves` are the first of those `moved`, in order of
    code; `approval_id` is what it waits for, null for a dry run."""

    model_config = ConfigDict(json_schema_extra={"examples": [GRADING]})

    policy: str
    sales_from: date
    sales_to: date
    graded: int
    counts: dict[str, int]
    without_sales: int
    negative: int
    lacking: dict[str, int]
    moved: int
    moves: list[GradeMoveAnswer]
    approval_id: UUID | None


class GradingRunAnswer(Shape):
    """A grading that was applied: how many customers got a grade, and how many another one."""

    model_config = ConfigDict(json_schema_extra={"examples": [RUN]})

    id: int
    policy: str
    sales_from: date
    sales_to: date
    run_at: datetime
    graded: int
    moved: int
