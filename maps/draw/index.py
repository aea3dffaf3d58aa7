"""The first page of a run: its maps, and the reps' cycles in figures. It needs no script."""

from __future__ import annotations

from pathlib import Path

from maps import assets, figures
from maps.labels import label
from maps.page import shell, write_page
from maps.safe_text import for_html
from maps.views import IndexView, Language, RepSummary

FULL = 100


def write(path: Path, view: IndexView, *, language: Language = "en") -> None:
    """Write the page beside the maps it links."""
    write_page(path, html(view, language=language))


def html(view: IndexView, *, language: Language = "en") -> str:
    """The page. `href`s lead to files beside it; anything else is refused by a `ValueError`."""
    cards = "\n".join(
        f'<li><a href="{_href(one.href)}"><b>{for_html(one.title)}</b>'
        f"<span>{for_html(one.text)}</span></a></li>"
        for one in view.maps
    )
    notes = for_html(" · ".join(view.notes))
    main = f"""<main class="index">
<h2>{label(language, "index.maps")}</h2>
<ul class="maps">
{cards}
</ul>
{_table(view.reps, language) if view.reps else ""}
<p class="notes">{notes}</p>
</main>"""
    return shell(
        title=view.title,
        subtitle=view.period,
        main=main,
        style=assets.own_styles("colours", "page", "index"),
        scripts=(),
        body_class="index",
        language=language,
    )


def _table(reps: tuple[RepSummary, ...], language: Language) -> str:
    heads = ("rep", "days", "visits", "a_day", "travel", "distance", "hours")
    cells = "".join(f'<th scope="col">{label(language, f"index.{head}")}</th>' for head in heads)
    rows = "\n".join(_row(one, _name(one, language), language) for one in reps)
    every = RepSummary(
        rep_name="",
        href=None,
        field_days=sum(one.field_days for one in reps),
        visits=sum(one.visits for one in reps),
        required=sum(one.required for one in reps),
        travel_s=sum(one.travel_s for one in reps),
        travel_m=sum(one.travel_m for one in reps),
        needed_s=sum(one.needed_s for one in reps),
        available_s=sum(one.available_s for one in reps),
    )
    total = _row(every, label(language, "index.total"), language)
    return f"""<h2>{label(language, "index.reps")}</h2>
<div class="wide"><table>
<thead><tr>{cells}</tr></thead>
<tbody>
{rows}
</tbody>
<tfoot>{total}</tfoot>
</table></div>"""


def _name(one: RepSummary, language: Language) -> str:
    name = for_html(one.rep_name)
    if one.href is None:
        return name
    title = for_html(label(language, "index.open", name=one.rep_name))
    return f'<a href="{_href(one.href)}" title="{title}">{name}</a>'


def _row(one: RepSummary, name: str, language: Language) -> str:
    """A row of the table; `name` is HTML."""
    visits = label(language, "of", part=f"{one.visits:,}", whole=f"{one.required:,}")
    a_day = f"{one.visits / one.field_days:.1f}" if one.field_days else "–"
    load = figures.percent_up(one.needed_s, one.available_s)
    hours = label(
        language,
        "territories.hours",
        needed=figures.hours(one.needed_s, language),
        available=figures.hours(one.available_s, language),
    )
    width = min(FULL, FULL * one.needed_s // one.available_s) if one.available_s else 0
    over = " over" if one.needed_s > one.available_s else ""
    texts = (
        f"{one.field_days:,}",
        visits,
        a_day,
        figures.duration(one.travel_s, language),
        figures.distance(one.travel_m, language),
    )
    return (
        f'<tr><th scope="row">{name}</th>'
        + "".join(f"<td>{text}</td>" for text in texts)
        + f'<td class="load{over}"><b>{load}</b> <span class="bar"><i style="width:{width}%"></i>'
        f"</span><small>{hours}</small></td></tr>"
    )


def _href(href: str) -> str:
    if ":" in href or href.startswith("/") or "\\" in href:
        raise ValueError(f"{href!r} is not the name of a file beside the index")
    return for_html(href)
