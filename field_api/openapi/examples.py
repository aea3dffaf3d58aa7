"""Examples: taken from the schemas, where each names its own."""

from http import HTTPStatus
from typing import Any

from field_api.schemas.problems import DESCRIPTIONS

Json = dict[str, Any]
PROBLEM_CODES: dict[int, str] = {  # one code that each status may bear
    400: "unreadable_body",
    401: "not_logged_in",
    403: "role_not_allowed",
    404: "promise_not_found",
    409: "promise_closed",
    410: "export_expired",
    412: "version_changed",
    413: "body_too_large",
    415: "not_a_photo",
    422: "invalid_input",
    428: "if_match_missing",
    429: "too_many_attempts",
    503: "database_unavailable",
}


def example_of(found: Json, schema: Json) -> Any:
    """The example that a schema names, those of a list's items within it."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return example_of(found, found["components"]["schemas"][name])
    if schema.get("examples"):
        return schema["examples"][0]
    variants = (example_of(found, variant) for variant in schema.get("anyOf", []))
    if (example := next((one for one in variants if one is not None), None)) is not None:
        return example
    items = schema.get("properties", {}).get("items", {}).get("items")
    if items is not None:
        return {"items": [example_of(found, items)], "next_cursor": None}
    if "items" in schema:
        return [example_of(found, schema["items"])]
    return None


def with_nulls(found: Json, schema: Json, example: Any) -> Any:
    """An example with the nulls that its schema wants: FastAPI leaves them out of the document."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return with_nulls(found, found["components"]["schemas"][name], example)
    for variant in schema.get("anyOf", []):
        filled = with_nulls(found, variant, example)
        if filled != example:
            return filled
    if isinstance(example, list):
        return [with_nulls(found, schema.get("items", {}), item) for item in example]
    properties = schema.get("properties", {})
    if not isinstance(example, dict) or not set(example) <= set(properties):
        return example
    filled = {name: with_nulls(found, properties[name], value) for name, value in example.items()}
    wanted = {*example, *schema.get("required", ())}
    return {name: filled.get(name) for name in properties if name in wanted}


def problem_example(status: int) -> Json:
    """A problem of a status."""
    code = PROBLEM_CODES[status]
    return {
        "type": f"urn:callcycle:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": DESCRIPTIONS[status],
        "instance": "/api/v1/promises/sheet-1/keep",
    }
