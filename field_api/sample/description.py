"""What a sample is: its files, its calendar that stands still, and who works there."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm.rules.calendar import special_days, working_days
from crm.vocabulary import ImportKind, Role
from field_api.wording import Language

WORK_WEEKDAYS = "01234"  # Monday to Friday


class SampleName(StrEnum):
    """What samples are asked for by."""

    MALTA = "malta"
    SHANDONG = "shandong"


class SampleFile(NamedTuple):
    """A file of a sample and what it holds."""

    kind: ImportKind
    path: Path


class DemoUser(NamedTuple):
    """An account of the demo on a sample."""

    username: str
    role: Role
    name: str = ""
    rep_code: str | None = None
    district_code: str | None = None
    region_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A sample that ships with the product. `files` are in the order in which they are imported;
    `today` is the day before which everything in them happened; `language` is the one that the
    demo speaks when none is asked for (None: the machine's)."""

    name: SampleName
    folder: Path
    files: tuple[SampleFile, ...]
    today: date
    first_day: date
    last_day: date
    cycle_weeks: int
    country: str
    timezone: str
    language: Language | None
    region: tuple[str, str]  # code and name of the one that all districts are of
    users: tuple[DemoUser, ...]
    demo: Path  # where the demo writes
    extract: Path | None = None  # its roads, as an OpenStreetMap extract

    @property
    def demo_file(self) -> Path:
        """The database that `callcycle demo` fills and `serve --demo` serves."""
        return self.demo / "callcycle.db"

    @property
    def demo_db(self) -> str:
        """The URL of that database."""
        return f"sqlite:///{self.demo_file.as_posix()}"

    @property
    def usernames(self) -> tuple[str, ...]:
        """The names to log in with."""
        return tuple(user.username for user in self.users)

    @property
    def noon_of_today(self) -> datetime:
        """Noon of the sample's today, in its zone: the instant that the demo's records bear."""
        return datetime.combine(self.today, time(12), ZoneInfo(self.timezone))

    def file(self, kind: ImportKind) -> Path:
        """The file of a kind. Raises StopIteration when the sample has none."""
        return next(file.path for file in self.files if file.kind is kind)

    def worked(self, first: date, last: date) -> tuple[date, ...]:
        """The days from first to last, both included, on which the sample's reps work."""
        special = special_days(self.country, first, last).values()
        return working_days(
            first,
            last,
            weekdays=WORK_WEEKDAYS,
            holidays={day.date for day in special if not day.is_workday},
            made_up={day.date for day in special if day.is_workday},
        )


def files_in(folder: Path) -> tuple[SampleFile, ...]:
    """The files of a sample's folder, under the names that all samples use."""
    return (
        SampleFile(ImportKind.REPS, folder / "reps.csv"),
        SampleFile(ImportKind.TERRITORIES, folder / "territories.geojson"),
        SampleFile(ImportKind.CUSTOMERS, folder / "customers.csv"),
        SampleFile(ImportKind.VISITS, folder / "visits.csv"),
        SampleFile(ImportKind.SALES, folder / "sales.csv"),
        SampleFile(ImportKind.APPOINTMENTS, folder / "appointments.csv"),
        SampleFile(ImportKind.PROMISES, folder / "promises.csv"),
        SampleFile(ImportKind.POPULATION, folder / "population.csv"),
    )
