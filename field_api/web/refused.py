"""A refusal as a page, for somebody who opened an address in a browser."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from crm.text import N_
from field_api.page_headers import page_headers
from field_api.web.pages import page
from field_api.wording import Language, say

PAGES = "/desk"
OWN_MAPS = "/my-day/map/"
FRAMES = ("iframe", "frame")  # of Sec-Fetch-Dest
TITLES = {
    403: N_("Not yours to open"),
    404: N_("There is nothing here"),
    409: N_("Something changed meanwhile"),
}
OTHER_TITLE = N_("That did not work")
TITLES_BY_CODE = {"plan_unreadable": OTHER_TITLE}  # where the status alone would say too much
MY_DAY = ("/my-day", N_("To my day"))
DESK = ("/desk", N_("To the overview"))


def is_wanted(request: Request) -> bool:
    """Whether a page was asked for by its address, rather than data or a piece of a page."""
    asked = request.url.path
    return (
        (asked == PAGES or asked.startswith((PAGES + "/", OWN_MAPS)))
        and request.method == "GET"
        and "text/html" in request.headers.get("accept", "")
        and "hx-request" not in request.headers
    )


def _is_framed(request: Request) -> bool:
    """Whether a page of ours shows it in a frame. A phone's map always comes so, and its service
    worker asks without saying for what."""
    return request.url.path.startswith(OWN_MAPS) or (
        request.headers.get("sec-fetch-dest", "") in FRAMES
    )


def refused(
    request: Request, language: Language, *, status: int, code: str, detail: str
) -> Response:
    """The page that says what was refused; whoever is not logged in is led to the login."""
    title = say(language, TITLES_BY_CODE.get(code) or TITLES.get(status, OTHER_TITLE))
    if _is_framed(request):
        html = page("refused", language, title=title, detail=detail, to="", to_text="")
        return HTMLResponse(html, status, headers=page_headers("framed"))
    if status == HTTPStatus.UNAUTHORIZED:
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(back, safe='')}", status_code=303)
    to, text = MY_DAY if code == "role_not_allowed" and "/my-day" in detail else DESK
    html = page("refused", language, title=title, detail=detail, to=to, to_text=say(language, text))
    return HTMLResponse(html, status, headers=page_headers("page"))
