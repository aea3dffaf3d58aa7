"""Problems and plans as plain JSON values and back, driven by the types of their fields.

The form is canonical: a set is a sorted list, a whole-number latitude is a float, a matrix is
a list of rows; so two equal problems give equal texts whatever order their sets were built in.
"""

from __future__ import annotations

import dataclasses
import math
import reprlib
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

T = TypeVar("T")


class CodecError(ValueError):
    """A value that cannot be read: where it stands, what stands there and what should."""

    def __init__(self, path: str, value: object, expected: str) -> None:
        """`path` is like `problems[0].problem.visits[3].service_s`."""
        super().__init__(f"{path} is {_shown(value)}; expected {expected}")
        self.path, self.value, self.expected = path, value, expected


def _shown(value: object) -> str:
    """A short form of anything, however deep or long: an error about it must not fail itself."""
    short = reprlib.Repr()
    short.maxstring = short.maxother = 80
    try:
        return short.repr(value)
    except ValueError:  # a whole number of more digits than Python prints
        return "a number of thousands of digits"


def encode(value: object) -> Any:
    """The plain form of a dataclass of this package and of everything in it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        hints, unsaid = _hints(type(value)), _unsaid_when_empty(type(value))
        return {
            name: _encode_field(own, hints[name])
            for name in hints
            if (own := getattr(value, name)) or name not in unsaid
        }
    for kinds, plain in _PLAIN_FORMS:
        if isinstance(value, kinds):
            return plain(value)
    return value


def _encode_field(value: object, hint: Any) -> Any:
    # 36 and 36.0 are the same latitude and must be the same text.
    return float(value) if hint is float and isinstance(value, int) else encode(value)


_PLAIN_FORMS: tuple[tuple[tuple[type, ...], Callable[[Any], Any]], ...] = (
    ((np.ndarray,), lambda value: value.tolist()),
    ((np.generic,), lambda value: value.item()),
    ((Enum,), lambda value: value.value),
    ((date,), date.isoformat),
    ((frozenset, set), lambda value: sorted(encode(item) for item in value)),
    ((Mapping,), lambda value: {key: encode(item) for key, item in sorted(value.items())}),
    ((tuple, list), lambda value: [encode(item) for item in value]),
)


def decode(data: object, hint: type[T], path: str) -> T:
    """The value of type `hint` that `data` describes. Raises `CodecError` naming the path."""
    result: T = _decode(data, hint, path)
    return result


def _decode(data: object, hint: Any, path: str) -> Any:
    reader = _READERS.get(get_origin(hint))
    if reader is None:
        if dataclasses.is_dataclass(hint):
            reader = _decode_dataclass
        elif isinstance(hint, type) and issubclass(hint, Enum):
            reader = _decode_enum
        else:
            reader = _decode_scalar
    return reader(data, hint, path)


def _decode_enum(data: object, hint: Any, path: str) -> Any:
    with _refusing(path, data, "one of " + ", ".join(str(item.value) for item in hint)):
        return hint(data)


def _decode_literal(data: object, hint: Any, path: str) -> Any:
    if isinstance(data, str) and data in get_args(hint):
        return data
    raise CodecError(path, data, "one of " + ", ".join(get_args(hint)))


def _decode_items(data: object, hint: Any, path: str) -> Any:
    kind, item = get_origin(hint), get_args(hint)[0]
    items = _sequence(data, path)
    return kind(_decode(value, item, f"{path}[{n}]") for n, value in enumerate(items))


def _decode_dict(data: object, hint: Any, path: str) -> Any:
    item = get_args(hint)[1]
    return {k: _decode(v, item, f"{path}.{k}") for k, v in _mapping(data, path).items()}


def _decode_scalar(data: object, hint: Any, path: str) -> Any:
    if hint is date:
        with _refusing(path, data, "a date like 2026-11-30"):
            if not isinstance(data, str) or len(data) != 10:
                raise ValueError
            return date.fromisoformat(data)
    if hint is float and isinstance(data, int | float) and not isinstance(data, bool):
        with _refusing(path, data, "a finite number"):
            if not math.isfinite(data):
                raise ValueError
            return float(data)
    if hint is int and isinstance(data, int) and not isinstance(data, bool):
        return data
    if hint in (str, bool) and isinstance(data, hint):
        return data
    names = {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}
    raise CodecError(path, data, names.get(hint, str(hint)))


def _decode_union(data: object, hint: Any, path: str) -> Any:
    options = get_args(hint)
    if data is None and types.NoneType in options:
        return None
    choices = [option for option in options if option is not types.NoneType]
    for choice in choices[:-1]:
        try:
            return _decode(data, choice, path)
        except CodecError:
            continue
    return _decode(data, choices[-1], path)


def _decode_dataclass(data: object, kind: Any, path: str) -> Any:
    given = _mapping(data, path)
    hints = _hints(kind)
    unknown = sorted(set(given) - set(hints))
    if unknown:
        raise CodecError(
            f"{path}.{unknown[0]}", given[unknown[0]], "no such field; known: " + ", ".join(hints)
        )
    needed = [
        item.name
        for item in dataclasses.fields(kind)
        if item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
    ]
    missing = [name for name in needed if name not in given]
    if missing:
        raise CodecError(f"{path}.{missing[0]}", None, "a value; the field is missing")
    values = {name: _decode(given[name], hints[name], f"{path}.{name}") for name in given}
    return kind(**values)


def _decode_matrix(data: object, hint: Any, path: str) -> Any:
    rows = _sequence(data, path)
    for n, row in enumerate(rows):
        for m, cell in enumerate(_sequence(row, f"{path}[{n}]")):
            if not isinstance(cell, int) or isinstance(cell, bool):
                raise CodecError(f"{path}[{n}][{m}]", cell, "a whole number")
    with _refusing(path, f"{len(rows)} rows", "rows of equal length of 32-bit whole numbers"):
        return np.array(rows, dtype=np.int32).reshape(len(rows), -1 if rows else 0)


def _mapping(data: object, path: str) -> dict[str, Any]:
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise CodecError(path, data, "an object")
    return data


def _sequence(data: object, path: str) -> Sequence[Any]:
    if not isinstance(data, list | tuple):
        raise CodecError(path, data, "a list")
    return data


@contextmanager
def _refusing(path: str, value: object, expected: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, OverflowError) as error:
        raise CodecError(path, value, expected) from error


@cache
def _unsaid_when_empty(kind: Any) -> frozenset[str]:
    fields = dataclasses.fields(kind)
    return frozenset(item.name for item in fields if "unsaid_when_empty" in item.metadata)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


_READERS: dict[Any, Callable[[object, Any, str], Any]] = {
    Union: _decode_union,
    types.UnionType: _decode_union,
    Literal: _decode_literal,
    tuple: _decode_items,
    frozenset: _decode_items,
    dict: _decode_dict,
    np.ndarray: _decode_matrix,
}
