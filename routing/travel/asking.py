"""Routing engines are asked over HTTP: with a time-out, again after a pause, never on and on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2

from routing.travel.trouble import EngineAway, EngineWrong

PAUSES_S = (0.2, 1.0)  # before the second try and before the third
COME_AGAIN = (429, 502, 503, 504)
NOT_ITS_FAULT = (400, 404, 413, 414, 431)  # an engine says in the body what it does not like
SHOWN = 120  # characters of an answer that is no JSON


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long an engine is waited for: seconds for one answer, and the pauses between tries."""

    timeout_s: float = 30.0
    pauses_s: tuple[float, ...] = PAUSES_S
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)


class Engine:
    """The HTTP side of a routing engine: questions to `url`, answers as JSON objects."""

    def __init__(self, url: str, patience: Patience) -> None:
        self.url = url.rstrip("/")
        self._patience = patience
        self._client = httpx2.Client(  # its questions are few and long: none leaves a socket open
            timeout=patience.timeout_s,
            follow_redirects=False,
            limits=httpx2.Limits(max_keepalive_connections=0),
        )
        self.shown = _without_password(self.url)

    def get(self, path: str) -> dict[str, Any]:
        """The answer to a GET. Raises `EngineAway` and `EngineWrong`."""
        return self._object(self._answer("GET", path, None))

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to a POST of JSON. Raises `EngineAway` and `EngineWrong`."""
        return self._object(self._answer("POST", path, body))

    def post_for_list(self, path: str, body: dict[str, Any]) -> list[Any]:
        """The answer to a POST of JSON that is a list. Raises as `post` does."""
        answer = self._answer("POST", path, body)
        found = self._json(answer)
        if not isinstance(found, list):
            raise self._no("JSON list", answer)
        return found

    def wrong(self, cause: str) -> EngineWrong:
        """The error that its answer is not what was asked for."""
        return EngineWrong(self.shown, cause)

    def _answer(self, method: str, path: str, body: dict[str, Any] | None) -> httpx2.Response:
        cause = ""
        for pause_s in (*self._patience.pauses_s, None):
            try:
                answer = self._client.request(method, f"{self.url}{path}", json=body)
            except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
                raise EngineAway(self.shown, f"no address to ask: {error}") from None
            except httpx2.HTTPError as error:
                cause = _in_words(error, self._patience.timeout_s)
            else:
                if answer.status_code not in COME_AGAIN:
                    return answer
                cause = f"it answered with status {answer.status_code}"
            if pause_s is not None:
                self._patience.sleep(pause_s)
        raise EngineAway(self.shown, f"{cause} ({len(self._patience.pauses_s) + 1} tries)")

    def _object(self, answer: httpx2.Response) -> dict[str, Any]:
        found = self._json(answer)
        if not isinstance(found, dict):
            raise self._no("JSON object", answer)
        return found

    def _json(self, answer: httpx2.Response) -> Any:
        if not answer.is_success and answer.status_code not in NOT_ITS_FAULT:
            raise self.wrong(f"it answered with status {answer.status_code}")
        try:
            return answer.json()
        except (ValueError, RecursionError):
            return None

    def _no(self, expected: str, answer: httpx2.Response) -> EngineWrong:
        text = " ".join(answer.text[:SHOWN].split())
        return self.wrong(f"status {answer.status_code}, no {expected} but {text!r}")


def _in_words(error: httpx2.HTTPError, timeout_s: float) -> str:
    if isinstance(error, httpx2.TimeoutException):
        return f"no answer within {timeout_s:g} s"
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
