"""Whatever is sent to a page of the desk or the phone: no fault of ours, nothing of another's, a
refusal in the reader's words that leaves nothing half done.

The routes are found in the application, and what belongs to each in the tables of who may what.
Each field of an address and of a form gets a few of the values, others at every field, so that
all of them together see every value often.
"""

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, cycle, islice
from typing import Any
from urllib.parse import parse_qsl, quote_from_bytes, urlsplit

import pytest
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from sqlmodel import select

from crm.models import Customer, Rep
from field_api.schemas.files import FactBody, KeyPersonBody
from field_api.services.customers.customer_cards import FIELDS
from tests.field_api.access import collected
from tests.field_api.world import API, REPORT, a_report

TABLE = collected()
PAGES = ("/desk", "/my-day", "/login", "/new-password")
SHOWN = ("/desk", "/my-day/map")  # whose refusals are shown to the reader as pages
ASKERS = ("malta", "info", "general")  # the first of them that gets something asks
SECRET = "Gozo keeps this to itself"  # the names of what is Gozo's
NEVER = (  # in no page, whatever was sent
    "<script>alert",
    "<img src=x",
    "Traceback (most recent",
    SECRET,
)
UNTRANSLATED = re.compile(r"Input should|String should|Value error|valid dictionary|Field required")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ALWAYS = (b"\0", str(2**70).encode(), b"<script>alert(1)</script>")  # at every field
SOMETIMES = (
    b"",
    b"-1",
    b"0",
    b"999",
    b"NaN",
    b"1e400",
    b"2147483648",
    b"x" * 5000,
    b"x" * 65,
    b"x" * 201,
    b"\xed\xa0\x80",  # a lone surrogate
    b"\xff\xfe",
    "\u202eevil".encode(),
    "😀".encode(),
    "٤²".encode(),
    b"{{7*7}} {0} %s",
    b"\"'><img src=x onerror=alert(1)>",
    b"=cmd|' /C calc'!A0",
    b"not-a-uuid",
    b"00000000-0000-4000-8000-000000000000",
    str(REPORT).encode(),
    b"0001-01-01",
    b"9999-12-31",
    b"2026-13-45",
    b"2026-12-01",
    b"C3",
    b"R3",
    b"P3",
    b"T3",
    b"GZ",
    b"rep3",
    b"//evil.example",
    b"null",
)
EACH = 1  # of these at every field
OTHER_BODIES = (
    (b'{"a": 1}', "application/json"),
    (b"[1", "application/json"),
    (b"[" * 50_000, "application/json"),
    (b"\xff\xfe=%ED%A0%80&a=%00", "application/x-www-form-urlencoded"),
    (b"a=1&" * 3000, "application/x-www-form-urlencoded"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"x", "multipart/form-data"),
    (b"", "text/plain"),
)
OTHER_HEADERS: tuple[dict[str, str], ...] = (
    {"cookie": "callcycle_unit=district%3AGZ"},
    {"cookie": "callcycle_unit=%ED%A0%80%00; callcycle_language=<script>"},
    {"if-none-match": 'W/"\xff', "if-match": "x" * 5000},
)
# what a route reads besides what it declares
READS: dict[str, tuple[str, ...]] = {
    "/merge": ("keep", "field-name", "version-0", "version-x"),
    "/grading/ask": ("policy", "reason"),
    "/frequencies/try": ("channel-0", "days-0-A", "minutes-0-A"),
    "/frequencies/ask": ("channel-0", "days-0-A", "reason"),
    "/columns": ("version", "system", "column-0", "column-x"),
    "/rows": ("version", "cell-1-0", "cell-x-y", "out-1", "back-x"),
    "/check": ("version",),
    "/take": ("version",),
    "{code}/card": (*FIELDS, "system"),
    "{code}/people": tuple(KeyPersonBody.model_fields),
    "{number}": tuple(KeyPersonBody.model_fields),
    "/facts": tuple(FactBody.model_fields),
}


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A request: the parts of its path by name, its query and its form as pairs; or a `body` with
    its kind."""

    method: str
    route: str
    path: dict[str, bytes]
    query: tuple[tuple[str, bytes], ...] = ()
    form: tuple[tuple[str, bytes], ...] = ()
    body: tuple[bytes, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        here = re.sub(r"{(\w+)}", lambda name: written(self.path[name[1]]), self.route)
        return f"{here}?{pairs(self.query)}" if self.query else here

    @property
    def content(self) -> tuple[bytes, str]:
        form = "application/x-www-form-urlencoded"
        return self.body or (pairs(self.form).encode(), form)

    def headers_of(self, *, chinese: bool) -> dict[str, bytes]:
        """As a browser sends them."""
        headers = {"accept": "text/html", "accept-language": "zh" if chinese else "en"}
        if self.method != "GET":
            headers |= {"content-type": self.content[1], "hx-request": "true"}
        return {name: text.encode("latin-1") for name, text in (headers | self.headers).items()}


def written(value: bytes) -> str:
    return quote_from_bytes(value, safe="")


def pairs(values: tuple[tuple[str, bytes], ...]) -> str:
    return "&".join(f"{written(name.encode())}={written(value)}" for name, value in values)


def routes(app) -> dict[tuple[str, str], Any]:
    """What a browser asks for, by method and path."""
    return {
        (method, context.path): context.route.dependant
        for context in iter_route_contexts(app.routes)
        for method in context.route.methods - {"HEAD"}
        if context.path.startswith(PAGES)
    }


def names(dependant, kind: str) -> list[str]:
    """The fields of a kind that a route declares, those of its dependencies too."""
    found: list[str] = []
    for one in getattr(dependant, kind):
        shape = one.field_info.annotation
        whole = isinstance(shape, type) and issubclass(shape, BaseModel)
        found += shape.model_fields if whole else [one.alias]
    deeper = chain.from_iterable(names(one, kind) for one in dependant.dependencies)
    return list(dict.fromkeys([*found, *deeper]))


def as_usual(key: tuple[str, str]) -> Sent:
    """The request that the table of who may what sends."""
    method, route = key
    case = TABLE[key]
    split = urlsplit(case.path)
    pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", route)
    path = re.fullmatch(pattern, split.path).groupdict()
    form = [
        (name, str(one).encode())
        for name, given in (case.form or {}).items()
        for one in (given if isinstance(given, list) else [given])
    ]
    return Sent(
        method=method,
        route=route,
        path={name: value.encode() for name, value in path.items()},
        query=tuple((name, value.encode()) for name, value in parse_qsl(split.query)),
        form=tuple(form),
        body=None if case.body is None else (json.dumps(case.body).encode(), "application/json"),
    )


def values_for(where: str) -> list[bytes]:
    """What a field gets: the same at each run, another field others."""
    begin = zlib.crc32(where.encode()) % len(SOMETIMES)
    return [*ALWAYS, *islice(cycle(SOMETIMES), begin, begin + EACH)]


def hostile(usual: Sent, dependant) -> Iterator[Sent]:
    """The request with one thing wrong at a time."""
    here = f"{usual.method} {usual.route}"
    for name in usual.path:
        for value in values_for(f"{here} {name}"):
            if value:
                yield replace(usual, path=usual.path | {name: value})
    for name in names(dependant, "query_params"):
        rest = tuple(pair for pair in usual.query if pair[0] != name)
        for value in values_for(f"{here} ?{name}"):
            yield replace(usual, query=(*rest, (name, value)))
        yield replace(usual, query=rest)
        yield replace(usual, query=(*usual.query, (name, b"a"), (name, b"b")))
    for headers in OTHER_HEADERS:
        yield replace(usual, headers=headers)
    if usual.method == "GET":
        return
    for body in OTHER_BODIES:
        yield replace(usual, body=body)
    if usual.body is None:
        yield from wrong_forms(usual, dependant)
    else:
        yield from wrong_bodies(usual)


def wrong_forms(usual: Sent, dependant) -> Iterator[Sent]:
    known = [name for name, _ in usual.form] + names(dependant, "body_params")
    for ending, more in READS.items():
        known += more if usual.route.endswith(ending) else ()
    for name in dict.fromkeys(known):
        rest = tuple(pair for pair in usual.form if pair[0] != name)
        for value in values_for(f"{usual.method} {usual.route} {name}"):
            yield replace(usual, form=(*rest, (name, value)))
        yield replace(usual, form=rest)
        yield replace(usual, form=(*usual.form, (name, b"a"), (name, b"b")))
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n'.encode()
            + value
            + b"\r\n"
            for one, value in rest
        ]
        file = (
            f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="a.html"\r\n\r\n'
            "<script>alert(1)</script>\r\n--x--\r\n"
        )
        whole = b"".join(parts) + file.encode()
        yield replace(usual, body=(whole, "multipart/form-data; boundary=x"))


def wrong_bodies(usual: Sent) -> Iterator[Sent]:
    """The JSON with one of its fields gone or of another kind."""
    content, kind = usual.body
    given = json.loads(content)
    for name in given:
        without = {one: value for one, value in given.items() if one != name}
        wrong: list[Any] = [
            2**70,
            -1,
            float("nan"),
            "\ud800",
            "\0",
            None,
            [],
            {},
            [[[]]],
            "x" * 5000,
        ]
        for body in [without, *(without | {name: value} for value in wrong)]:
            yield replace(usual, body=(json.dumps(body).encode(), kind))


class Watch:
    """Whether anything was written since the last look; SQLite alone can tell that cheaply."""

    def __init__(self, database) -> None:
        url = database.url
        path = url.removeprefix("sqlite:///")
        self._look = sqlite3.connect(path) if url.startswith("sqlite") else None
        self.changed()

    def changed(self) -> bool:
        if self._look is None:
            return False
        before, self._seen = getattr(self, "_seen", None), self._look.execute(
            "PRAGMA data_version"
        ).fetchone()  # fmt: skip
        return before != self._seen


def refusal_in_words(answer, sent: Sent, chinese: bool) -> None:
    """A page for a page, a problem for what a script sent; no library's English in either."""
    if sent.method == "GET" and sent.route.startswith(SHOWN):
        assert answer.headers["content-type"].startswith("text/html"), sent
        text = answer.text
        assert "<h1>" in text, sent
    else:
        problem = answer.json()
        text = problem["detail"] + " ".join(str(e["message"]) for e in problem.get("errors", ()))
    assert not UNTRANSLATED.search(text), (sent, text)
    if chinese:
        assert CHINESE.search(text), (sent, text)


@pytest.mark.parametrize(
    "key", sorted(key for key in TABLE if key[1].startswith(PAGES)), ids=" ".join
)
def test_nothing_sent_does_harm(world, key):
    case, usual = TABLE[key], as_usual(key)
    with world.database.writing() as session:
        session.exec(select(Customer).where(Customer.code == "C3")).one().name = SECRET
        session.exec(select(Rep).where(Rep.code == "R3")).one().name = SECRET
        if case.prepare is not None:
            case.prepare(session)
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    if case.before is not None:
        case.before(world)
    gets = [who for who in ASKERS if case.expected[who] < 400]
    asker = "rep1" if key[1].startswith("/my-day") else (gets or ASKERS)[0]
    never = NEVER if asker == "malta" else NEVER[:-1]
    client = world.client(asker, follow_redirects=False)
    watch = Watch(world.database)
    tries = hostile(usual, routes(world.app)[key])
    if not world.database.url.startswith("sqlite"):  # what it alone does not store
        tries = (
            one
            for one in tries
            if b"\0" in one.content[0] or "%00" in one.address + pairs(one.form)
        )
    for number, sent in enumerate(tries):
        answer = client.request(
            sent.method,
            sent.address,
            headers=sent.headers_of(chinese=number % 2 == 1),
            content=sent.content[0] if sent.method != "GET" else None,
        )
        assert answer.status_code < 500, (sent, answer.text)
        text = answer.text
        if "html" in answer.headers.get("content-type", ""):
            assert not [one for one in never if one in text], sent
        elif asker == "malta":
            assert SECRET not in text, sent
        if answer.status_code >= 400:
            refusal_in_words(answer, sent, chinese=number % 2 == 1)
            assert not watch.changed(), (sent, text)
        else:
            watch.changed()


CARD = "/desk/customers/C1"
AUDIT = "/desk/administration/audit"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("address", "form", "says"),
    [
        (f"{AUDIT}?first=0001-01-01", None, "the year must lie between"),
        (f"{AUDIT}/download?last=9999-12-31", None, "the year must lie between"),
        (f"{AUDIT}?key=%00", None, "NUL"),
        (f"{CARD}/frequency", {"interval_days": "999", "reason": "x"}, "364 or less"),
        ("/desk/promises/P1/owner", {"rep": "x" * 65, "reason": "x"}, "at most 64 characters"),
        ("/desk/customers/all/export", {"filters": "\0", "reason": "x"}, "NUL"),
        (f"{CARD}/people", {}, "name: nothing stands there; fill it in."),
        (f"{CARD}/status", {"version": "soon", "status": "x", "reason": ""}, "choose one of"),
    ],
)  # fmt: skip
def test_what_cannot_stand_in_a_field_is_named_with_the_remedy(world, address, form, says):
    client = world.client("malta")
    client.headers["accept"] = "text/html"
    answer = client.get(address) if form is None else client.post(address, data=form)
    assert answer.status_code == 422
    assert says in (answer.text if form is None else answer.json()["detail"])


@pytest.mark.one_database
def test_a_file_is_no_text(world):
    file = {"name": ("a.html", b"<b>x</b>", "text/html")}
    answer = world.client("malta").post(f"{CARD}/people", files=file)
    assert answer.status_code in (400, 422)
    assert "UploadFile" not in world.client("malta").get(CARD).text
