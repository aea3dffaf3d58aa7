"""What is wrong with the territories, over the wire."""

from pydantic import ConfigDict, Field

from field_api.schemas.territories import OverlapAnswer
from field_api.schemas.values import Shape


class GapAnswer(Shape):
    """An active customer in no territory, and the nearest one."""

    customer_code: str
    customer_name: str
    nearest: str | None
    distance_km: float
    sales_cents: int


class TerritoryProblemsAnswer(Shape):
    """What keeps the territories from being planned, as far as the asker sees them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "block_planning": True,
                    "gaps": [
                        {
                            "customer_code": "C-0102",
                            "customer_name": "Café Borg",
                            "nearest": "T1",
                            "distance_km": 0.4,
                            "sales_cents": 182_000,
                        }
                    ],
                    "in_several": [],
                    "overlaps": [{"first": "T1", "second": "T2", "area_km2": 0.8}],
                    "without_rep": ["T7"],
                    "idle_reps": [],
                    "without_place": ["C-0107"],
                    "sales_year": 2026,
                    "stranded_sales_cents": 182_000,
                }
            ]
        }
    )

    block_planning: bool
    gaps: list[GapAnswer]
    in_several: list[str]
    overlaps: list[OverlapAnswer]
    without_rep: list[str]
    idle_reps: list[str]
    without_place: list[str] = Field(
        description="Active customers whose place nobody knows: planned once it is known."
    )
    sales_year: int | None = Field(
        description="The last calendar year with sales, which the sales here are of."
    )
    stranded_sales_cents: int = Field(
        description="What all customers in no territory or in several bought in that year."
    )
