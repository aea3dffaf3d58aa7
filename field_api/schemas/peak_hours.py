"""Peak hours over the wire."""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from crm.rules.peak_hours import MOST_ROWS, QUICKEST_PERCENT, SLOWEST_PERCENT, Peak
from crm.rules.times_of_day import read_time, write_time
from field_api.schemas.values import Shape

MORNING: dict[str, Any] = {
    "weekdays": [0, 1, 2, 3, 4],
    "begin": "07:00",
    "end": "09:00",
    "percent": 150,
}
_Clock = Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]


class PeakShape(Shape):
    """On these weekdays (Monday is 0), between these local times, driving takes `percent`
    hundredths of the ordinary time: 150 is half as long again."""

    weekdays: Annotated[
        list[Annotated[int, Field(ge=0, le=6, strict=True)]], Field(min_length=1, max_length=7)
    ]
    begin: _Clock
    end: _Clock
    percent: Annotated[int, Field(ge=QUICKEST_PERCENT, le=SLOWEST_PERCENT, strict=True)]

    @classmethod
    def of(cls, peak: Peak) -> Self:
        """A row as it is kept."""
        return cls(
            weekdays=[int(digit) for digit in peak.weekdays],
            begin=write_time(peak.from_s),
            end=write_time(peak.to_s),
            percent=peak.percent,
        )

    @property
    def peak(self) -> Peak:
        """The row as rules know it; whether it makes sense is theirs to say."""
        return Peak(
            weekdays="".join(str(day) for day in sorted(set(self.weekdays))),
            from_s=read_time(self.begin) or 0,
            to_s=read_time(self.end) or 0,
            percent=self.percent,
        )


class PeakTableAnswer(Shape):
    """The table of a district, or (`district_code` null) the company's, which holds in every
    district without one of its own."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"district_code": "MT", "rows": [MORNING]}]}
    )

    district_code: str | None
    rows: list[PeakShape]


class PeakTablesAnswer(Shape):
    """The company's table and those of one's districts that have their own."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"tables": [{"district_code": None, "rows": [MORNING]}]}],
        }
    )

    tables: list[PeakTableAnswer]


class PeakTableBody(Shape):
    """The whole table anew; without rows a district goes by the company's again, the company by the
    ordinary times all day."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rows": [MORNING]}]})

    rows: Annotated[list[PeakShape], Field(max_length=MOST_ROWS)]
