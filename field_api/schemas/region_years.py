"""区域分析 over the wire."""

from typing import Any

from pydantic import ConfigDict

from crm.rules.region_years import Level
from field_api.schemas.values import Shape

PART: dict[str, Any] = {
    "code": "MT",
    "name": "Malta",
    "customers": 812,
    "customers_share": 0.83,
    "sales_cents": 412_306_500,
    "sales_share": 0.871,
}
TOTAL: dict[str, Any] = {
    "code": "",
    "name": "",
    "customers": 978,
    "customers_share": 1.0,
    "sales_cents": 473_371_400,
    "sales_share": 1.0,
}


class PartAnswer(Shape):
    """A part of the company in a year; shares of the total beside it, null where that is none. A
    part without a code: customers in no territory."""

    model_config = ConfigDict(json_schema_extra={"examples": [PART]})

    code: str
    name: str
    customers: int
    customers_share: float | None
    sales_cents: int
    sales_share: float | None


class YearAnswer(Shape):
    """A year with its parts and their total."""

    year: int
    parts: list[PartAnswer]
    total: PartAnswer


class RegionYearsAnswer(Shape):
    """Customers and sales per part and year. `definitions` say what is counted."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "level": "district",
                    "definitions": ["Customers: those who bought something in the year."],
                    "years": [{"year": 2025, "parts": [PART], "total": TOTAL}],
                }
            ]
        }
    )

    level: Level
    definitions: list[str]
    years: list[YearAnswer]
