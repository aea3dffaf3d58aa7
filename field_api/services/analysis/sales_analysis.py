"""销售分析: sales by product and customer against a year before, the top tens, key customers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from crm.database import Database
from crm.rules.access import Asker
from crm.rules.sales_periods import (
    Period,
    Span,
    each_month,
    month_a_year_before,
    months_until,
    year_before,
)
from crm.spreadsheets.workbook import Column, Sheet, Value
from crm.store.analysis import region_years, sales_analysis, sales_sums
from crm.store.analysis.sales_analysis import Order, Sold
from crm.text import N_
from crm.vocabulary import Grade
from field_api.wording import Language, say
from maps import figures

TOP = 10
CENTS = 100
NARROW, WIDE = 16, 32


@dataclass(frozen=True, kw_only=True)
class SoldLine:
    """A product or a customer; `growth` against the year before and `margin` as shares of one,
    None where there is nothing to reckon them from; `share` of all sales."""

    name: str
    code: str
    grade: Grade | None
    customers: int
    amount: float
    before: float
    growth: float | None
    margin: float | None
    margin_amount: float
    share: float | None


@dataclass(frozen=True, kw_only=True)
class SalesPage:
    """`now` and `before` are the periods; `by_month` pairs each month's amount with that of a year
    before."""

    now: Span | None
    before: Span | None = None
    months: Period = Period.YEAR
    products: list[SoldLine] = field(default_factory=list)
    total: SoldLine | None = None
    top: dict[Order, list[SoldLine]] = field(default_factory=dict)
    by_month: list[tuple[date, float, float]] = field(default_factory=list)


def page(database: Database, asker: Asker, *, months: Period, product: str) -> SalesPage:
    """The months up to the newest sale, of one product where it is named."""
    with database.reading() as session:
        newest = region_years.newest_sale(session, asker)
        if newest is None:
            return SalesPage(now=None)
        now = months_until(newest, months)
        sums = sales_sums.sums(session, asker, months, now)
        sold = sales_analysis.by_product(session, sums)
        whole = _line(_sum(sold), sum(one.cents for one in sold))
        of = sum(one.cents for one in sold if not product or one.name == product)
        top = sales_analysis.by_customer(session, sums, product=product, grade=Grade.A, limit=TOP)
        counted = sales_analysis.by_month(session, asker, now, product)
    return SalesPage(
        now=now,
        before=year_before(now),
        months=months,
        products=[_line(one, whole.amount * CENTS) for one in sold],
        total=whole,
        top={order: [_line(one, of) for one in lines] for order, lines in top.items()},
        by_month=[
            (
                month,
                counted.get(month, 0) / CENTS,
                counted.get(month_a_year_before(month), 0) / CENTS,
            )
            for month in each_month(now)
        ],
    )


def sheet(found: SalesPage, language: Language) -> Sheet:
    """What the page shows, to take along: products, top tens and key customers."""
    heads = (
        (N_("List"), NARROW),
        (N_("Code"), NARROW),
        (N_("Name"), WIDE),
        (N_("Sales"), NARROW),
        (N_("A year before"), NARROW),
        (N_("Growth (%)"), NARROW),
        (N_("Margin"), NARROW),
        (N_("Margin (%)"), NARROW),
        (N_("Share of sales (%)"), NARROW),
    )
    lists: list[tuple[str, list[SoldLine]]] = [
        (N_("Products"), found.products),
        (N_("Top ten by sales"), found.top.get("sales", [])),
        (N_("Top ten by growth"), found.top.get("growth", [])),
        (N_("Top ten by margin"), found.top.get("margin", [])),
        (N_("Key customers"), found.top.get("key", [])),
    ]
    rows: list[Sequence[Value]] = [
        (
            say(language, title),
            line.code,
            line.name,
            round(line.amount, 2),
            round(line.before, 2),
            _percent(line.growth),
            round(line.margin_amount, 2),
            _percent(line.margin),
            _percent(line.share),
        )
        for title, lines in lists
        for line in lines
    ]
    return Sheet(
        title=say(language, N_("Sales analysis")),
        columns=[Column(heading=say(language, text), width=width) for text, width in heads],
        rows=rows,
        note=figures.days(*found.now, language) if found.now else "",
    )


def _line(sold: Sold, whole_cents: float) -> SoldLine:
    return SoldLine(
        name=sold.name,
        code=sold.code,
        grade=sold.grade,
        customers=sold.customers,
        amount=sold.cents / CENTS,
        before=sold.before_cents / CENTS,
        growth=(sold.cents - sold.before_cents) / sold.before_cents
        if sold.before_cents > 0
        else None,
        margin=sold.margin_cents / sold.margin_of_cents if sold.margin_of_cents > 0 else None,
        margin_amount=sold.margin_cents / CENTS,
        share=sold.cents / whole_cents if whole_cents > 0 else None,
    )


def _sum(sold: Sequence[Sold]) -> Sold:
    return Sold(
        name="",
        customers=0,
        cents=sum(one.cents for one in sold),
        before_cents=sum(one.before_cents for one in sold),
        margin_cents=sum(one.margin_cents for one in sold),
        margin_of_cents=sum(one.margin_of_cents for one in sold),
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)
