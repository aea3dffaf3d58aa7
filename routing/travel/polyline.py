"""Encoded polylines, as routing engines write ways: differences in 1e-6 degrees, as text."""

from __future__ import annotations

from routing.travel.interface import Path

PRECISION = 1e6
_FIRST = 63  # "?"
_BITS = 5
_MORE = 0x20


def decoded(text: str) -> Path:
    """The (lat, lon) of an encoded polyline of six decimals. Raises ValueError for a broken one."""
    found = []
    lat = lon = at = 0
    while at < len(text):
        step, at = _number(text, at)
        lat += step
        step, at = _number(text, at)
        lon += step
        found.append((lat / PRECISION, lon / PRECISION))
    return tuple(found)


def encoded(path: Path) -> str:
    """The text of a way; `decoded` gives it back to six decimals."""
    text, before = [], (0, 0)
    for lat, lon in path:
        here = (round(lat * PRECISION), round(lon * PRECISION))
        text += [_written(here[0] - before[0]), _written(here[1] - before[1])]
        before = here
    return "".join(text)


def _number(text: str, at: int) -> tuple[int, int]:
    bits = shift = 0
    while True:
        if at >= len(text):
            raise ValueError(f"the polyline {text[:40]!r} breaks off")
        piece = ord(text[at]) - _FIRST
        at += 1
        bits |= (piece & (_MORE - 1)) << shift
        shift += _BITS
        if piece < _MORE:
            return (~(bits >> 1) if bits & 1 else bits >> 1), at


def _written(number: int) -> str:
    bits = ~(number << 1) if number < 0 else number << 1
    text = []
    while bits >= _MORE:
        text.append(chr((_MORE | (bits & (_MORE - 1))) + _FIRST))
        bits >>= _BITS
    return "".join([*text, chr(bits + _FIRST)])
