"""One line an event on standard error: what happened, never with whom or what was in it.

A request is named by its route's template, a person by the account's number. Neither paths,
queries, bodies, tokens nor the messages of exceptions are written: each may hold a name or a
phone number.
"""

import json
import logging
import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

LOGGER = logging.getLogger("callcycle")
Format = Literal["json", "text"]
Level = Literal["debug", "info", "warning", "error"]
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{16,64}")  # longer than any phone number
REQUEST_ID_BYTES = 16
DEEPEST_FRAMES = 12  # of a traceback: the places nearest to the error
HOUSE = Path(__file__).parents[1]
_OWN_FIELDS = "callcycle_fields"
_TOLD = "_callcycle_told"


@dataclass
class RequestNote:
    """What is noted of the request that runs: filled in on the way, written at its end."""

    id: str
    user_id: int | None = None
    role: str | None = None
    code: str | None = None


_current: ContextVar[RequestNote | None] = ContextVar("callcycle_request", default=None)


def begin_request(given: str = "") -> RequestNote:
    """Note a request under the id it came with, or under one made up when that is not
    well-formed: 16 to 64 letters, digits, `-` or `_`."""
    known = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(REQUEST_ID_BYTES)
    note = RequestNote(known)
    _current.set(note)
    return note


def request_id() -> str:
    """The id of the request that this code runs for; empty outside of one."""
    note = _current.get()
    return note.id if note else ""


def note_caller(user_id: int | None, role: str) -> None:
    """Who asks, by the account's number."""
    if note := _current.get():
        note.user_id, note.role = user_id, role


def note_code(code: str) -> None:
    """The stable code of the problem that the request is answered with."""
    if note := _current.get():
        note.code = code


def event(
    name: str, *, level: int = logging.INFO, error: BaseException | None = None, **fields: object
) -> None:
    """Write a line. `fields` are numbers, states and codes; neither names nor texts of people.
    Of an error its type and place are told, once."""
    told = (type(error), error, error.__traceback__) if error else None
    LOGGER.log(level, name, exc_info=told, extra={_OWN_FIELDS: fields})
    if error is not None:
        setattr(error, _TOLD, True)


def config(format_: Format, level: Level) -> dict[str, Any]:
    """What `logging.config.dictConfig` and uvicorn take: one form for all that is written."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"once": {"()": "field_api.logs.ToldOnce"}},
        "formatters": {
            "json": {"()": "field_api.logs.JsonLines"},
            "text": {"()": "field_api.logs.TextLines"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": format_,
                "filters": ["once"],
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "callcycle": {"level": level.upper()},
            "uvicorn": {"level": level.upper()},
            "uvicorn.error": {"level": level.upper()},
        },
    }


class ToldOnce(logging.Filter):
    """An error that was told with its request is not told again by the server."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record tells something new."""
        error = record.exc_info[1] if record.exc_info else None
        return record.name == LOGGER.name or not getattr(error, _TOLD, False)


class JsonLines(logging.Formatter):
    """An event as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, ASCII only."""
        return json.dumps(_fields(record), default=str)


class TextLines(logging.Formatter):
    """An event as one line for eyes."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = _fields(record)
        head = [str(fields.pop(name)) for name in ("time", "level", "event")]
        rest = (f"{name}={json.dumps(value, default=str)}" for name, value in fields.items())
        return " ".join([*head, *rest])


def _fields(record: logging.LogRecord) -> dict[str, object]:
    instant = datetime.fromtimestamp(record.created, UTC)
    fields: dict[str, object] = {
        "time": instant.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "event": " ".join(record.getMessage().split()),
    }
    if record.name != LOGGER.name:
        fields["logger"] = record.name
    if known := request_id():
        fields["request_id"] = known
    fields |= getattr(record, _OWN_FIELDS, {})
    if record.exc_info and record.exc_info[1]:
        fields["error"] = _told(record.exc_info[1])
    return fields


def _told(error: BaseException) -> dict[str, object]:
    """Type and place of an error, and of what caused it; its message may hold values."""
    told: dict[str, object] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": _places(error.__traceback__),
    }
    cause = error.__cause__ or error.__context__
    if cause is not None:
        told["caused_by"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
    return told


def _places(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{_short(code.co_filename)}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places[-DEEPEST_FRAMES:]


def _short(filename: str) -> str:
    """The path within the product or within the package folder; neither tells of the machine."""
    path = Path(filename)
    if path.is_relative_to(HOUSE) and "site-packages" not in path.parts:
        return path.relative_to(HOUSE).as_posix()
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.name
