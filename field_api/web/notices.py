"""What a page is told after a change."""

import json

from fastapi import Response

from field_api.page_headers import page_headers


def noticed(text: str, *, to: str | None) -> Response:
    """An empty answer whose headers let the page say a text: at `to`, or where it is, read anew."""
    told = {"notice": {"text": text, "to": to}}
    headers = page_headers("page") | {"HX-Trigger": json.dumps(told)}
    return Response(status_code=204, headers=headers)
