"""The name of a problem by its contents: a plan says by it which question it answers."""

from __future__ import annotations

import hashlib
import json

from routing.codec import encode
from routing.problem import Problem


def fingerprint(problem: Problem) -> str:
    """SHA-256 in hex over the problem's canonical JSON.

    The same in every process and for every hash seed; any changed value, also one cell of a
    matrix, changes it. The order of sets and dictionaries does not count, that of tuples does.
    Raises ValueError when a coordinate is not a finite number.
    """
    text = json.dumps(encode(problem), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
