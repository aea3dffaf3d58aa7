"""A rep's day without a network: nothing is lost, nothing arrives twice."""

import threading
import time

import pytest
from sqlmodel import select

from crm.models import Attachment, LoginSession, Promise, VisitReport
from field_api.sample import malta as sample
from tests.support.pages import PATIENCE_MS

pytestmark = pytest.mark.browser
DAY = sample.FIRST_DAY.isoformat()
REPORTS, PHOTOS = 12, 5
NASTY = (
    "😀 \u200fمرحبا <b onclick=alert(1)>x</b> {{ 7*7 }} {% x %} ${1} '\"; DROP TABLE customer; "
).ljust(5000, "很")


def kept(service, model):
    database = service.database()
    with database.reading() as session:
        found = session.exec(select(model)).all()
    database.close()
    return found


MAPS = """() => caches.open("callcycle-maps").then((kept) => kept.keys())
  .then((found) => found.map((one) => one.url))"""


NOBODYS = """() => new Promise((done, failed) => {
  const asked = indexedDB.open("callcycle");
  asked.onerror = failed;
  asked.onsuccess = () => {
    const change = asked.result.transaction("facts", "readwrite");
    change.objectStore("facts").delete("owner");
    change.oncomplete = () => { asked.result.close(); done(); };
  };
})"""


def test_a_whole_day_without_a_network_arrives_once(phone, service):
    before = len(kept(service, Promise))
    phone.log_in("maria")
    phone.until_in_touch()
    phone.offline()
    phone.open()
    phone.page.wait_for_selector(".stop")
    codes = (phone.stops() * REPORTS)[:REPORTS]
    for number, code in enumerate(codes):
        if number == REPORTS // 2:  # the tab is killed in the middle of a report
            phone.open(f"#/report/{DAY}/{code}")
            phone.page.wait_for_selector("form.report")
            phone.page.fill("#notes", "half a sentence")
            phone.until_kept("drafts", "half a sentence")
            phone.page.close()
            phone.tab()
            phone.open(f"#/report/{DAY}/{code}")
            phone.page.wait_for_selector("form.report")
            assert phone.page.input_value("#notes") == "half a sentence"
        phone.visit(
            f"#/report/{DAY}/{code}",
            said=NASTY if number == 0 else f"visit {number}",
            promise="a sample <sheet>" if number == 3 else "",
            photos=1 if number < PHOTOS else 0,
        )
    assert phone.count("outbox") == REPORTS + PHOTOS
    assert f"{REPORTS + PHOTOS} waiting to be sent" in phone.page.inner_text("#state")
    assert kept(service, VisitReport) == []

    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    reports = kept(service, VisitReport)
    assert len(reports) == REPORTS
    assert {report.first_line for report in reports} >= {f"visit {n}" for n in range(1, REPORTS)}
    assert len(kept(service, Attachment)) == PHOTOS
    assert len(kept(service, Promise)) == before + 1
    phone.until("n => n === 0", lambda: phone.count("photos"))


def test_a_service_that_dies_while_the_outbox_drains_gets_each_once(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    phone.offline()
    codes = phone.stops()
    for number, code in enumerate(codes):
        phone.visit(f"#/report/{DAY}/{code}", said=f"visit {number}", photos=1)
    killer = threading.Timer(0.15, service.kill)
    phone.offline(False)
    killer.start()
    phone.page.wait_for_timeout(1500)
    killer.join()
    service.start()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    assert len(kept(service, VisitReport)) == len(codes)
    assert len(kept(service, Attachment)) == len(codes)


def test_two_tabs_send_each_thing_once(phone, service):
    sent = []
    phone.context.on(
        "request", lambda request: sent.append(request.url) if request.method == "PUT" else None
    )
    phone.log_in("maria")
    phone.until_in_touch()
    phone.offline()
    for code in phone.stops()[:4]:
        phone.visit(f"#/report/{DAY}/{code}")
    phone.tab()
    phone.open()
    phone.page.wait_for_selector(".stop")
    assert phone.page.locator(".stop.done").count() == 4
    sent.clear()
    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    assert len(sent) == len(set(sent)) == 4
    assert len(kept(service, VisitReport)) == 4


def test_a_login_that_ends_in_the_middle_of_a_report_loses_nothing(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    code = phone.stops()[0]
    phone.open(f"#/report/{DAY}/{code}")
    phone.page.wait_for_selector("form.report")
    phone.page.fill("#notes", "written before the login ended")
    database = service.database()
    with database.writing() as session:
        for login in session.exec(select(LoginSession)).all():
            session.delete(login)
    database.close()
    phone.page.get_by_role("radio", name="Met", exact=True).check()
    phone.page.get_by_text("Check out and send").click()
    phone.page.wait_for_selector("#state button")
    phone.page.click("#state button")
    phone.page.wait_for_selector("dialog[open]")
    phone.fill_in_login("maria")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    (report,) = kept(service, VisitReport)
    assert report.first_line == "written before the login ended"


def test_a_wrong_clock_is_set_right_by_the_service(browser, phone, service):
    phone.page.clock.install(time=time.time() - 300 * 24 * 3600)
    phone.log_in("maria")
    phone.page.clock.resume()
    phone.until("at => at > 0", lambda: phone.value("facts", "pulled_at") or 0)
    phone.visit(f"#/report/{DAY}/{phone.stops()[0]}")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    (report,) = kept(service, VisitReport)
    assert report.visited_on == sample.FIRST_DAY
    assert report.checked_in_at.date() == sample.FIRST_DAY


def test_nothing_of_a_rep_stays_on_a_shared_phone(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    marias = set(phone.stops())
    phone.offline()
    phone.visit(f"#/report/{DAY}/{phone.stops()[0]}")
    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    phone.open("#/me")
    phone.page.get_by_role("button", name="Log out").click()
    phone.page.wait_for_selector("#username")
    names = phone.page.evaluate("caches.keys()")
    assert [name for name in names if "maps" in name] == []
    assert phone.count("days") == phone.count("drafts") == 0
    phone.log_in("joseph")
    assert not marias & set(phone.stops())


def test_anothers_reports_wait_for_their_owner(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    phone.offline()
    phone.visit(f"#/report/{DAY}/{phone.stops()[0]}")
    phone.context.clear_cookies()
    phone.page.route("**/api/v1/visit-reports/**", lambda route: route.abort())
    phone.offline(False)
    phone.page.wait_for_selector("dialog[open], #state button")
    if not phone.page.locator("dialog[open]").count():
        phone.page.click("#state button")
    phone.fill_in_login("joseph")
    phone.page.wait_for_selector("dialog .error:not([hidden])")
    assert "Maria" in phone.page.inner_text("dialog .error")
    assert phone.count("outbox") == 1
    phone.page.unroute("**/api/v1/visit-reports/**")
    phone.fill_in_login("maria")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    (report,) = kept(service, VisitReport)
    assert report.rep_id == 1


def test_a_visit_that_another_began_waits_for_its_owner(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    phone.open(f"#/report/{DAY}/{phone.stops()[0]}")
    phone.page.wait_for_selector("form.report")
    phone.page.fill("#notes", "half written")
    phone.open()
    phone.until("n => n === 1", lambda: phone.count("drafts"))
    phone.context.clear_cookies()
    phone.page.reload()
    phone.page.wait_for_selector("dialog[open]")
    phone.fill_in_login("joseph")
    phone.page.wait_for_selector("dialog .error:not([hidden])")
    assert "Maria" in phone.page.inner_text("dialog .error")
    assert phone.count("drafts") == 1


def test_another_tab_shows_nothing_of_whom_the_phone_was(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    tab = phone.page
    phone.open(f"#/changes/{DAY}")
    tab.wait_for_selector("h1:has-text('Something changed')")
    marias = tab.inner_text("main")
    phone.context.clear_cookies()
    phone.tab().goto(f"{service.url}/login")
    phone.fill_in_login("joseph")
    phone.page.wait_for_selector(".stop")
    tab.wait_for_function(
        "before => document.querySelector('main h1') &&"
        " document.querySelector('main').innerText !== before",
        arg=marias,
        timeout=PATIENCE_MS,
        polling=250,  # a tab behind another paints nothing
    )


def test_a_page_that_finds_a_login_made_elsewhere_shows_what_its_address_names(phone):
    phone.log_in("maria")
    phone.until_in_touch()
    phone.open(f"#/changes/{DAY}")
    phone.page.wait_for_selector("h1:has-text('Something changed')")
    phone.page.evaluate(NOBODYS)
    phone.page.reload()
    phone.page.wait_for_selector("h1:has-text('Something changed')")


def test_maps_of_days_gone_by_do_not_stay(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    phone.until("urls => urls.length === 2", lambda: phone.page.evaluate(MAPS))
    past = "/my-day/map/2020-01-01"
    phone.page.evaluate(
        "path => caches.open('callcycle-maps').then((kept) => kept.put(path, new Response('x')))",
        past,
    )
    phone.page.reload()
    phone.until("urls => urls.length === 2", lambda: phone.page.evaluate(MAPS))
    assert not [url for url in phone.page.evaluate(MAPS) if url.endswith(past)]
