"""Who works where: territories with their customers, and what keeps them from being planned."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col

from crm.database import Database
from crm.errors import Refused
from crm.models import Customer
from crm.rules.access import OPERATOR, Asker
from crm.rules.territories import Overlap, membership, nearest, overlaps
from crm.store.analysis import sales
from crm.store.analysis.region_years import years_with_sales
from crm.store.customers import customers
from crm.store.people.organisation import reps_of
from crm.store.territories.territories import shape_of, territories_of
from crm.text import N_
from crm.vocabulary import CustomerStatus


@dataclass(frozen=True, kw_only=True)
class TerritoryRow:
    """A territory as listed. `customers` are the active ones in it."""

    code: str
    name: str
    rep_code: str
    rep_name: str
    customers: int


@dataclass(frozen=True, kw_only=True)
class Gap:
    """An active customer in no territory, and the nearest one (empty when there is none)."""

    code: str
    name: str
    nearest: str
    distance_km: float
    sales_cents: int = 0


@dataclass(frozen=True, kw_only=True)
class TerritoryProblems:
    """What is wrong with the territories; empty when every active customer lies in exactly one
    and every territory and rep have each other. Sales are those of `sales_year`, the last calendar
    year in which anything was bought (None: never): `stranded_sales_cents` of all customers who
    lie in no territory or in several."""

    gaps: tuple[Gap, ...]
    in_several: tuple[str, ...]  # codes of customers
    overlaps: tuple[Overlap, ...]
    without_rep: tuple[str, ...]  # codes of territories
    idle_reps: tuple[str, ...]  # codes of reps
    without_place: tuple[str, ...] = ()  # codes of active customers that nobody knows where to find
    sales_year: int | None = None
    stranded_sales_cents: int = 0

    @property
    def block_planning(self) -> bool:
        """Whether a customer would be visited by nobody or by two. A rep without a territory
        is named, and keeps nobody from planning, and so is a customer without a place."""
        return bool(self.gaps or self.in_several or self.overlaps or self.without_rep)


def problems(session: Session, asker: Asker = OPERATOR) -> TerritoryProblems:
    """What keeps the territories that the asker sees from being planned. Customers outside all
    territories belong to nobody: only those who see everything are told of them."""
    territories = territories_of(session, asker)
    shapes = [shape_of(t) for t in territories]
    active = customers.visible_to(asker).where(Customer.status == CustomerStatus.ACTIVE)
    rows = {
        id_ or 0: (code, name, lat, lon)
        for id_, code, name, lat, lon in session.connection().execute(
            active.where(customers.are_placed())
            .with_only_columns(
                col(Customer.id),
                col(Customer.code),
                col(Customer.name),
                col(Customer.lat),
                col(Customer.lon),
            )
            .order_by(col(Customer.code))
        )
    }
    found = membership([(id_, lat, lon) for id_, (_, _, lat, lon) in rows.items()], shapes)
    years = years_with_sales(session, asker)
    stranded = [*found.in_none, *found.in_several]
    bought = sales.of_year(session, asker, stranded, years[1]) if years else {}
    gaps = []
    for id_ in found.in_none:
        code, name, lat, lon = rows[id_]
        near, km = nearest(lat, lon, shapes) or ("", 0.0)
        gap = Gap(
            code=code, name=name, nearest=near, distance_km=km, sales_cents=bought.get(id_, 0)
        )
        gaps.append(gap)
    working = {t.rep_id for t in territories}
    return TerritoryProblems(
        gaps=tuple(gaps),
        in_several=tuple(rows[id_][0] for id_ in found.in_several),
        overlaps=tuple(overlaps(shapes)),
        without_rep=tuple(t.code for t in territories if t.rep_id is None),
        idle_reps=tuple(
            r.code for r in reps_of(session, asker) if r.active and r.id not in working
        ),
        without_place=without_place(session, asker),
        sales_year=years[1] if years else None,
        stranded_sales_cents=sum(bought.values()),
    )


def without_place(session: Session, asker: Asker) -> tuple[str, ...]:
    """The codes of the asker's active customers whose place nobody knows: they are planned by
    nobody until it is found or settled."""
    waiting = customers.visible_to(asker).where(
        Customer.status == CustomerStatus.ACTIVE, ~customers.are_placed()
    )
    codes = waiting.with_only_columns(col(Customer.code)).order_by(col(Customer.code))
    return tuple(session.connection().execute(codes).scalars())


def overview(
    database: Database, asker: Asker = OPERATOR
) -> tuple[list[TerritoryRow], TerritoryProblems]:
    """The territories that the asker sees with their active customers, and what is wrong."""
    with database.reading() as session:
        reps = {rep.id: rep for rep in reps_of(session, asker)}
        active = customers.visible_to(asker).where(Customer.status == CustomerStatus.ACTIVE)
        homes = session.connection().execute(active.with_only_columns(col(Customer.territory_id)))
        counts = Counter(homes.scalars())
        rows = []
        for t in territories_of(session, asker):
            rep = reps.get(t.rep_id)
            rows.append(
                TerritoryRow(
                    code=t.code,
                    name=t.name,
                    rep_code=rep.code if rep else "",
                    rep_name=rep.name if rep else "",
                    customers=counts[t.id],
                )
            )
        return rows, problems(session, asker)


class UnsettledTerritories(Refused):
    """A customer would be visited by nobody, or by two."""


def refuse_if_unsettled(session: Session, asker: Asker = OPERATOR) -> None:
    """Raise `UnsettledTerritories`, with counts and the first names, when the territories do
    not give every active customer exactly one rep."""
    found = problems(session, asker)
    if not found.block_planning:
        return
    raise UnsettledTerritories(
        N_(
            "The territories cannot be planned: {gaps} active customers in none ({in_none}), "
            "{several} in several ({in_several}), {overlaps} overlaps ({pairs}), {without_rep} "
            "territories without a rep ({territories}). `callcycle territories` lists them all."
        ),
        gaps=len(found.gaps),
        in_none=first_of(gap.code for gap in found.gaps),
        several=len(found.in_several),
        in_several=first_of(found.in_several),
        overlaps=len(found.overlaps),
        pairs=first_of(f"{o.first}+{o.second}" for o in found.overlaps),
        without_rep=len(found.without_rep),
        territories=first_of(found.without_rep),
    )


def first_of(codes: Iterable[str], shown: int = 5) -> str:
    """The first few codes, told that there are more; a dash for none."""
    listed = list(codes)
    return ", ".join(listed[:shown]) + (", …" if len(listed) > shown else "") or "-"
