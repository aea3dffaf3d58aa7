"""The OpenAPI document says all of each operation: words, parameters, examples, statuses."""

import re

import jsonschema_rs
import pytest
from fastapi.openapi.models import OpenAPI

from field_api.errors import MEDIA_TYPE
from field_api.openapi import PARAMETERS, TAGS, operations, summary
from tests.field_api.access import collected, pages
from tests.field_api.world import API

pytestmark = pytest.mark.one_database
BEYOND = {"/docs", "/docs/style.css", "/openapi.json", "/metrics"} | {
    path for _, path in pages.TABLE
}  # pages and figures
BODIES = ("put", "post", "patch")


@pytest.fixture
def document(world):
    return world.client().get("/openapi.json").json()


@pytest.fixture
def each(document):
    return list(operations(document))


def test_it_is_openapi_and_holds_every_route(document, each):
    OpenAPI.model_validate(document)
    told = {(method.upper(), path.removeprefix(API)) for path, method, _ in each}
    data = {(method, path) for method, path in collected() if not path.startswith("/desk")}
    assert told == {(method, path) for method, path in data if path not in BEYOND}
    assert len(told) > 80


def test_each_operation_has_its_words(each):
    for path, method, operation in each:
        where = f"{method} {path}"
        assert 8 <= len(operation["summary"]) <= 120, where
        assert operation["description"].startswith(operation["summary"][:20]), where
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", operation["operationId"]), where
        assert set(operation["tags"]) <= set(TAGS), where
    names = [operation["operationId"] for _, _, operation in each]
    assert len(set(names)) == len(names)


def test_each_tag_is_described_and_in_use(document, each):
    used = {tag for _, _, operation in each for tag in operation["tags"]}
    assert used == {tag["name"] for tag in document["tags"]}


def test_each_parameter_is_described(each):
    named = set()
    for path, method, operation in each:
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), (method, path, parameter["name"])
            named.add(parameter["name"])
    assert set(PARAMETERS) <= named


def with_schema(operation):
    """Name, media type and content of the JSON that goes in or out."""
    parts = {"body": operation["requestBody"]} if "requestBody" in operation else {}
    for name, part in (parts | operation["responses"]).items():
        for media_type, content in part.get("content", {}).items():
            if media_type.endswith("json"):
                assert content["schema"], name
                yield f"{name} {media_type}", content


def test_each_body_and_answer_has_an_example_of_its_own_schema(document, each):
    wrong, checked = [], 0
    for path, method, operation in each:
        for name, content in with_schema(operation):
            schema = content["schema"] | {"components": document["components"]}
            judge = jsonschema_rs.Draft202012Validator(schema)
            wrong += [
                f"{method} {path} {name}: {error.message} at {error.instance_path}"
                for error in judge.iter_errors(content.get("example"))
            ]
            checked += 1
    assert wrong == []
    assert checked > 300


def test_statuses_are_complete(each):
    for path, method, operation in each:
        where, told = f"{method} {path}", set(operation["responses"])
        assert any(status < "400" for status in told), where  # a redirection is an answer, too
        for status, answer in operation["responses"].items():
            assert answer["description"], where
            assert status < "400" or set(answer["content"]) == {MEDIA_TYPE}, where
            assert status not in ("200", "201", "202") or answer["content"], where
        if operation["security"]:
            assert {"401", "503"} <= told, where
            assert method == "get" or "403" in told, where
        if "{" in path and "304" not in told:
            assert "422" in told or "/auth/" in path, where
        if "requestBody" in operation:
            assert {"400", "413", "422", "503"} <= told, where
        if any(
            parameter["name"].lower() == "if-match" for parameter in operation.get("parameters", [])
        ):
            assert {"412", "428"} <= told, where


def test_both_ways_of_logging_in_are_told(document, each):
    assert set(document["components"]["securitySchemes"]) == {"bearer", "cookie"}
    ways = {tuple(tuple(way) for way in operation["security"]) for _, _, operation in each}
    assert ways == {(("bearer",), ("cookie",)), (("cookie",),), ()}


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Keep it; the same\nagain changes nothing.", "Keep it"),
        ("A report: a rep's own.", "A report"),
        ("At 9.30, or\nlater.", "At 9.30, or later"),
    ],
)
def test_a_summary_is_the_first_clause(description, expected):
    assert summary(description) == expected
