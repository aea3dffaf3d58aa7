"""Every view can be read and used by everyone, in both languages, by day and by night; and no name
is ever run."""

import pytest
from sqlmodel import select

from crm.models import Customer
from field_api.sample import malta as sample
from tests.journeys.axe import violations
from tests.journeys.phone.phone import Phone

pytestmark = pytest.mark.browser
DAY = sample.FIRST_DAY.isoformat()
CODE = "<img src=x onerror=hacked=1>${hacked=1}`{{7*7}}'\"</script><script>hacked=1</script>"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_no_view_shuts_anyone_out(browser, service, proposed, locale, scheme):
    phone = Phone(browser, service.url, locale=locale, color_scheme=scheme)
    phone.open()
    phone.page.wait_for_selector("#username")
    wrong = {"login": violations(phone.page)}
    phone.fill_in_login("maria")
    phone.page.wait_for_selector(".stop")
    phone.until_in_touch()
    code = phone.stops()[0]
    views = {
        "": ".stop",
        "#/week": ".days li",
        f"#/customer/{DAY}/{code}": ".tick",
        f"#/report/{DAY}/{code}": "form.report",
        f"#/correction/{DAY}/{code}": "form",
        f"#/changes/{DAY}": ".taps",
        "#/follow-ups": ".request",
        f"#/plan/{proposed()['id']}": ".plan-day",
        "#/figures": ".bars",
        "#/messages": "h1",
        "#/me": "fieldset",
        "#/outbox": ".empty",
    }
    for address, shown in views.items():
        phone.open(address)
        phone.page.wait_for_selector(f"main {shown}")
        phone.page.evaluate(
            "document.querySelectorAll('details').forEach((d) => { d.open = true; })"
        )
        wrong[address] = violations(phone.page)
    phone.open(f"#/changes/{DAY}")
    phone.page.locator(".taps button").first.click()
    phone.page.wait_for_selector(".home")
    wrong["rest"] = violations(phone.page)
    phone.offline()
    phone.page.locator(".decide button").last.click()
    phone.page.wait_for_selector(".stops:not(.rest)")
    wrong["changed, off line"] = violations(phone.page)
    phone.open("#/outbox")
    phone.page.wait_for_selector(".letters li")
    wrong["something waits"] = violations(phone.page)
    phone.close()
    assert not phone.thrown
    assert {view: found for view, found in wrong.items() if found} == {}


def test_a_name_that_is_code_stays_a_name(phone, service):
    database = service.database()
    with database.writing() as session:
        for customer in session.exec(select(Customer)).all():
            customer.name = CODE
            customer.city = customer.street = customer.contact_name = CODE[:60]
    database.close()
    phone.log_in("maria")
    phone.until_in_touch()
    code = phone.stops()[0]
    for address in ("", f"#/customer/{DAY}/{code}", f"#/report/{DAY}/{code}", f"#/changes/{DAY}"):
        phone.open(address)
        phone.page.wait_for_timeout(300)  # the view before is gone
        phone.page.locator("main", has_text=CODE[:20]).wait_for()
        assert phone.page.locator("main img, main script").count() == 0
    phone.page.locator(".taps button").first.click()
    phone.page.wait_for_selector(".home")
    phone.open()
    phone.page.get_by_role("button", name="Show the map").click()
    phone.page.wait_for_selector("iframe.map")
    phone.page.wait_for_timeout(1000)
    hacked = [frame.evaluate("typeof hacked") for frame in phone.page.frames]
    assert set(hacked) == {"undefined"}
