"""A plan on its own feet: problems and plans as one JSON file that anybody can check again.

docs/plan-format.md says what each field means; a test keeps it complete.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from routing.codec import CodecError, decode, encode
from routing.plan import Plan
from routing.problem import Problem

FORMAT = "callcycle-plan"
VERSION = 1
_MEMBERS = ("format", "version", "problems")


class DocumentError(CodecError):
    """The document cannot be read: where, what stands there and what was expected."""


def to_document(pairs: Iterable[tuple[Problem, Plan]]) -> dict[str, Any]:
    """The document of problems with their plans: plain JSON values, self-contained."""
    problems = [{"problem": encode(problem), "plan": encode(plan)} for problem, plan in pairs]
    return {"format": FORMAT, "version": VERSION, "problems": problems}


def from_document(document: object) -> tuple[tuple[Problem, Plan], ...]:
    """The problems with their plans, exactly as they were written.

    Raises `DocumentError` naming the path and the value that is not as the format says.
    """
    try:
        return _pairs(document)
    except CodecError as error:
        raise DocumentError(error.path, error.value, error.expected) from error


def dump(path: Path, pairs: Iterable[tuple[Problem, Plan]]) -> None:
    """Write the document as UTF-8 JSON. The file appears complete or not at all.

    Raises ValueError when a coordinate is not a finite number, OSError when it cannot be written.
    """
    text = json.dumps(
        to_document(pairs), ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def load(path: Path) -> tuple[tuple[Problem, Plan], ...]:
    """Read a document from a file. Raises `DocumentError`, or OSError when there is no file."""
    name = path.name
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise DocumentError(f"{name}, {where},", error.msg, "a JSON document") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(name, str(error), "a JSON document in UTF-8") from error
    return from_document(document)


def _pairs(document: object) -> tuple[tuple[Problem, Plan], ...]:
    members = _object(document, "document", _MEMBERS)
    if members["format"] != FORMAT:
        raise CodecError("format", members["format"], repr(FORMAT))
    if members["version"] != VERSION or isinstance(members["version"], bool | float):
        raise CodecError("version", members["version"], f"{VERSION}, the only version there is")
    if not isinstance(members["problems"], list):
        raise CodecError("problems", members["problems"], "a list")
    pairs = []
    for number, entry in enumerate(members["problems"]):
        path = f"problems[{number}]"
        pair = _object(entry, path, ("problem", "plan"))
        pairs.append(
            (
                decode(pair["problem"], Problem, f"{path}.problem"),
                decode(pair["plan"], Plan, f"{path}.plan"),
            )
        )
    return tuple(pairs)


def _object(value: object, path: str, members: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(members):
        raise CodecError(path, value, "an object with " + ", ".join(members))
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
