"""Where travel times came from, in words. Plans bear a code, `provider` or `provider:data`."""

from crm.text import N_
from field_api.wording import Language, say

SOURCES = {
    "straight_line": N_("estimated from straight-line distance, not from roads"),
    "osrm": N_("by road, by OSRM"),
    "valhalla": N_("by road, by Valhalla"),
}
WITH_DATA = {
    "straight_line": N_(
        "estimated from straight-line distance and what is known of the region ({data})"
    ),
    "osrm": N_("by road, by OSRM (data {data})"),
    "valhalla": N_("by road, by Valhalla (data {data})"),
}


def source_in_words(language: Language, source: str) -> str:
    """Half a sentence; what is not known is shown as it is."""
    provider, _, data = source.partition(":")
    text = WITH_DATA.get(provider) if data else SOURCES.get(provider)
    return say(language, text, data=data) if text else source


def by_road(source: str) -> bool:
    """Whether a routing engine told the times."""
    return not source.startswith("straight_line")
