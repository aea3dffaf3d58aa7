"""The headers hold in a real browser: a map works in its sandbox, and what somebody slipped into
a page of ours does not run."""

import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from field_api.middleware import CarefulHeaders
from field_api.page_headers import page_headers, transport_headers
from maps.draw import routes
from maps.views import Tiles
from tests.field_api import world as worlds
from tests.maps.sample_views import HOSTILE, a_day, a_stop, routes_view
from tests.support.pages import browser, page

__all__ = ["browser", "page"]
PATIENCE_S = 180
SLIPPED_IN = """<!doctype html><title>x</title><link rel="icon" href="data:,">
<script>window.inline = 1</script>
<img src=x onerror="window.handler = 1"><a id="a" href="javascript:window.link = 1">x</a>
<style>body { display: none }</style><base href="https://example.com/">
<form action="https://example.com/"><button id="b">x</button></form>
<script src="/own.js"></script><script src="data:text/javascript,window.data=1"></script>
<iframe src="/map"></iframe>"""
OWN_SCRIPT = "window.own = 1; try { eval('window.evaluated = 1') } catch (e) { window.refused = 1 }"


def map_html(**changes):
    day = a_day(0, stops=[a_stop(n, name=name) for n, name in enumerate(HOSTILE, 1)])
    return routes.html(routes_view(day), **changes)


@contextmanager
def served(*more):
    """The address of a server with a page of ours, its script, and a map."""
    drawn = map_html()
    app = Starlette(
        routes=[
            Route("/page", lambda _: HTMLResponse(SLIPPED_IN, headers=page_headers("page"))),
            Route("/own.js", lambda _: Response(OWN_SCRIPT, media_type="text/javascript")),
            Route("/map", lambda _: HTMLResponse(drawn, headers=page_headers("map", html=drawn))),
            Route("/data", lambda _: JSONResponse({})),
            *more,
        ],
        middleware=[Middleware(CarefulHeaders, tls=False)],
    )
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    end = time.monotonic() + PATIENCE_S
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.browser
def test_a_map_works_in_its_sandbox_and_has_no_origin(page):
    with served() as url:
        page.context.add_cookies([{"name": "session", "value": "x", "url": url}])
        page.goto(f"{url}/map")
        page.wait_for_selector("body[data-ready=yes]")
        stops = page.locator(".leaflet-marker-pane .stop")
        assert stops.all_inner_texts() == [str(n) for n in range(1, len(HOSTILE) + 1)]
        stops.first.locator("span").click()
        assert page.locator("#card").is_visible()
        assert page.evaluate("self.origin") == "null"
        assert page.evaluate("try { document.cookie } catch (e) { e.name }") == "SecurityError"
        assert page.evaluate("try { localStorage.x } catch (e) { e.name }") == "SecurityError"
        assert page.evaluate("window.ran") is None


@pytest.mark.browser
def test_what_was_slipped_into_a_page_of_ours_does_not_run(browser):
    with served() as url:
        context = browser.new_context()
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{url}/page")
        page.frame_locator("iframe").locator("body[data-ready=yes]").wait_for(state="attached")
        page.evaluate("document.getElementById('a').click()")
        page.evaluate("document.getElementById('b').click()")
        ran = ["own", "refused", "inline", "handler", "link", "data", "evaluated"]
        assert [name for name in ran if page.evaluate(f"window.{name}")] == ["own", "refused"]
        assert page.evaluate("getComputedStyle(document.body).display") == "block"
        assert page.evaluate("document.baseURI") == page.url == f"{url}/page"
        assert page.frames[1].evaluate("self.origin") == "null"
        assert any("form-action" in text for text in said), said
        context.close()


@pytest.mark.browser
def test_a_script_slipped_into_a_map_does_not_run_either(browser):
    drawn = map_html().replace("</main>", "</main><script>window.ran = 1</script>")
    headers = page_headers("map", html=drawn)
    more = Route("/hurt", lambda _: HTMLResponse(drawn, headers=headers))
    with served(more) as url:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{url}/hurt")
        page.wait_for_selector("body[data-ready=yes]")
        assert page.evaluate("window.ran") is None
        context.close()


@pytest.mark.browser
def test_elsewhere_nobody_shows_our_pages_in_a_frame(browser):
    with served() as url, served() as elsewhere:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{elsewhere}/data")
        for path in ("/page", "/map", "/data"):
            page.set_content(f"<iframe src='{url}{path}'></iframe>")
            page.wait_for_timeout(500)
            assert page.frames[1].url == "chrome-error://chromewebdata/", path
        context.close()


def test_a_maps_own_policy_goes_out_as_a_header():
    tiles = Tiles(url="https://{s}.tiles.example.com/{z}/{x}/{y}.png", attribution="x")
    html = map_html(tiles=tiles)
    headers = page_headers("map", html=html)
    policy = headers["content-security-policy"]
    assert "img-src data: https://*.tiles.example.com" in policy
    assert policy.count("'sha256-") == html.split("</head>")[0].count("'sha256-") > 0
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["x-frame-options"] == "SAMEORIGIN"


def test_a_map_without_a_policy_runs_nothing():
    policy = page_headers("map", html="<script>1</script>")["content-security-policy"]
    assert policy.startswith("default-src 'none'; sandbox")


@pytest.mark.one_database
def test_browsers_are_held_to_tls_where_there_is_some(database):
    assert transport_headers(tls=False) == {}
    assert (
        "strict-transport-security" not in worlds.build(database).client().get("/healthz").headers
    )


@pytest.mark.one_database
def test_with_tls_every_answer_says_so(database, monkeypatch):
    world = worlds.build(database, public_url="https://visits.example.com")
    client = world.client(raise_server_exceptions=False)
    monkeypatch.setattr("field_api.services.house.health.refuse_unready", lambda _: 1 / 0)
    for path in ("/healthz", "/docs", "/nowhere", "/readyz"):
        answer = client.get(path)
        assert answer.headers["strict-transport-security"] == "max-age=31536000", path
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.status_code == 500
