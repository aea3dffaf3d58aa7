"""The cookie by which a page's session is known, and what keeps other sites from using it."""

import hashlib
import hmac
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Request, Response

from crm.text import N_
from field_api.errors import HttpRefusal

NAME = "callcycle"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OUR_OWN = frozenset({"same-origin", "none"})  # none: typed or bookmarked


class CsrfMissing(HttpRefusal):
    """A change under a cookie without the proof that our own page asks for it."""

    status = 403
    code = "csrf_missing"

    def __init__(self) -> None:
        super().__init__(
            N_("Send X-CSRF-Token with this, as GET /api/v1/auth/page-session gives it.")
        )


class CrossSite(HttpRefusal):
    """Another site's page sent this from somebody's browser."""

    status = 403
    code = "cross_site"

    def __init__(self) -> None:
        super().__init__(N_("This came from another site's page; open the product's own page."))


class Cookies:
    """Sets, reads and clears the session cookie. `secure` binds it to TLS and to this host."""

    def __init__(self, secret: str, *, secure: bool) -> None:
        self._key, self._secure = secret.encode(), secure
        self.name = f"__Host-{NAME}" if secure else NAME

    def read(self, request: Request) -> str | None:
        """The session's secret, None without a cookie."""
        return request.cookies.get(self.name) or None

    def put(self, response: Response, secret: str, *, ends: datetime, now: datetime) -> None:
        """Give the browser a session's secret to keep until the session's last instant."""
        response.set_cookie(
            self.name,
            secret,
            max_age=int((ends - now).total_seconds()),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )

    def clear(self, response: Response) -> None:
        """Let the browser forget."""
        response.delete_cookie(
            self.name, path="/", secure=self._secure, httponly=True, samesite="lax"
        )

    def csrf(self, secret: str) -> str:
        """What a page of ours proves itself with: only it can read the answer that holds it."""
        return hmac.new(self._key, f"csrf\0{secret}".encode(), hashlib.sha256).hexdigest()

    def refuse_forged(self, request: Request, secret: str) -> None:
        """Raise `CrossSite` or `CsrfMissing` for a change that no page of ours asks for."""
        if request.method in SAFE_METHODS:
            return
        refuse_cross_site(request)
        given = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.csrf(secret).encode()):
            raise CsrfMissing


def refuse_cross_site(request: Request) -> None:
    """Raise `CrossSite` when a browser says that another site's page is behind a request.

    Programs send neither header and are let through; older browsers only send Origin.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in OUR_OWN:
            raise CrossSite
        return
    origin = request.headers.get("origin")
    if origin is not None and _host_of(origin) != request.headers.get("host", "").lower():
        raise CrossSite


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
