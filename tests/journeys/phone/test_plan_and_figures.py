"""The rep's word on the next plan, the own figures, and what the rep is told."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from crm.models import User
from crm.store.people import messages

pytestmark = pytest.mark.browser


@pytest.mark.timeout(300)
def test_the_next_plan_is_read_wished_differently_and_confirmed(phone, proposed, desk):
    phone.log_in("maria")
    phone.until_in_touch()
    phone.page.get_by_text("The next plan waits for your word.").click()
    phone.page.locator(".plan-day summary").first.click()
    first = phone.page.locator(".plan-day .wish").first
    first.get_by_role("button").click()
    first.locator("label", has_text="Wed 30 Dec").click()
    first.locator("textarea").fill("They are away on Mondays")
    phone.page.fill("#comment", "Good otherwise <b>")
    phone.until_in_touch()
    phone.until_kept("facts", "Good otherwise <b>")
    phone.page.reload()
    phone.page.wait_for_selector("#comment")
    assert phone.page.input_value("#comment") == "Good otherwise <b>"
    phone.offline()
    phone.page.get_by_role("button", name="Confirm the plan").click()
    phone.page.wait_for_selector("[data-view='follow-ups']")
    assert phone.count("outbox") == 1
    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    (said,) = proposed()["decisions"]
    assert (said["kind"], said["comment"]) == ("approve", "Good otherwise <b>")
    (wish,) = said["details"]
    assert (wish["wish"], wish["text"]) == ("another_day", "They are away on Mondays")
    assert wish["wanted_on"] == "2026-12-30"
    phone.page.get_by_role("link", name="Plan of Maria Vella").click()
    phone.page.wait_for_selector(".answer")
    assert "Wed 30 Dec: They are away on Mondays" in phone.page.inner_text(".answer")

    page = (carmen := desk("carmen")).page
    carmen.open("/desk/plans")
    page.get_by_role("link", name="Wishes of the rep: 1").click()
    page.locator("#wishes", has_text="rather on Wed 30 Dec").wait_for()
    page.fill("#wishes [name=answer]", "With pleasure")
    page.get_by_role("button", name="Take it").click()
    page.locator("#wishes", has_text="With pleasure").wait_for()
    moved = f".day[data-day='2026-12-30'] [data-visit='{wish['planned_visit_id']}']"
    assert page.locator(moved).count() == 1
    page.fill("#decision [name=comment]", "The rest once more, please")
    page.get_by_role("button", name="Send back").click()
    page.get_by_role("button", name="Send it again").wait_for()
    assert "The rest once more, please" in page.inner_text("#decision")
    assert proposed()["state"] == "refused"
    phone.page.goto(f"{carmen.url}/my-day")
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.page.get_by_role("link", name="Follow-ups").click()
    phone.page.get_by_role("link", name="Plan of Maria Vella").click()
    phone.page.locator(".answer", has_text="The rest once more, please").wait_for()
    _comes_again(phone.page, carmen)


def _comes_again(phone, carmen):
    """Sent again from the desk, the plan waits on the phone with what was said before."""
    carmen.page.get_by_role("button", name="Send it again").click()
    carmen.page.get_by_role("button", name="Send back").wait_for()
    phone.goto(f"{carmen.url}/my-day")
    phone.get_by_role("link", name="The next plan waits for your word.").click()
    phone.get_by_role("button", name="Confirm the plan").wait_for()
    assert "The rest once more, please" in phone.inner_text("main")


def test_a_plan_is_read_without_a_network_and_refused_with_a_reason(phone, proposed):
    phone.log_in("maria")
    phone.until_in_touch()
    assert len([key for key in phone.keys("lists") if key.startswith("/plans/")]) == 1
    phone.offline()  # the plan was never opened
    phone.page.get_by_text("The next plan waits for your word.").click()
    phone.page.locator(".plan-day summary").first.click()
    assert phone.page.locator(".plan-day .wish").count() > 0
    phone.page.get_by_role("button", name="Refuse the plan").click()
    phone.page.get_by_text("Write why you refuse it").wait_for()
    phone.page.fill("#comment", "Three Mondays in a row")
    phone.page.get_by_role("button", name="Refuse the plan").click()
    phone.page.wait_for_selector("[data-view='follow-ups']")
    assert phone.count("outbox") == 1
    assert (
        "waits to be sent"
        in phone.page.locator(".request", has_text="Plan of Maria Vella").inner_text()
    )
    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    told = proposed()
    assert (told["state"], told["decisions"][0]["comment"]) == ("refused", "Three Mondays in a row")


def test_figures_stand_beside_ones_own_past_and_messages_are_read(phone, service):
    database = service.database()
    with database.writing() as session:
        maria = session.exec(select(User).where(User.username == "maria")).one()
        messages.tell(
            session,
            [maria.id],
            kind="promise_late",
            text="P-7 is late",
            params={},
            key="late:P-7",
            now=datetime.now(UTC),
        )
    database.close()
    phone.log_in("maria")
    phone.until_in_touch()
    phone.page.wait_for_selector("#tabs .count")
    phone.open("#/figures")
    phone.page.wait_for_selector(".bars")
    assert phone.page.locator(".bars").count() == 4
    assert "visits due" in phone.page.inner_text("main")
    phone.open("#/messages")
    phone.page.wait_for_selector(".letters li")
    assert "P-7" in phone.page.inner_text(".letters")
    phone.open("#/me")
    phone.until("n => n === 0", lambda: phone.page.locator("#tabs .count").count())
