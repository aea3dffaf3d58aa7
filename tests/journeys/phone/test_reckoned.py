"""What the phone reckons by itself: opening hours, and the rest of a day."""

import pytest

from tests.journeys.phone.phone import Phone
from tests.journeys.served import Service

pytestmark = pytest.mark.browser
MONDAY = "2026-11-30"
HOUR = 3600
NEAR = {"lat": 35.90, "lon": 14.50, "unfit_times": [], "opening_hours": "", "grade": "B"}
MODULE = """async ([file, name, ...given]) => {
  const script = document.querySelector("script[type=module]").src;
  return (await import(new URL(file, script)))[name](...given);
}"""


@pytest.fixture(scope="module")
def asked(browser, tmp_path_factory, planned):
    """Calls a function of a script of the page with plain values."""
    service = Service(tmp_path_factory.mktemp("reckoned"))
    (service.folder / "demo").mkdir()
    (service.folder / "demo" / "callcycle.db").write_bytes(planned.read_bytes())
    service.start()
    phone = Phone(browser, service.url)
    phone.open()
    yield lambda *given: phone.page.evaluate(MODULE, list(given))
    phone.close()
    service.stop()


@pytest.mark.parametrize(
    ("hours", "spans"),
    [
        ("Mo-Fr 08:00-12:00,14:00-18:00; Sa off", [[8, 12], [14, 18]]),
        ("08:00-20:00; Mo off", []),
        ("24/7", [[0, 24]]),
        ("Sa-Mo 20:00-02:00", [[20, 24]]),
        ("Tu,We 09:00-17:00", []),
        ("", None),
        ("Mo-Fr 08:00-18:00; PH off", None),
        ("sunrise-sunset", None),
    ],
)
def test_opening_hours(asked, hours, spans):
    found = asked("opening.js", "openOn", hours, MONDAY)
    assert found == (spans if spans is None else [[a * HOUR, b * HOUR] for a, b in spans])


def stop(number: int, begin_h: float, **changes) -> dict:
    card = {**NEAR, "code": f"C{number}", "name": f"C{number}", "lon": 14.5 + number / 1000}
    card |= changes.pop("customer", {})
    begin_s = int(begin_h * HOUR)
    return {
        "planned_visit_id": f"C{number}/1",
        "begin_s": begin_s,
        "end_s": begin_s + HOUR // 2,
        "travel_s": 120,
        "appointment_code": "",
        "promise_code": "",
        "promises": [],
        "reports": [],
        "cancelled": False,
        "customer": card,
    } | changes


@pytest.fixture
def rest(asked):
    """Reckons the rest of a day of such stops."""

    def reckon(
        stops, *, at_h: float, done=(), urgent=None, lunch_h=None, peaks=(), **change
    ) -> dict:
        route = {
            "peaks": [{"from_s": a * HOUR, "to_s": b * HOUR, "percent": p} for a, b, p in peaks],
            "date": MONDAY,
            "leave_s": 8 * HOUR,
            "lunch_s": None if lunch_h is None else int(lunch_h * HOUR),
            "lunch_minutes": 45,
            "back_s": 17 * HOUR,
            "travel_back_s": 600,
            "stops": stops,
        }
        body = {"standing": {"done": list(done), "lunch_taken": False}} | change
        facts = {"now_s": int(at_h * HOUR), "done": list(done), "urgent": urgent}
        return asked("rest.js", "restOf", route, body, facts)

    return reckon


def order(found: dict) -> list[str]:
    return [one["customer_code"] for one in found["after"]]


def test_a_late_day_moves_later_and_says_what_is_not_kept(rest):
    stops = [
        stop(1, 9),
        stop(2, 10, appointment_code="A1"),
        stop(3, 11, customer={"opening_hours": "Mo-Fr 08:00-11:45"}),
    ]
    found = rest(stops, at_h=9.5, done=["C1/1"], kind="running_late", minutes_late=120)
    assert found["free_s"] == int(11.5 * HOUR)
    assert sorted(order(found)) == ["C2", "C3"]
    late = {one["customer_code"]: one["late"] for one in found["after"]}
    assert late == {"C2": "appointment", "C3": "closed"}
    assert found["home_s"] > 12 * HOUR


def test_an_appointment_is_waited_for_and_kept_by_another_order(rest):
    stops = [stop(1, 9), stop(2, 10, appointment_code="A1"), stop(3, 11)]
    found = rest(stops, at_h=8, kind="customer_closed", planned_visit_id="C1/1")
    assert order(found) == ["C2", "C3"]
    assert found["after"][0]["begin_s"] == 10 * HOUR
    assert [one["customer_code"] for one in found["left_out"]] == ["C1"]
    late = rest(stops, at_h=9.6, kind="running_late", minutes_late=1)
    assert order(late)[0] == "C2"
    assert not any(one["late"] for one in late["after"])


def test_lunch_and_unfit_times_are_kept(rest):
    away = [{"begin": "09:00", "begin_s": 9 * HOUR, "end": "11:00", "end_s": 11 * HOUR}]
    stops = [stop(1, 8.5), stop(2, 9.5, customer={"unfit_times": away})]
    found = rest(stops, at_h=8.9, done=["C1/1"], kind="running_late", minutes_late=5)
    assert found["after"][0]["begin_s"] == 11 * HOUR
    noon = rest([stop(1, 8.5), stop(2, 12)], at_h=12, done=["C1/1"], kind="no_show", lunch_h=11.9)
    assert noon["after"][0]["begin_s"] >= int(12.75 * HOUR)


def test_legs_take_longer_at_peak_hours(rest, asked):
    stops = [stop(n, 8 + n, travel_s=1200) for n in (1, 2, 3)]
    late = {"at_h": 10, "done": ["C1/1"], "kind": "running_late", "minutes_late": 5}
    plain, peaked = rest(stops, **late), rest(stops, peaks=[(12, 13, 200)], **late)
    assert peaked["after"] == plain["after"]  # all of it is done before
    slow = rest(stops, peaks=[(9, 12, 200)], **late)  # the plan's own legs were driven in it, too
    for one, as_before in zip(slow["after"], plain["after"], strict=True):
        assert one["travel_s"] == pytest.approx(as_before["travel_s"], abs=2 * 60)  # whole minutes
    only_now = rest(stops, peaks=[(9.9, 10.4, 300)], **late)
    assert only_now["after"][0]["travel_s"] > plain["after"][0]["travel_s"]
    assert only_now["home_s"] > plain["home_s"]
    (peak,) = [{"from_s": 900, "to_s": 1200, "percent": 150}]
    for leave_s, leg_s, arrive_s in ((0, 600, 600), (600, 500, 1200), (900, 100, 1050)):
        assert asked("pace.js", "arrival", [peak], leave_s, leg_s) == arrive_s
        assert asked("pace.js", "ordinary", [peak], leave_s, arrive_s) == pytest.approx(leg_s)


def test_finishing_early_leaves_out_what_is_least_owed(rest):
    stops = [stop(1, 9), stop(2, 10, promise_code="P1"), stop(3, 11, customer={"grade": "A"})]
    found = rest(stops, at_h=8, kind="finish_early", home_by="09:30")
    assert order(found) == ["C2"] or order(found) == ["C2", "C3"]
    assert "C1" in [one["customer_code"] for one in found["left_out"]]
    assert found["home_s"] <= int(9.5 * HOUR)


def test_an_urgent_customer_comes_in_where_it_costs_least(rest):
    stops = [stop(1, 9), stop(9, 10)]
    card = {"code": "U", "name": "U", "lat": 35.90, "lon": 14.5055}
    found = rest(stops, at_h=8, kind="urgent", customer_code="U", urgent=card)
    assert order(found) == ["C1", "U", "C9"]


def test_a_day_of_many_stops_is_reckoned_at_once(rest):
    stops = [stop(n, 8 + n / 2, appointment_code=f"A{n}") for n in range(1, 41)]
    found = rest(stops, at_h=12, kind="running_late", minutes_late=240)
    assert len(found["after"]) == 40
