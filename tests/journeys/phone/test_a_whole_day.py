"""A whole day on line, in Chinese: every stop reported, a promise kept, the week looked at."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.models import Promise, VisitReport
from field_api.sample import malta as sample
from tests.journeys.phone.phone import Phone, a_photo

pytestmark = pytest.mark.browser
DAY = sample.FIRST_DAY.isoformat()


def kept(service, model):
    database = service.database()
    with database.reading() as session:
        found = session.exec(select(model)).all()
    database.close()
    return found


def report(phone, outcome: str, *, said: str = "", photo: bool = False) -> None:
    """Check in at what comes next, report, check out."""
    page = phone.page
    page.locator(".next").get_by_text("签到").click()
    page.wait_for_selector("form.report")
    page.get_by_role("radio", name=outcome, exact=True).check()
    if said:
        page.fill("#notes", said)
    if photo:
        file = {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
        page.set_input_files("input[type=file]", file)
        page.wait_for_selector(".photos figure")
    page.get_by_text("签退并提交").click()
    page.wait_for_selector(".stops")


def test_a_day_in_chinese_from_the_first_stop_to_the_last(browser, service):
    phone = Phone(browser, service.url, locale="zh-CN")
    page = phone.page
    phone.log_in("maria")
    phone.until_in_touch()
    planned = phone.stops()
    assert "11月30日 周一" in page.inner_text("h1")

    for number, code in enumerate(planned):
        assert code in (page.get_attribute(".next h2 a", "href") or "")
        outcome = "已下单" if number % 2 else "已见面"
        report(phone, outcome, said=f"第 {number + 1} 站：货架很好", photo=number == 0)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    page.get_by_text("今天的拜访全部完成").wait_for()
    reports = kept(service, VisitReport)
    assert {one.first_line for one in reports} == {
        f"第 {number + 1} 站：货架很好" for number in range(len(planned))
    }

    tomorrow = (sample.FIRST_DAY + timedelta(days=1)).isoformat()
    phone.open("#/week")
    page.locator(f".days a[href='#/day/{tomorrow}']").click()
    page.get_by_text("12月1日 周二").wait_for()

    phone.open("#/follow-ups")
    before = [one for one in kept(service, Promise) if one.closed_at]
    page.get_by_role("button", name="已兑现").first.click()
    page.locator("textarea").first.fill("送货单 4711")
    page.get_by_role("button", name="办结承诺").click()
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    assert len([one for one in kept(service, Promise) if one.closed_at]) == len(before) + 1
    phone.close()
    assert not phone.thrown
