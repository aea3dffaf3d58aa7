"""What goes wrong on a rep's day: told, and nothing is lost."""

from io import BytesIO

import httpx2
import pytest
from PIL import Image
from sqlmodel import select

from crm.models import Attachment, Customer, VisitReport
from crm.vocabulary import CustomerStatus
from field_api.sample import malta as sample
from field_api.services.house.demo import PASSWORD
from tests.journeys.phone.phone import Phone

pytestmark = pytest.mark.browser
DAY = sample.FIRST_DAY.isoformat()
LARGE = (4000, 2800)  # of noise: thirty megabytes as PNG
MEGABYTE = 1_000_000
SHRUNK = 2 * MEGABYTE


def noise(size: tuple[int, int]) -> bytes:
    kept = BytesIO()
    image = Image.merge("RGB", [Image.effect_noise(size, 100 + n) for n in range(3)])
    image.save(kept, "PNG", compress_level=1)
    return kept.getvalue()


def kept(service, model):
    database = service.database()
    with database.reading() as session:
        found = session.exec(select(model)).all()
    database.close()
    return found


def test_a_photo_of_thirty_megabytes_is_shrunk_and_its_original_kept_until_then(
    phone, service, tmp_path
):
    photo = tmp_path / "large.png"
    photo.write_bytes(noise(LARGE))
    assert photo.stat().st_size > 29 * MEGABYTE
    phone.log_in("maria")
    phone.until_in_touch()
    code = phone.stops()[0]
    phone.offline()
    phone.open(f"#/report/{DAY}/{code}")
    phone.page.set_input_files("input[type=file]", photo)
    phone.page.wait_for_selector(".photos figure")
    sizes = phone.page.evaluate(SIZES)
    assert sizes["original"] == photo.stat().st_size
    assert sizes["small"] < SHRUNK
    phone.page.get_by_role("radio", name="Met", exact=True).check()
    phone.page.get_by_text("Check out and send").click()
    phone.page.wait_for_selector(".stops")
    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    assert phone.count("photos") == 0
    assert len(kept(service, Attachment)) == 1


def test_a_report_on_a_customer_struck_out_meanwhile_is_kept_and_flagged(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    code = phone.stops()[0]
    phone.offline()
    phone.visit(f"#/report/{DAY}/{code}", said="They are moving out")
    database = service.database()
    with database.writing() as session:
        gone = session.exec(select(Customer).where(Customer.code == code)).one()
        gone.status = CustomerStatus.STRUCK_OUT
    database.close()
    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    (report,) = kept(service, VisitReport)
    assert report.first_line == "They are moving out"
    assert report.flags


def test_a_plan_made_anew_meanwhile_takes_the_reports_of_the_old_one(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    code = phone.stops()[0]
    before = phone.value("days", DAY)["plan_id"]
    phone.offline()
    phone.visit(f"#/report/{DAY}/{code}")
    with httpx2.Client(base_url=f"{service.url}/api/v1", timeout=60) as api:
        who = {"username": "carmen", "password": PASSWORD}
        token = api.post("/auth/login", json=who).json()["access_token"]
        wanted = {"rep_code": "R1", "purpose": "New hours"}
        answer = api.post(
            "/plans/replan", json=wanted, headers={"authorization": f"Bearer {token}"}
        )
        assert answer.status_code == 200, answer.text
    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    tomorrow = (sample.FIRST_DAY.replace(day=1, month=12)).isoformat()
    phone.until(f"id => id !== {before}", lambda: phone.value("days", tomorrow)["plan_id"])
    (report,) = kept(service, VisitReport)
    assert report.plan_id == before
    phone.open()
    phone.page.wait_for_selector(".stop.done")


def test_a_refused_position_is_told_and_stops_nothing(browser, service):
    phone = Phone(browser, service.url, permissions=[], geolocation=None)
    phone.log_in("maria")
    phone.until_in_touch()
    code = phone.stops()[0]
    phone.open(f"#/report/{DAY}/{code}")
    phone.page.wait_for_selector("form.report")
    assert "The position was refused" in phone.page.inner_text(".summary")
    phone.page.get_by_role("radio", name="Met", exact=True).check()
    phone.page.get_by_text("Check out and send").click()
    phone.page.wait_for_selector(".stops")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    (report,) = kept(service, VisitReport)
    assert report.distance_m is None
    phone.close()
    assert not phone.thrown


def test_a_full_phone_says_so_and_loses_nothing(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    code = phone.stops()[0]
    phone.open(f"#/report/{DAY}/{code}")
    phone.page.wait_for_selector("form.report")
    phone.page.fill("#notes", "before it was full")
    phone.until_kept("drafts", "before it was full")
    phone.page.evaluate(FULL)
    photo = {"name": "l.png", "mimeType": "image/png", "buffer": noise((120, 90))}
    phone.page.set_input_files("input[type=file]", photo)
    phone.page.wait_for_selector("#state .act")
    assert "No room on this phone" in phone.page.inner_text("#state")
    assert phone.page.locator(".photos figure").count() == 0
    phone.page.get_by_role("radio", name="Met", exact=True).check()
    phone.page.get_by_text("Check out and send").click()
    phone.page.get_by_text("There is no room on this phone to send it.").wait_for()
    assert phone.count("outbox") == 0

    phone.page.evaluate("roomAgain()")
    phone.page.get_by_text("Check out and send").click()
    phone.page.wait_for_selector(".stops")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    (report,) = kept(service, VisitReport)
    assert report.first_line == "before it was full"


def test_a_busy_service_is_no_missing_network_and_is_left_alone_as_it_asks(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    codes, answers, sent = phone.stops()[:3], [], []

    def reports(route):
        sent.append(route.request.url)
        given = answers.pop(0) if answers else None
        route.fulfill(**given) if given else route.continue_()

    phone.context.route("**/api/v1/visit-reports/*", reports)
    answers.append({"status": 503, "headers": {"Retry-After": "4"}, "body": ""})
    phone.visit(f"#/report/{DAY}/{codes[0]}")
    phone.page.get_by_text("The service is busy; it is tried again by itself").wait_for()
    assert "No network" not in phone.page.inner_text("#state")
    phone.open("#/outbox")
    phone.page.get_by_role("button", name="Send now").click()
    phone.page.get_by_text("Nothing is lost, it is sent again by itself.").wait_for()
    assert len(sent) == 1  # not before the service said
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    assert len(kept(service, VisitReport)) == 1

    phone.offline()
    for code in codes[1:]:
        phone.visit(f"#/report/{DAY}/{code}")
    wrong = {"detail": "Something went wrong here.", "code": "internal_error"}
    answers.append({"status": 500, "json": wrong})
    phone.offline(False)
    phone.until("n => n === 1", lambda: phone.count("outbox"))
    assert "The service has a fault" in phone.page.inner_text("#state")
    assert len(kept(service, VisitReport)) == 2  # what it stumbles over holds nothing else up
    phone.open("#/outbox")
    phone.page.get_by_text("Something went wrong here.").wait_for()
    phone.page.get_by_role("button", name="Send now").click()
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    assert len(kept(service, VisitReport)) == 3


FULL = """() => {
  const { put, add } = IDBObjectStore.prototype;
  const full = () => { throw new DOMException("no room", "QuotaExceededError"); };
  Object.assign(IDBObjectStore.prototype, { put: full, add: full });
  globalThis.roomAgain = () => { Object.assign(IDBObjectStore.prototype, { put, add }); };
}"""
SIZES = """async () => {
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open("callcycle");
    asked.onsuccess = () => resolve(asked.result);
  });
  const asked = db.transaction("photos").objectStore("photos").getAll();
  await new Promise((resolve) => { asked.onsuccess = resolve; });
  db.close();
  const [photo] = asked.result;
  return { original: photo.original.size, small: photo.small.size };
}"""
