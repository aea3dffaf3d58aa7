"""Apps lent to tests: putting a hundred routes together costs more than most tests do.

An app is lent to one test at a time and furnished anew for each; `take_back` ends the loans.
"""

import gc
from collections.abc import Hashable

from fastapi import FastAPI

from crm.database import Database
from field_api.app import create_app, furnish
from field_api.body_limits import UPLOADS
from field_api.settings import Settings

_free: dict[Hashable, list[FastAPI]] = {}
_lent: list[tuple[Hashable, FastAPI]] = []


def lend(settings: Settings, database: Database) -> FastAPI:
    """An app with these settings on a database, as new."""
    key = _built_in(settings)
    free = _free.setdefault(key, [])
    if free:
        app = free.pop()
        app.dependency_overrides.clear()
        furnish(app, settings, database)
    else:
        app = create_app(settings, database)
    _lent.append((key, app))
    return app


def _built_in(settings: Settings) -> Hashable:
    """What of the settings is in an app for good; `furnish` sees to the rest."""
    limits = (getattr(settings, upload.setting) for upload in UPLOADS)
    return settings.tls, settings.max_body_bytes, *limits


def take_back() -> None:
    """What was lent may be lent again."""
    while _lent:
        key, app = _lent.pop()
        _free[key].append(app)
    gc.unfreeze()  # each app that ran has frozen what was there, the leavings of tests too
