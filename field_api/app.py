"""The HTTP service: routers, one form of error, and headers that keep browsers careful."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from crm.database import Database
from field_api import errors, house, openapi
from field_api.body_limits import PREFIX, BodyLimits
from field_api.deps import now
from field_api.house import House
from field_api.middleware import BodyLimit, CarefulHeaders, Observed
from field_api.roads.engine import backgrounds_folder
from field_api.routers import (
    appointments,
    approvals,
    attachments,
    audit,
    auth,
    calendars,
    corrections,
    customers,
    day_changes,
    days,
    desk,
    exports,
    file_verifications,
    files,
    geocoding,
    grading_policies,
    grading_runs,
    hand_overs,
    health,
    imports,
    messages,
    organisation,
    pages,
    peak_hours,
    people,
    person_relations,
    plan_wishes,
    planning_runs,
    plans,
    promises,
    reference,
    region_years,
    rep_figures,
    report_forms,
    scenarios,
    territories,
    territory_proposals,
    visit_reports,
)
from field_api.settings import Settings
from maps.background import look_in

NOUNS = (  # in the order in which the reference tells of them
    auth,
    people,
    person_relations,
    hand_overs,
    organisation,
    peak_hours,
    customers,
    corrections,
    files,
    file_verifications,
    geocoding,
    grading_policies,
    grading_runs,
    territories,
    territory_proposals,
    region_years,
    scenarios,
    plans,
    plan_wishes,
    planning_runs,
    days,
    day_changes,
    rep_figures,
    calendars,
    visit_reports,
    report_forms,
    attachments,
    promises,
    appointments,
    approvals,
    messages,
    imports,
    exports,
    audit,
)
GARBAGE_AFTER = (20_000, 20, 20)  # objects made, and rounds of younger ones
TITLE = "Callcycle"
API_VERSION = "1.0"  # of what goes over the wire, not of the product
DESCRIPTION = (
    "Plans whom a sales team visits, when, and by which way, and carries the team through the day."
)


def create_app(settings: Settings, database: Database) -> FastAPI:
    """The service on a migrated database; the caller closes the database afterwards."""
    app = FastAPI(
        title=TITLE,
        description=DESCRIPTION,
        version=API_VERSION,
        lifespan=_lifespan,
        generate_unique_id_function=openapi.operation_id,
        docs_url=None,  # the pages that FastAPI brings load scripts from elsewhere
        redoc_url=None,
        middleware=[
            Middleware(Observed),
            Middleware(CarefulHeaders, tls=settings.tls),
            Middleware(BodyLimit, limits=BodyLimits(settings)),
        ],
    )
    furnish(app, settings, database)
    for part in NOUNS:
        app.include_router(part.router, prefix=PREFIX)
    app.include_router(calendars.feed)
    app.include_router(health.router)
    app.include_router(reference.router)
    app.include_router(pages.router)
    app.include_router(desk.router)
    errors.install(app)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    return app


def furnish(app: FastAPI, settings: Settings, database: Database) -> None:
    """Give an app the parts that its requests share, on a database."""
    look_in(backgrounds_folder(settings.data_dir))
    app.state.house = house.built(settings, database, now=partial(_now, app))


def _document(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = openapi.document(app, DESCRIPTION)
    return app.openapi_schema


def _now(app: FastAPI) -> datetime:
    """By the clock of requests: the demo and tests put their own in its place."""
    other: Callable[[], datetime] | None = app.dependency_overrides.get(now)
    return other() if other else datetime.now(UTC)


def _settle_memory() -> None:
    """What stands for good is not looked through for garbage again and again while people wait:
    each time that is a tenth of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_AFTER)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """While the service runs, its supervisor does."""
    parts: House = app.state.house
    current_default_thread_limiter().total_tokens = parts.settings.threads
    if parts.settings.jobs == "here":
        parts.supervisor.start()
    parts.supervisor.workers.open()
    _settle_memory()
    yield
    parts.ending.set()
    await run_in_threadpool(parts.supervisor.stop)
