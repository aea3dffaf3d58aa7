"""Files to import, written as people would send them."""

from datetime import date
from pathlib import Path

from sqlmodel import SQLModel, select

from crm.database import Database
from crm.models import Customer, District, Rep, Territory
from crm.vocabulary import ImportKind
from field_api.services.imports import ImportOutcome, import_file

TODAY = date(2026, 11, 27)
TELLING_TABLES = ("import_batch", "audit_entry", "field_change")
HEADING = "code,name,lat,lon"
REPS = (
    "code,name,district_code,start_lat,start_lon\nR1,Anna,MT,35.90,14.51\nR2,Mark,MT,35.90,14.51\n"
)
SQUARE = "POLYGON((14.4 35.8, 14.6 35.8, 14.6 36.0, 14.4 36.0, 14.4 35.8))"
TERRITORIES = f'code,name,rep_code,geometry\nT1,Valletta,R1,"{SQUARE}"\n'
CUSTOMERS = f"{HEADING}\nC1,Café,35.89,14.51\nC2,Bar,35.91,14.50\n"


def bring(
    database: Database,
    folder: Path,
    kind: str,
    content: str | bytes,
    name: str = "file.csv",
    **how: object,
) -> ImportOutcome:
    """Import this content as a file of the kind."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_file(database, path, ImportKind(kind), **({"today": TODAY} | how))


def with_customers(database: Database, folder: Path) -> Database:
    """Two reps, a territory of the first, two customers in it."""
    for kind, content in (("reps", REPS), ("territories", TERRITORIES), ("customers", CUSTOMERS)):
        assert bring(database, folder, kind, content).added > 0
    return database


def problems_of(outcome: ImportOutcome) -> list[tuple[int, str]]:
    """(line, problem) of what was rejected."""
    return [(f.line, f.problem.format(**f.params)) for f in outcome.rejected]


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but what only tells of imports, without their versions, which go up
    also where a change is taken back."""
    with database.reading() as session:
        return {
            table.name: [
                tuple(value for name, value in row.items() if name != "version")
                for row in session.connection().execute(table.select()).mappings()
            ]
            for table in SQLModel.metadata.sorted_tables
            if table.name not in TELLING_TABLES
        }


def by_code(database: Database, model: type[SQLModel], code: str) -> SQLModel:
    """A row by its code, detached."""
    with database.reading() as session:
        row = session.exec(select(model).where(model.code == code)).one()
        session.expunge(row)
        return row


def customer(database: Database, code: str) -> Customer:
    return by_code(database, Customer, code)


def rep(database: Database, code: str) -> Rep:
    return by_code(database, Rep, code)


def territory(database: Database, code: str) -> Territory:
    return by_code(database, Territory, code)


def district(database: Database, code: str) -> District:
    return by_code(database, District, code)
