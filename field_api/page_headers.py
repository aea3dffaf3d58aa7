"""Headers that keep browsers careful, by what is answered: data, a page of ours, or a map."""

import re
from html import unescape
from typing import Literal

Kind = Literal["api", "page", "framed", "map", "editor"]
HSTS_S = 365 * 24 * 3600
ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
}
API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# Scripts and styles come from files of this service; nothing that stands in a page runs.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Even where a name on a map broke out of its quotes, it would find no cookie and no storage.
MAP_SANDBOX = "sandbox allow-scripts allow-popups; frame-ancestors 'self'"
OWN_FRAMES = "frame-ancestors 'self'"
NOTHING_RUNS = "default-src 'none'"
META_POLICY = re.compile(
    r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', re.IGNORECASE
)


def page_headers(kind: Kind, *, html: str = "") -> dict[str, str]:
    """The headers of an answer, names in small letters.

    `api` is for data, `page` for our own pages, which only run scripts from files, and `map` for
    a page written by `maps.page`: `html` is that page, whose own policy (the hashes of its
    scripts, the one tile server) goes out as a header too, in a sandbox without our origin. Our
    own pages may show it in a frame. A map without a policy runs nothing. An `editor` is a map
    that saves what is drawn: it keeps our origin, and its own policy lets it ask this host alone.
    What is `framed` stands in the place of a map: a page of ours that our own pages may show.
    """
    if kind == "framed":
        policy = PAGE_POLICY.replace("frame-ancestors 'none'", OWN_FRAMES)
        return ALWAYS | {"x-frame-options": "SAMEORIGIN", "content-security-policy": policy}
    if kind in ("map", "editor"):
        found = META_POLICY.search(html)
        policy = unescape(found[1]) if found else NOTHING_RUNS
        if kind == "editor":
            framed = {"x-frame-options": "SAMEORIGIN"}
            return ALWAYS | framed | {"content-security-policy": f"{policy}; {OWN_FRAMES}"}
        framed = {"x-frame-options": "SAMEORIGIN"}
        return ALWAYS | framed | {"content-security-policy": f"{policy}; {MAP_SANDBOX}"}
    policy = PAGE_POLICY if kind == "page" else API_POLICY
    return ALWAYS | {"content-security-policy": policy}


def transport_headers(*, tls: bool) -> dict[str, str]:
    """What tells browsers to come back over TLS only, where people reach the service by it."""
    return {"strict-transport-security": f"max-age={HSTS_S}"} if tls else {}
