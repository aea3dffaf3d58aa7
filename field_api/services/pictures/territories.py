"""Territories as views: who works where, with how many hours, and what is planned there."""

import json
from collections import Counter

from sqlmodel import Session, col

from crm.models import Customer, Rep, Territory
from crm.rules.access import Asker
from crm.rules.territories import membership
from crm.store.customers import customers
from crm.store.people import organisation
from crm.store.territories import territories as store
from crm.text import N_
from crm.vocabulary import CustomerStatus
from field_api.services.pictures.customers import period_of
from field_api.services.plans.published import Published
from field_api.wording import Language, say
from maps.views import (
    CoverageView,
    CustomerPoint,
    TerritoriesView,
    TerritoryCoverage,
    TerritoryView,
)


def territories_view(
    session: Session,
    asker: Asker,
    published: list[Published],
    points: list[CustomerPoint],
    language: Language,
) -> TerritoriesView:
    """拜访区域 with hours needed against hours there are. A rep's hours are shown with the first
    of the rep's territories."""
    rows = store.territories_of(session, asker)
    shapes = [store.shape_of(row) for row in rows]
    found = membership([(n, p.lat, p.lon) for n, p in enumerate(points)], shapes)
    counts, reps = _customers_in(session, asker), _reps(session, asker)
    figures = {one.rep.id: one.figures for one in published}
    views = []
    for row in rows:
        hours = figures.pop(row.rep_id or 0, {})
        views.append(
            TerritoryView(
                code=row.code,
                name=row.name,
                rep_name=_name(reps, row),
                geometry=json.loads(row.geometry),
                customers=counts[row.id],
                needed_s=hours.get("needed_s", 0),
                available_s=hours.get("available_s", 0),
            )
        )
    return TerritoriesView(
        title=say(language, N_("Territories")),
        territories=tuple(views),
        outside=tuple(points[n] for n in found.in_none),
        shared=tuple(points[n] for n in found.in_several),
        period=period_of(published, language),
    )


def coverage_view(
    session: Session,
    asker: Asker,
    published: list[Published],
    points: list[CustomerPoint],
    language: Language,
) -> CoverageView:
    """覆盖率: visits planned against visits due, territory by territory."""
    rows = store.territories_of(session, asker)
    homes = {card.code: card.territory_id for one in published for card in one.cards.values()}
    required: Counter[int | None] = Counter()
    planned: Counter[int | None] = Counter()
    overdue: Counter[int | None] = Counter()
    for one in published:
        required.update(homes.get(visit.customer_id) for visit in one.problem.visits)
        planned.update(homes.get(s.customer_id) for r in one.plan.routes for s in r.stops)
        overdue.update(homes.get(code) for code in _overdue(one))
    counts, reps = _customers_in(session, asker), _reps(session, asker)
    return CoverageView(
        title=say(language, N_("Coverage: visits planned against visits due")),
        territories=tuple(
            TerritoryCoverage(
                code=row.code,
                name=row.name,
                rep_name=_name(reps, row),
                geometry=json.loads(row.geometry),
                customers=counts[row.id],
                required=required[row.id],
                planned=planned[row.id],
                overdue=overdue[row.id],
            )
            for row in rows
        ),
        missed=tuple(point for point in points if point.state in ("unserved", "late")),
        period=period_of(published, language),
    )


def _overdue(one: Published) -> list[str]:
    """Customers whose longest gap had passed before the cycle began."""
    return [
        customer.id
        for customer in one.problem.customers
        if customer.last_visit is not None
        and customer.max_gap_days is not None
        and (one.problem.first_day - customer.last_visit).days > customer.max_gap_days
    ]


def _customers_in(session: Session, asker: Asker) -> Counter[int | None]:
    active = customers.visible_to(asker).where(Customer.status == CustomerStatus.ACTIVE)
    homes = session.connection().execute(active.with_only_columns(col(Customer.territory_id)))
    return Counter(homes.scalars())


def _reps(session: Session, asker: Asker) -> dict[int | None, Rep]:
    return {rep.id: rep for rep in organisation.reps_of(session, asker)}


def _name(reps: dict[int | None, Rep], row: Territory) -> str:
    rep = reps.get(row.rep_id) if row.rep_id is not None else None
    return rep.name if rep else ""
