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
    phone.until("n => n === 200", lambda: answered[-1])
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
