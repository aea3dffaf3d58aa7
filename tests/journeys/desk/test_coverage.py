"""The manager looks at a month's coverage: steps through the months, clicks on the map."""

import pytest
from sqlmodel import select

from crm.models import Customer
from crm.store.month_counts import kept
from field_api.demo_data import past, past_sales
from field_api.sample import MALTA
from field_api.services.analysis import month_counts

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def history(service):
    """The weeks before the cycle, made up around the sample's records of visits."""
    database = service.database()
    now = MALTA.noon_of_today
    with database.writing(at=now) as session:
        assert past.add(session, MALTA) > 0
        past_sales.add(session)
        month_counts.reckon(session, now.tzinfo, now=now)
        assert len(kept.months_kept(session)) > 1
    yield database
    database.close()


def test_months_are_stepped_and_the_map_leads_on(seat, history):
    carmen = seat("carmen")
    page = carmen.page
    carmen.open("/desk/coverage")
    newest = page.locator("#month").inner_text()
    page.click("#earlier")
    page.wait_for_function("was => document.querySelector('#month').innerText !== was", arg=newest)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("was => document.querySelector('#month').innerText === was", arg=newest)

    frame = page.frame_locator("#map")
    frame.locator("body[data-ready=yes]").wait_for()
    ground = frame.locator("#map_ground")
    inside = next(one for one in page.frames if "/desk/coverage/map" in one.url)
    far_from_customers = inside.evaluate(
        """() => {
  const { lats, lons } = Object.values(map_ground._layers).find((one) => one._data)._data;
  const area = callcycle.view.areas[0];
  const bounds = L.polygon(area.rings).getBounds();
  const points = [...lats].map((lat, n) => map_ground.latLngToContainerPoint([lat, lons[n]]));
  for (let y = 0.1; y < 1; y += 0.05) for (let x = 0.1; x < 1; x += 0.05) {
    const at = L.latLng(
      bounds.getSouth() + y * (bounds.getNorth() - bounds.getSouth()),
      bounds.getWest() + x * (bounds.getEast() - bounds.getWest()));
    const here = map_ground.latLngToContainerPoint(at);
    const element = document.elementFromPoint(here.x, here.y);
    if (!element?.closest("#map_ground") || element.closest(".leaflet-control")) continue;
    const inRing = leafletContains(area.rings, at);
    if (inRing && points.every((one) => one.distanceTo(here) > 14)) return { x: here.x, y: here.y };
  }
  return null;
  function leafletContains(rings, { lat, lng }) {
    return rings.some((polygon) => polygon.reduce((inside, ring) => {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
        const [[yy, xx], [py, px]] = [ring[i], ring[j]];
        if (yy > lat !== py > lat && lng < ((px - xx) * (lat - yy)) / (py - yy) + xx)
          inside = !inside;
      }
      return inside;
    }, false));
  }
}"""
    )
    assert far_from_customers is not None
    ground.click(position=far_from_customers)
    frame.locator("#card:not([hidden]) h2").wait_for()
    assert "frequency attainment" in frame.locator("#card").inner_text()
    page.wait_for_selector("#parts tr[aria-selected=true]")

    at = inside.evaluate(
        """() => {
  callcycle.card.close();
  const layer = Object.values(map_ground._layers).find((one) => one._data);
  map_ground.setView([layer._data.lats[0], layer._data.lons[0]], 17, { animate: false });
  const here = map_ground.latLngToContainerPoint([layer._data.lats[0], layer._data.lons[0]]);
  return { x: here.x, y: here.y };
}"""
    )
    ground.click(position=at)
    page.wait_for_url("**/desk/customers/*")
    code = page.url.rsplit("/", 1)[1]
    with history.reading() as session:
        assert session.exec(select(Customer.id).where(Customer.code == code)).first() is not None


def test_a_rep_s_trend_is_a_plot_with_its_table(seat, history):
    carmen = seat("carmen")
    carmen.open("/desk/analysis?rep=R1&measure=adherence")
    assert carmen.page.locator("#plot canvas").count() == 1
    assert carmen.page.locator("#plotted tbody tr").count() > 1
    carmen.page.select_option("#measure", "strike")
    carmen.page.wait_for_url("**measure=strike**")
    assert carmen.page.locator("#plot canvas").count() == 1
