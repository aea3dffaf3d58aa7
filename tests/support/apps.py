"""Apps lent to tests: putting a hundred routes together costs more than most tests do.

An app is lent to one test at a time and furnished anew for each; `take_back` ends the loans.
"""

from fastapi import FastAPI

from crm.database import Database
from field_api.app import create_app, furnish
from field_api.settings import Settings

_free: dict[str, list[FastAPI]] = {}
_lent: list[tuple[str, FastAPI]] = []


def lend(settings: Settings, database: Database) -> FastAPI:
    """An app with these settings on a database, as new."""
    key = repr(sorted(settings.model_dump(exclude={"db", "data_dir"}).items(), key=str))
    free = _free.setdefault(key, [])
    if free:
        app = free.pop()
        app.dependency_overrides.clear()
        furnish(app, settings, database)
    else:
        app = create_app(settings, database)
    _lent.append((key, app))
    return app


def take_back() -> None:
    """What was lent may be lent again."""
    while _lent:
        key, app = _lent.pop()
        _free[key].append(app)
