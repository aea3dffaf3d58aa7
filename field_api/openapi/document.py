"""The OpenAPI document made complete: what holds of many operations is said here once.

Routers and schemas say what is an operation's own: its words, its bodies with an example, the
statuses that it answers with.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from field_api.errors import MEDIA_TYPE
from field_api.openapi.examples import Json, example_of, problem_example, with_nulls
from field_api.openapi.words import AN_ID, PARAMETERS, TAGS
from field_api.schemas.problems import DESCRIPTIONS

METHODS = ("get", "put", "post", "delete", "patch")
READING = ("get",)
PROBLEM = {"$ref": "#/components/schemas/Problem"}
BY_COOKIE_ONLY = "/auth/page-session"
COOKIE: list[Json] = [{"cookie": []}]


def operation_id(route: APIRoute) -> str:
    """`promises_keep`: the noun of the router's file and the verb of its function."""
    return f"{route.endpoint.__module__.rsplit('.', 1)[1]}_{route.name}"


def document(app: FastAPI, description: str) -> Json:
    """The document of a service, in the form in which it goes out."""
    found = get_openapi(
        title=app.title,
        version=app.version,
        description=description,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    for schema in found["components"]["schemas"].values():
        if "examples" in schema:
            schema["examples"] = [with_nulls(found, schema, one) for one in schema["examples"]]
    used = {tag for _, _, operation in operations(found) for tag in operation["tags"]}
    found["tags"] = [
        {"name": name, "description": text} for name, text in TAGS.items() if name in used
    ]
    for path, method, operation in operations(found):
        operation["summary"] = summary(operation.get("description", ""))
        operation.setdefault("security", [])
        if path.endswith(BY_COOKIE_ONLY) and method != "post":
            operation["security"] = COOKIE
        for parameter in operation.get("parameters", []):
            _describe(parameter)
        _complete_statuses(operation, changes=method not in READING)
        for status, answer in operation["responses"].items():
            _complete_answer(found, int(status), answer)
        if "requestBody" in operation:
            _give_example(found, operation["requestBody"].get("content", {}))
    return found


def operations(found: Json) -> Iterator[tuple[str, str, Json]]:
    """Path, method and operation of everything in a document."""
    for path, methods in found["paths"].items():
        for method in METHODS:
            if method in methods:
                yield path, method, methods[method]


def summary(description: str) -> str:
    """The first clause of a description: what stands before a colon, semicolon or full stop."""
    return re.split(r"[:;.](?:\s|$)", " ".join(description.split()), maxsplit=1)[0]


def _describe(parameter: Json) -> None:
    named = PARAMETERS.get(parameter["name"])
    if named is None and parameter.get("schema", {}).get("format") == "uuid":
        named = AN_ID
    if named is None:
        return
    text, example = named
    parameter.setdefault("description", text)
    if example is not None and "examples" not in parameter.get("schema", {}):
        parameter.setdefault("example", example)


def _complete_statuses(operation: Json, *, changes: bool) -> None:
    """What may happen to every operation that asks who calls: a cookie from another site's page,
    a database that does not answer."""
    answers = operation["responses"]
    wanted = [503] if operation["security"] else []
    if changes and operation["security"]:
        wanted.append(403)
    for status in wanted:
        answers.setdefault(
            str(status),
            {
                "description": DESCRIPTIONS[status],
                "content": {MEDIA_TYPE: {"schema": PROBLEM}},
            },
        )
    operation["responses"] = dict(sorted(answers.items()))
    _complete_successes(operation["responses"])


def _complete_successes(answers: Json) -> None:
    """The same sent again is answered as the first time; what answers nothing says so."""
    fine = [answer for status, answer in answers.items() if status.startswith("2")]
    told: Json = next((answer["content"] for answer in fine if answer.get("content")), {})
    for status, answer in answers.items():
        if status in ("200", "201", "202"):
            answer.setdefault("content", deepcopy(told))
            for kind in answer["content"].values():
                kind["schema"] = kind.get("schema") or {"type": "null"}


def _complete_answer(found: Json, status: int, answer: Json) -> None:
    """Errors under the media type they are sent with, and an example of each."""
    content = answer.get("content", {})
    for kind in content.values():
        kind.pop("itemSchema", None)  # of a newer OpenAPI than this document's
    if status >= HTTPStatus.BAD_REQUEST and content:
        answer["content"] = content = {MEDIA_TYPE: next(iter(content.values()))}
    if MEDIA_TYPE in content:
        content[MEDIA_TYPE].setdefault("example", problem_example(status))
    else:
        _give_example(found, content)


def _give_example(found: Json, content: Json) -> None:
    for kind in content.values():
        example = example_of(found, kind.get("schema", {}))
        if example is not None:
            kind.setdefault("example", example)
