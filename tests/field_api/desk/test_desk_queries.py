"""No page of the desk asks the database more often because there are more rows: each is opened on
a company and on one four times as large. The table fills itself from the routes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from crm.database import Database
from crm.models import BulkChange, DuplicatePair, ImportBatch, Job
from crm.rules.access import OPERATOR
from crm.store.house import audit
from crm.vocabulary import BulkKind, ImportKind, JobState
from field_api import deps
from field_api.app import create_app
from field_api.demo_data.make import make
from field_api.demo_data.size import Size
from field_api.jobs.handlers import territory_proposals
from field_api.services.import_drafts import steps
from field_api.settings import load_settings
from field_api.uploads import SentFile
from tests.support import desk_pages

NOW = datetime(2026, 11, 18, 8, tzinfo=UTC)
PEOPLE = ("manager", "director", "gm")
SMALL, LARGE = Size.of(60, reps=12), Size.of(240, reps=48)  # two districts, and five
MOST = 60  # a page that asks more often has something else wrong


class Company:
    """A made-up company behind an app."""

    def __init__(self, folder, size: Size) -> None:
        self.database = Database(f"sqlite:///{folder / 'callcycle.db'}")
        self.database.migrate()
        make(self.database, size, password_hash="!", now=NOW)
        with self.database.writing(at=NOW) as session:
            for number in range(size.reps):
                add_office_work(session, number)
        begin_import(self.database, rows=size.reps)
        settings = load_settings(
            db=self.database.url, timezone="Asia/Shanghai", secret="s" * 40, data_dir=str(folder)
        )
        self.app = create_app(settings, self.database)
        self.app.dependency_overrides[deps.now] = lambda: NOW
        tokens = {p: desk_pages.token(self.app, self.database, p, NOW) for p in PEOPLE}
        self.clients = {
            person: TestClient(self.app, headers={"Authorization": f"Bearer {token}"})
            for person, token in tokens.items()
        }

    def asked(self, person: str, path: str) -> tuple[int, list[str]]:
        """The status of a page, and what it asked the database."""
        with self.database.reading() as session:
            address = desk_pages.address(session, path)
        assert address is not None, f"tests.support.desk_pages knows no example for {path}"
        with desk_pages.statements(self.database) as found:
            status = self.clients[person].get(address, headers={"Accept": "text/html"}).status_code
        return status, found


def add_office_work(session, number: int) -> None:
    """Jobs, imported files and entries of the audit trail: as many as there are reps."""
    session.add(
        Job(
            id=UUID(int=number + 1),
            kind="plan_rep",
            rep_id=number + 1,
            created_at=NOW - timedelta(hours=number),
            not_before=NOW,
            state=JobState.FAILED,
            error="x",
        )
    )
    session.add(
        ImportBatch(
            kind=ImportKind.CUSTOMERS,
            filename=f"{number}.csv",
            imported_at=NOW,
            added=1,
            changed=0,
            unchanged=0,
        )
    )
    session.add(
        Job(
            id=UUID(int=1000 + number),
            kind=territory_proposals.KIND,
            created_at=NOW,
            not_before=NOW,
            state=JobState.FAILED,
            error="x",
        )
    )
    session.add(
        DuplicatePair(first_id=1, second_id=number + 2, percent=90, name_percent=90, found_at=NOW)
    )
    session.add(BulkChange(id=UUID(int=number + 1), kind=BulkKind.TRADE, made_at=NOW))
    audit.record(session, "x", noun="customer", key="C000001", changes=[("city", "a", "b")])


def begin_import(database: Database, *, rows: int) -> None:
    """A file of so many new customers that nobody has taken in yet."""
    lines = [f"N{number},Shop {number},35.9,14.5" for number in range(rows)]
    file = SentFile(name="new.csv", content="\n".join(["code,name,lat,lon", *lines]).encode())
    steps.begin(database, OPERATOR, ImportKind.CUSTOMERS, file, today=NOW.date(), now=NOW)


@pytest.fixture(scope="module")
def companies(tmp_path_factory):
    made = [
        Company(tmp_path_factory.mktemp(name), size)
        for name, size in (("small", SMALL), ("large", LARGE))
    ]
    yield made
    for company in made:
        company.database.close()


@pytest.fixture(scope="module")
def all_paths(companies):
    return desk_pages.paths(companies[0].app)


def test_pages_are_found(all_paths):
    assert "/desk" in all_paths


@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_asks_more_often_where_there_is_more(companies, all_paths, person):
    small, large = companies
    growing = {}
    for path in all_paths:
        small.asked(person, path)  # what is prepared once is prepared
        (status, few), (also, many) = small.asked(person, path), large.asked(person, path)
        assert status == also, path
        assert status < 500, path
        if len(many) > len(few) or len(many) > MOST:
            growing[path] = (len(few), len(many), most_repeated(many))
    assert not growing


def most_repeated(asked: list[str]) -> str:
    """The statement that was asked most often."""
    return max(set(asked), key=asked.count)[:400]
