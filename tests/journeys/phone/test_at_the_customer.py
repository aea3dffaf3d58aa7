"""What is pulled onto the phone, and what the report asks for."""

import pytest
from sqlmodel import select

from crm.models import VisitReport
from field_api.sample import malta as sample

pytestmark = pytest.mark.browser
DAY = sample.FIRST_DAY.isoformat()


def test_the_week_is_pulled_in_one_request_that_costs_nothing_again(phone, service):
    answered = []
    phone.context.on(
        "response",
        lambda got: answered.append(got.status) if "/my/days" in got.url else None,
    )
    phone.log_in("maria")
    phone.until_in_touch()
    assert answered == [200]
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.until("n => n === 2", lambda: len(answered))
    assert answered == [200, 304]
    phone.visit(f"#/report/{DAY}/{phone.stops()[0]}")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.until("all => all.includes(200)", lambda: answered[2:])
    assert phone.page.locator(".stop.done").count() == 1


def test_ticks_stay_and_a_trades_fields_are_sent(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    code = phone.stops()[0]
    phone.offline()
    phone.open(f"#/customer/{DAY}/{code}")
    phone.page.get_by_label("Business cards").check()
    phone.until("kept => kept", lambda: phone.value("facts", f"ticks of {DAY} at {code}"))
    phone.page.close()
    phone.tab()
    phone.open(f"#/customer/{DAY}/{code}")
    assert phone.page.get_by_label("Business cards").is_checked()
    assert not phone.page.get_by_label("Company brochures").is_checked()

    phone.open(f"#/report/{DAY}/{code}")
    phone.page.get_by_role("radio", name="Met", exact=True).check()
    phone.page.get_by_role("radio", name="running low").check()
    phone.page.get_by_role("radio", name="Yes", exact=True).check()
    phone.page.get_by_text("Check out and send").click()
    phone.page.wait_for_selector(".stops")
    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    database = service.database()
    with database.reading() as session:
        (report,) = session.exec(select(VisitReport)).all()
        assert report.body["extra"] == {"stock": "low", "display": "yes"}
    database.close()


def test_all_that_the_handbooks_form_asks_for_arrives(phone, service):
    phone.log_in("maria")
    code = phone.stops()[0]
    phone.open(f"#/report/{DAY}/{code}")
    page = phone.page
    page.get_by_role("radio", name="Order taken", exact=True).check()
    page.fill("#person", "Ms Borg")
    page.get_by_role("radio", name="Decides", exact=True).check()
    page.fill("#notes", "Shelf by the door is free")
    page.fill("#next-date", "2026-12-07")
    page.get_by_text("More to report").click()
    page.fill("#needs", "Smaller crates")
    page.fill("#objections", "Too late in the day")
    page.fill("#competitors", "Marsa Wholesale\nQormi Foods")
    page.fill("#credit", "asks for 45 days")
    page.get_by_role("radio", name="4", exact=True).check()
    page.fill("#gift", "calendar 2027")
    page.get_by_text("Add help or training").click()
    page.fill("[id^=training-]", "stacking the cold shelf")
    page.get_by_role("radio", name="30 min", exact=True).check()
    page.get_by_text("Check out and send").click()
    page.wait_for_selector(".stops")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    database = service.database()
    with database.reading() as session:
        (report,) = session.exec(select(VisitReport)).all()
        body = report.body
    database.close()
    assert body["person_met"] == {"name": "Ms Borg", "say": "decides"}
    assert body["next_visit"]["date"] == "2026-12-07"
    assert (body["needs"], body["objections"]) == ("Smaller crates", "Too late in the day")
    assert body["competitors"] == ["Marsa Wholesale", "Qormi Foods"]
    assert (body["credit_change"], body["satisfaction"]) == ("asks for 45 days", 4)
    assert [gift["what"] for gift in body["gifts"]] == ["calendar 2027"]
    assert body["training"] == [{"what": "stacking the cold shelf", "minutes": 30}]
