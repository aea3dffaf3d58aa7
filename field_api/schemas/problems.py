"""The one form of every error answer (RFC 9457)."""

from typing import Any

from pydantic import BaseModel, ConfigDict

DESCRIPTIONS = {
    400: "The body cannot be read.",
    401: "No usable token; log in.",
    403: "Not of a role that may do this.",
    404: "No such thing, or not one of yours: the two are not told apart.",
    409: "What was sent contradicts what is kept.",
    410: "It was there and is no more; ask for a new one.",
    412: "Somebody changed it meanwhile; read it again. The answer's `ETag` is the newest one.",
    413: "The body is too large.",
    415: "Not a kind of file that is taken.",
    422: "A value cannot be used; `errors` names each.",
    428: "If-Match is missing: which version is edited?",
    429: "Too many attempts; `Retry-After` says when to try again.",
    503: "Not able to just now; nothing was kept.",
}


class ProblemField(BaseModel):
    """One value that cannot be used: its path, a stable code and what to do."""

    path: str
    code: str
    message: str
    value: str | None = None


class Problem(BaseModel):
    """An error: `code` is stable and made for programs, `detail` for people."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:callcycle:problem:customer_not_found",
                    "title": "Not Found",
                    "status": 404,
                    "code": "customer_not_found",
                    "detail": "There is no customer C-9 among yours.",
                    "instance": "/api/v1/visit-reports/6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str
    errors: list[ProblemField] | None = None


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of an endpoint, for its documentation."""
    return {status: {"model": Problem, "description": DESCRIPTIONS[status]} for status in statuses}
