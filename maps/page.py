"""One map as one file: folium's map in a frame of ours, with everything it needs inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import Figure, MacroElement
from jinja2 import Template

from maps import assets, background
from maps.labels import group, label
from maps.safe_text import for_folium, for_html, json_for_script
from maps.shown import ground_on
from maps.views import Language, LatLon, Tiles

PADDING_DEGREES = 0.005  # around a single point
COMMON_LABELS = ("code", "close", "distance.", "legend", "grade", "state.", "empty")
SHELL = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Callcycle">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body class="{body_class}">
<header class="top">
<h1>{title}</h1>
<p class="subtitle">{subtitle}</p>
</header>
{main}
{scripts}
</body>
</html>
"""
MAP_MAIN = """<main class="picture">
<div class="ground">
{folium}
<div class="north" aria-hidden="true"><svg viewBox="0 0 12 14" width="12" height="14"><path
d="M6 0 11 13 6 10 1 13Z"/></svg>{north}</div>
<p class="credits">{credits}</p>
<section class="card" id="card" hidden></section>
</div>
<aside class="panel" id="panel"></aside>
</main>
<script type="application/json" id="view">{view}</script>"""


class PlainMap(folium.Map):
    """folium's map without the scripts and styles it would fetch from elsewhere."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (declared so by folium)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012


class Picture(MacroElement):
    """Hands folium's map to the script that draws our view on it."""

    def __init__(self, name: str) -> None:
        """`name` is the function `callcycle.<name>` in `assets/<name>.js`."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Picture"
        self._template = Template(
            "{% macro script(this, kwargs) %}"
            f"callcycle.start(callcycle.{name}, {{{{ this._parent.get_name() }}}});"
            "{% endmacro %}"
        )


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a picture adds to the common frame. `picture` and `scripts` name files
    in `assets/`; `view` is data for them; `points` are (lat, lon) pairs that the map shows at
    first and by which the background is chosen. One that `saves` may ask the host it came from. A
    `bare` one stands in a frame of a page that says the rest: the map alone with its card."""

    picture: str
    scripts: Sequence[str] = ()
    title: str
    subtitle: str
    view: dict[str, Any]
    points: Sequence[LatLon]
    language: Language
    labels: Sequence[str] = ()
    attribution: Iterable[str] = field(default_factory=tuple)
    saves: bool = False
    bare: bool = False

    def html(self, tiles: Tiles | None = None) -> str:
        """The whole file. With `tiles` the tile server's picture lies over the drawn ground,
        which is seen where the server does not answer."""
        ground = ground_on(background.best_for(self.points), tiles)
        credits_ = dict.fromkeys(self.attribution)
        if tiles:
            credits_ |= {label(self.language, "tiles", attribution=tiles.attribution): None}
        if ground:
            credits_ |= {ground["attribution"]: None}
        view = self.view | {
            "bounds": bounds(self.points),
            "ground": ground,
            "tiles": bool(tiles),
            "labels": group(self.language, *COMMON_LABELS, *self.labels),
        }
        figure = _figure(self.picture, tiles)
        main = MAP_MAIN.format(
            folium=figure.html.render(),
            north=label(self.language, "north"),
            credits=" · ".join(for_html(text) for text in credits_),
            view=json_for_script(view),
        )
        scripts = (
            *assets.scripts("page", "ground", *self.scripts, self.picture),
            figure.script.render(),
        )
        return shell(
            title=self.title,
            subtitle=self.subtitle,
            main=main,
            style=assets.styles("colours", "page", "map", *self.scripts, self.picture),
            scripts=scripts,
            body_class=f"{self.picture} bare" if self.bare else self.picture,
            language=self.language,
            images_from=tiles,
            saves=self.saves,
        )


def shell(
    *,
    title: str,
    subtitle: str,
    main: str,
    style: str,
    scripts: Sequence[str],
    body_class: str,
    language: Language,
    images_from: Tiles | None = None,
    saves: bool = False,
) -> str:
    """An HTML page whose policy lets only these scripts run, and only the tile server be asked.
    `main` and `style` are ours; `title` and `subtitle` may be anything."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts) or "'none'"
    images = "data:"
    if images_from:
        parts = urlsplit(images_from.url.replace("{s}", "*"))
        images += f" {parts.scheme}://{parts.netloc}" if parts.netloc else " 'self'"
    asks = "connect-src 'self'; " if saves else ""
    policy = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        f"img-src {images}; {asks}base-uri 'none'; form-action 'none'"
    )
    return SHELL.format(
        lang=label(language, "html.lang"),
        policy=for_html(policy).replace("&#x27;", "'"),
        title=for_html(title),
        subtitle=for_html(subtitle),
        style=style,
        main=main,
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
        body_class=body_class,
    )


def write_page(path: Path, html: str) -> None:
    """Write a page all or nothing: a reader never finds half of one, nor its remains."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".part")
    try:
        fresh.write_text(html, "utf-8", newline="\n")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def bounds(points: Sequence[LatLon]) -> list[LatLon] | None:
    """South-west and north-east corner of the points, never without extent."""
    if not points:
        return None
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    pad = PADDING_DEGREES
    return [(min(lats) - pad, min(lons) - pad), (max(lats) + pad, max(lons) + pad)]


def _figure(picture: str, tiles: Tiles | None) -> Figure:
    # Names are fixed so that the same view gives the same file.
    figure = Figure()
    ground = PlainMap(
        tiles=None, zoom_control=False, attribution_control=False, zoom_snap=0.25, zoom_delta=0.5
    )
    ground._id = "ground"
    figure.add_child(ground)
    if tiles:
        layer = folium.TileLayer(
            tiles=tiles.url, attr=for_folium(tiles.attribution), max_zoom=tiles.max_zoom
        )
        layer._id = "tiles"
        ground.add_child(layer)
    element = Picture(picture)
    element._id = picture
    ground.add_child(element)
    figure.render()
    return figure


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
