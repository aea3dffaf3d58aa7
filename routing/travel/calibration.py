"""Curves fitted to a region's roads, as a file that `callcycle roads fit` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from routing.travel.profiles import PROFILES, Profile

FORMAT, VERSION = "callcycle-calibration", 1
SLOWEST_KMH, FASTEST_KMH = 1.0, 300.0
MOST_WINDING = 10.0


class CalibrationError(ValueError):
    """The file cannot be used; says why."""


def written(profiles: Mapping[str, Profile], fitted_to: str) -> str:
    """The file's text. `fitted_to` is the source whose legs the curves follow."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "fitted_to": fitted_to,
        "profiles": {
            name: {
                "knots_m": [round(m) for m in profile.knots_m],
                "knots_s": [round(s, 1) for s in profile.knots_s],
                "far_kmh": round(profile.far_kmh, 2),
                "detour": round(profile.detour, 3),
            }
            for name, profile in sorted(profiles.items())
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def read_calibration(content: bytes) -> tuple[dict[str, Profile], str]:
    """The curves by means of transport, and what they were fitted to. Raises `CalibrationError`."""
    try:
        document = json.loads(content)
        if (document["format"], document["version"]) != (FORMAT, VERSION):
            raise CalibrationError(f"its format is {document['format']!r}; {FORMAT!r} is needed")
        found = {str(name): _profile(str(name), one) for name, one in document["profiles"].items()}
        return found, str(document["fitted_to"])
    except CalibrationError:
        raise
    except Exception as error:
        raise CalibrationError(f"it is no calibration: {error!r:.200}") from None


def _profile(name: str, said: Mapping[str, Any]) -> Profile:
    if name not in PROFILES:
        raise CalibrationError(f"{name} is none of {', '.join(PROFILES)}")
    knots_m, knots_s = (tuple(map(float, said[key])) for key in ("knots_m", "knots_s"))
    far_kmh, detour = float(said["far_kmh"]), float(said["detour"])
    rising = all(a < b for a, b in pairwise(knots_m)) and all(a <= b for a, b in pairwise(knots_s))
    if len(knots_m) != len(knots_s) or not knots_m or knots_m[0] or knots_s[0] < 0 or not rising:
        raise CalibrationError(f"the knots of {name} do not rise from 0 m on")
    if not SLOWEST_KMH <= far_kmh <= FASTEST_KMH:
        raise CalibrationError(f"far_kmh of {name} is {far_kmh:g}; 1 to 300 can be")
    if not 1 <= detour <= MOST_WINDING:
        raise CalibrationError(f"detour of {name} is {detour:g}; 1 to 10 can be")
    return Profile(name=name, knots_m=knots_m, knots_s=knots_s, far_kmh=far_kmh, detour=detour)
