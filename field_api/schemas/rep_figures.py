"""A rep's figures over the wire."""

from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from field_api.schemas.values import Shape

SHARE: dict[str, Any] = {"numerator": 46, "denominator": 50, "value": 0.92}
MONTH: dict[str, Any] = {
    "month": "2026-11",
    "first_day": "2026-11-01",
    "last_day": "2026-11-29",
    "plan_adherence": SHARE,
    "frequency_attainment": SHARE,
    "promises_kept": {"numerator": 7, "denominator": 8, "value": 0.875},
    "travel_share": {"numerator": 61200, "denominator": 252000, "value": 0.243},
}
EXAMPLE: dict[str, Any] = {"rep_code": "MT-1", "until": "2026-11-29", "months": [MONTH]}
Month = Annotated[str, Field(pattern=r"^2[01][0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-11"])]


class ShareAnswer(Shape):
    """A part of a whole and its share, 0 to 1; null: the whole is empty."""

    numerator: int
    denominator: int
    value: float | None


class MonthAnswer(Shape):
    """A month as far as it has gone. `plan_adherence`: planned customers visited on their day ÷
    planned, those found closed left out; `frequency_attainment`: Σ min(done, required) ÷ Σ
    required, by what was due until then;
    `promises_kept`: kept by their due date ÷ due; `travel_share`: seconds on the road ÷ seconds on
    the road, at customers and waiting, as planned."""

    model_config = ConfigDict(json_schema_extra={"examples": [MONTH]})

    month: str
    first_day: date
    last_day: date
    plan_adherence: ShareAnswer
    frequency_attainment: ShareAnswer
    promises_kept: ShareAnswer
    travel_share: ShareAnswer


class RepFiguresAnswer(Shape):
    """A rep's work month by month, the latest first. Days up to `until` count, the last that is
    over where the rep is."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    rep_code: str
    until: date
    months: tuple[MonthAnswer, ...]
