"""Weights out of a TOML file with the names of the fields; what it leaves out keeps its default."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from routing.weights import E_GRADE, GRADES, STEP, Weights, ranks

MOST = 100_000  # of the weights of the one sum: more than a day, and sums stay within 32 bits
MOST_MISSED = 10**14  # sums over a cycle stay within 64 bits
MISSED = ("missed_commitment", "missed_by_grade")
NAMES = tuple(field.name for field in fields(Weights))


class WeightsError(ValueError):
    """The file cannot be used; the message has the file, the value and the remedy."""


def load_weights(path: Path) -> Weights:
    """The weights of a file. Where it says nothing of missed visits, these weigh what the other
    weights ask for.

    Raises `WeightsError`, or OSError when there is no file.
    """
    try:
        return weights_of(tomllib.loads(path.read_text("utf-8-sig")))
    except ValueError as error:
        raise WeightsError(f"{path.name}: {error}") from error


def weights_of(given: dict[str, Any]) -> Weights:
    """The weights of the entries of such a file. Raises ValueError, which names the entry."""
    unknown = [name for name in given if name not in NAMES]
    if unknown:
        raise ValueError(f"there is no weight {unknown[0]}; known: {', '.join(NAMES)}")
    sums: dict[str, Any] = {
        name: _whole(name, given[name], MOST) for name in given if name not in MISSED
    }
    weights = replace(Weights(), **sums)
    if not any(name in given for name in MISSED):
        return replace(weights, **ranks(max(E_GRADE, weights.dearest_s())))
    missed: dict[str, Any] = {}
    if "missed_commitment" in given:
        missed["missed_commitment"] = _whole(
            "missed_commitment", given["missed_commitment"], MOST_MISSED
        )
    if "missed_by_grade" in given:
        missed["missed_by_grade"] = _by_grade(given["missed_by_grade"])
    weights = replace(weights, **missed)
    _require_ranks(weights)
    return weights


def _whole(name: str, value: object, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{name} is {value!r}; give a whole number from 0 to {most}")
    return value


def _by_grade(table: object) -> tuple[tuple[str, int], ...]:
    if not isinstance(table, dict) or set(table) != set(GRADES):
        raise ValueError(
            f"missed_by_grade is {table!r}; give a table of the grades {', '.join(GRADES)}"
        )
    return tuple(
        (grade, _whole(f"missed_by_grade.{grade}", table[grade], MOST_MISSED)) for grade in GRADES
    )


def _require_ranks(weights: Weights) -> None:
    """Each rank weighs `STEP` of the next; the last, more than a visit may cost otherwise."""
    missed = [
        ("missed_commitment", weights.missed_commitment),
        *((f"missed_by_grade.{grade}", value) for grade, value in weights.missed_by_grade),
    ]
    name, value = missed[-1]
    least = weights.dearest_s()
    if value < least:
        raise ValueError(
            f"{name} is {value}; a visit may cost {least} with the other weights and would be "
            f"missed although it has room: give {least} or more, or leave the missed weights out"
        )
    for (name, value), (next_name, below) in pairwise(missed):
        if value < STEP * below:
            raise ValueError(
                f"{name} is {value}, less than {STEP} times {next_name}, which is {below}; it "
                f"would not be decided first: give {STEP * below} or more"
            )
