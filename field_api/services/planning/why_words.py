"""Explanations in short sentences that a sales person understands."""

from collections.abc import Iterable
from datetime import date

from crm.text import N_
from field_api.services.planning.reasons import reason_in_words, remedy_of
from field_api.services.planning.why import Explained
from field_api.wording import Language, listed, say
from maps.figures import clock, clock_span, day
from routing.explain import Cost, Elsewhere, WhyHere, WhyNot
from routing.reasons import Anchor, Bar

DAYS_SHOWN = 5
INDENT = "  "

BARS: dict[Bar, str] = {
    Bar.FROZEN: N_("the day has begun"),
    Bar.ACTIVE: N_("the customer is not active"),
    Bar.REP: N_("not a rep of this customer"),
    Bar.DATES: N_("outside the visit's dates"),
    Bar.PIN: N_("somebody fixed another day"),
    Bar.WEEKDAY: N_("not a weekday of this customer"),
    Bar.PATTERN: N_("not a day of this customer's pattern"),
    Bar.JOINT: N_("the other person is not there"),
    Bar.GAP: N_("too near to or too far from the customer's other visits"),
    Bar.ROAD: N_("no road leads there and back"),
    Bar.CLOSED_DATE: N_("the customer is closed that day"),
    Bar.UNFIT_TIME: N_("open only at times unfit for visits"),
    Bar.OPEN_HOURS: N_("the customer is not open when the rep could be there"),
    Bar.SERVICE: N_("longer than the customer is open to visits"),
    Bar.MAX_VISITS: N_("the rep makes no more visits that day"),
    Bar.LOAD: N_("the vehicle carries no more"),
    Bar.MAX_DRIVING: N_("the rep would be on the road too long"),
    Bar.MAX_DURATION: N_("the rep would be away too long"),
    Bar.DAY_END: N_("the rep would be back too late"),
    Bar.APPOINTMENT: N_("another visit holds that time"),
    Bar.LUNCH: N_("no time would be left for the break"),
    Bar.SEVERAL: N_("the other visits leave no room"),
}

ANCHORS: dict[Anchor, str] = {
    Anchor.APPOINTMENT: N_("At {time}, as agreed with the customer."),
    Anchor.JOINT: N_("At {time}: two people meet there then."),
    Anchor.OPENS: N_("At {time}: the customer receives from then on."),
    Anchor.LUNCH: N_("At {time}, after the break."),
    Anchor.ARRIVAL: N_("At {time}, on arrival from {before}."),
    Anchor.DAY_BEGIN: N_("At {time}, the first visit of the day, as early as can be."),
    Anchor.CHOSEN: N_("At {time}; it could begin earlier."),
}

PARTS: dict[str, str] = {
    "travel_s": N_("on the road {minutes}"),
    "money_s": N_("for kilometres {minutes}"),
    "spacing_s": N_("off the due date {minutes}"),
    "owner_s": N_("not by its own rep {minutes}"),
    "nearness_s": N_("off the published day {minutes}"),
    "balance_s": N_("uneven days {minutes}"),
}


def in_words(language: Language, explained: Explained) -> list[str]:
    """The explanation of one visit, a sentence or an entry a line; the first line names it."""
    if isinstance(explained.answer, WhyHere):
        return _planned(language, explained, explained.answer)
    return _missed(language, explained, explained.answer)


def _planned(language: Language, explained: Explained, here: WhyHere) -> list[str]:
    title = N_("{customer}: {day}, {time}, rep {rep} (visit {visit}).")
    lines = [
        say(
            language,
            title,
            customer=_customer(explained, here.customer_id),
            day=day(here.date, language),
            time=clock_span(here.begin_s, here.end_s),
            rep=here.rep_id,
            visit=here.visit_id,
        )
    ]
    before = _of_visit(explained, here.after) if here.after else ""
    lines.append(say(language, ANCHORS[here.anchor], time=clock(here.begin_s), before=before))
    if here.first_s < here.last_s:
        text = N_("It could begin from {first} to {last} with all other visits as they are.")
        span = {"first": clock(here.first_s), "last": clock(here.last_s)}
        lines.append(say(language, text, **span))
    lines.append(_why_that_day(language, here))
    lines += [INDENT + line for line in _prices(language, here)]
    lines += _barred(language, ((e.bar, e.date) for e in here.elsewhere if e.bar is not None))
    return [lines[0], *(INDENT + line for line in lines[1:])]


def _missed(language: Language, explained: Explained, missed: WhyNot) -> list[str]:
    unserved = missed.unserved
    lines = [
        say(
            language,
            N_("{customer}: no place (visit {visit})."),
            customer=_customer(explained, unserved.customer_id),
            visit=unserved.visit_id,
        )
    ]
    text = N_("Why: {reason} ({code}).")
    reason = reason_in_words(language, unserved.code)
    lines.append(say(language, text, reason=reason, code=unserved.code.value))
    if "by" in unserved.params:
        named = str(unserved.params["by"]).split(", ")
        text = N_("On {day} it would fit in the place of one of these: {customers}.")
        when = day(date.fromisoformat(str(unserved.params["date"])), language)
        customers = listed(language, (_of_visit(explained, visit_id) for visit_id in named))
        lines.append(say(language, text, day=when, customers=customers))
    for remedy in missed.remedies:
        would = remedy_of(language, remedy)
        lines.append(say(language, N_("would fit with: {remedy}"), remedy=would))
    if not missed.remedies:
        lines.append(say(language, N_("No single change would let it in.")))
    lines += _barred(language, ((t.bar, t.date) for t in missed.tries if t.bar is not None))
    return [lines[0], *(INDENT + line for line in lines[1:])]


def _why_that_day(language: Language, here: WhyHere) -> str:
    cheapest = here.cheapest
    if cheapest is None or cheapest.cost is None:
        return say(language, N_("No other day can hold it as the plan stands."))
    if cheapest.cost.total_s < 0:
        return say(language, N_("Another day would be better by the planner's own sum:"))
    return say(language, N_("Every other day would cost more, in minutes on the road:"))


def _prices(language: Language, here: WhyHere) -> list[str]:
    """The cheapest other days, one a line."""
    priced = [(other.cost.total_s, n) for n, other in enumerate(here.elsewhere) if other.cost]
    lines = [_price(language, here.elsewhere[n]) for _, n in sorted(priced)[:DAYS_SHOWN]]
    if len(priced) > DAYS_SHOWN:
        more = len(priced) - DAYS_SHOWN
        lines.append(say(language, N_("… and {count} more"), count=more))
    return lines


def _price(language: Language, other: Elsewhere) -> str:
    """A day with what it would cost more, and of what that is made up."""
    cost = other.cost or Cost()
    parts = listed(
        language,
        (
            say(language, text, minutes=_signed(getattr(cost, name)))
            for name, text in PARTS.items()
            if _signed(getattr(cost, name)) != _signed(0)
        ),
    )
    text = N_("{day} at {time}, rep {rep}: {minutes} ({parts})")
    return say(
        language,
        text,
        day=day(other.date, language),
        time=clock(other.begin_s or 0),
        rep=other.rep_id,
        minutes=_signed(cost.total_s),
        parts=parts or "0",
    )


def _barred(language: Language, barred: Iterable[tuple[Bar, date]]) -> list[str]:
    """One line for each rule, with the days that it forbids."""
    by_bar: dict[Bar, list[date]] = {}
    for bar, when in barred:
        by_bar.setdefault(bar, []).append(when)
    lines = []
    for bar, dates in by_bar.items():
        distinct = list(dict.fromkeys(dates))
        shown = listed(language, (day(when, language) for when in distinct[:DAYS_SHOWN]))
        if len(distinct) > DAYS_SHOWN:
            more = len(distinct) - DAYS_SHOWN
            shown += " " + say(language, N_("… and {count} more"), count=more)
        text = N_("Not on {days}: {rule}.")
        lines.append(say(language, text, days=shown, rule=say(language, BARS[bar])))
    return lines


def _signed(seconds: int) -> str:
    """Weighted seconds as minutes: +12, -3, 0."""
    minutes = (abs(seconds) + 30) // 60
    if not minutes:
        return "0"
    return f"+{minutes}" if seconds > 0 else f"-{minutes}"


def _customer(explained: Explained, customer_id: str) -> str:
    name = explained.published.customers[customer_id].name
    return f"{customer_id} {name}".strip()


def _of_visit(explained: Explained, visit_id: str) -> str:
    customer_id = explained.published.visits[visit_id].customer_id
    grade = explained.published.customers[customer_id].grade
    return f"{_customer(explained, customer_id)} ({grade})"
