"""The pages that people open in a browser, and the files they load."""

from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from field_api.deps import TheHouse, TheLanguage, TheRep
from field_api.page_headers import page_headers
from field_api.schemas.values import Day
from field_api.services.plans import route_maps
from field_api.web import files, phone
from field_api.web.pages import page

router = APIRouter(include_in_schema=False)
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
ASKED_EACH_TIME = {"Cache-Control": "no-cache"}


@router.get("/")
def front_door() -> RedirectResponse:
    """Whoever opens the service's address is let in by the page that fits: it asks who."""
    return RedirectResponse("/login")


@router.get("/login", response_class=HTMLResponse)
def login(language: TheLanguage, house: TheHouse) -> HTMLResponse:
    """Who are you?"""
    company_login = bool(house.settings.oidc_issuer)
    return _page(page("login", language, company_login=company_login))


@router.get("/new-password", response_class=HTMLResponse)
def new_password(language: TheLanguage) -> HTMLResponse:
    """Where the link for a new password leads."""
    return _page(page("new_password", language))


@router.get("/my-day", response_class=HTMLResponse)
def my_day(language: TheLanguage) -> HTMLResponse:
    """The rep's page, which bears nobody's data: the phone keeps it, and fetches the day."""
    return _page(page("my_day", language))


@router.get("/my-day/map/{day}", response_class=HTMLResponse)
def route_map(day: Day, rep: TheRep, house: TheHouse, language: TheLanguage) -> HTMLResponse:
    """The rep's own route of a day as a map that carries everything inside it."""
    html = route_maps.of_day(house, rep, day, language=language)
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.get("/my-day/app.webmanifest")
def manifest(language: TheLanguage) -> Response:
    """What makes the page an application on a phone."""
    return Response(
        phone.manifest(language), media_type="application/manifest+json", headers=ASKED_EACH_TIME
    )


@router.get("/service-worker.js")
def service_worker() -> Response:
    """The script that answers for the page without a network."""
    return Response(
        phone.service_worker(),
        media_type=files.SCRIPT,
        headers=page_headers("page") | ASKED_EACH_TIME,
    )


@router.get("/static/{release}/{name:path}")
def static(release: str, name: str, accept_encoding: Annotated[str, Header()] = "") -> Response:
    """A file of the pages; under a former release's address, the present one."""
    file = files.all_files().get(name)
    if file is None:
        return Response(status_code=404)
    headers = FOR_GOOD if release == files.release() else ASKED_EACH_TIME
    if file.packed is None or "gzip" not in accept_encoding:
        return Response(file.content, media_type=file.media_type, headers=headers)
    packed = headers | {"Content-Encoding": "gzip"}
    return Response(file.packed, media_type=file.media_type, headers=packed)


def _page(html: str) -> HTMLResponse:
    return HTMLResponse(html, headers=page_headers("page") | ASKED_EACH_TIME)
