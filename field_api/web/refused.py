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
TITLES = {
    403: N_("Not yours to open"),
    404: N_("There is nothing here"),
    409: N_("Something changed meanwhile"),
}
OTHER_TITLE = N_("That did not work")
MY_DAY = ("/my-day", N_("To my day"))
DESK = ("/desk", N_("To the overview"))


def is_wanted(request: Request) -> bool:
    """Whether a page was asked for by its address, rather than data or a piece of a page."""
    asked = request.url.path
    return (
        (asked == PAGES or asked.startswith(PAGES + "/"))
        and request.method == "GET"
        and "text/html" in request.headers.get("accept", "")
        and "hx-request" not in request.headers
    )


def refused(
    request: Request, language: Language, *, status: int, code: str, detail: str
) -> Response:
    """The page that says what was refused; whoever is not logged in is led to the login."""
    if status == HTTPStatus.UNAUTHORIZED:
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(back, safe='')}", status_code=303)
    to, text = MY_DAY if code == "role_not_allowed" and "/my-day" in detail else DESK
    title = say(language, TITLES.get(status, OTHER_TITLE))
    html = page("refused", language, title=title, detail=detail, to=to, to_text=say(language, text))
    return HTMLResponse(html, status, headers=page_headers("page"))
