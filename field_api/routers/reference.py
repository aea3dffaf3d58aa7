"""The API's reference as a page of this service's own: nothing is loaded from elsewhere."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from field_api.page_headers import page_headers
from field_api.services.house.reference import STYLE, page

router = APIRouter(include_in_schema=False)


@router.get("/docs", response_class=HTMLResponse)
def reference(request: Request) -> HTMLResponse:
    """Every address with its bodies, answers and examples."""
    return HTMLResponse(page(request.app.openapi()), headers=page_headers("page"))


@router.get("/docs/style.css")
def style() -> Response:
    """How the page looks."""
    return Response(STYLE, media_type="text/css")
