"""A month at the desk, from another company's file to a plan in force: the general manager imports
and grades, the district manager plans, the rep confirms, the plan is approved and printed."""

import httpx2
import pytest
from sqlmodel import select

from crm.models import Customer, Rep, Territory
from field_api.services.house.demo import PASSWORD
from tests.field_api.desk.test_desk_imports import a_workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONG_MS = 240_000


def beside_a_customer_of(service, rep_code) -> tuple[float, float]:
    """A place in the rep's territory: a few metres from somebody who is visited there."""
    database = service.database()
    with database.reading() as session:
        theirs = select(Customer).join(Territory).join(Rep).where(Rep.code == rep_code)
        found = session.exec(theirs.order_by(Customer.code)).first()
        place = (found.lat + 0.00002, found.lon + 0.00002)
    database.close()
    return place


def approved(seat, what: str) -> None:
    """Open what waits and approve it."""
    page = seat.page
    seat.open("/desk/decisions")
    page.click(f"[data-rows] a:has-text('{what}')")
    page.wait_for_selector("#said, textarea")
    page.click("button:has-text('Approve')")
    page.wait_for_selector(".notice")


def test_from_a_file_to_a_plan_in_force(seat, service):
    lat, lon = beside_a_customer_of(service, "R1")
    rows = [
        ["门店编号", "门店名称", "联系电话", "X", "Y"],
        ["NEW1", "Ta' Ġużeppi <b>", "2155 0001", lon, lat],
    ]
    grace, carmen = seat("grace"), seat("carmen")

    page = grace.page
    grace.open("/desk/imports")
    file = {"name": "shops.xlsx", "mimeType": XLSX, "buffer": a_workbook(rows)}
    page.set_input_files("#file", file)
    page.click("#new button.main")
    page.wait_for_selector("#columns")
    page.select_option("#system", "WGS-84")
    page.click("form button.main")
    page.wait_for_selector("#take button.main:enabled")
    page.click("#take button.main")
    page.wait_for_selector(".state.done")

    grace.open("/desk/grading?policy=sales_percentile")
    page.fill("#reason-1", "The new shops")
    page.click("[hx-post$='/grading/ask'] button")
    page.wait_for_selector("a[href='/desk/decisions']:not(nav a)")
    approved(grace, "rad")  # the grading
    carmen.open("/desk/customers/NEW1")
    assert "Ta' Ġużeppi <b>" in carmen.page.locator("h1").inner_text()
    assert carmen.page.locator("main .grade-E").count() > 0

    page = carmen.page
    carmen.open("/desk/plans")
    page.click("text=Plan a cycle")
    page.fill("#weeks", "1")
    page.check("input[name=rep][value=R1]")
    page.click("#plan-form button.main")
    page.wait_for_selector("a[href*='/R1?plan=']:has-text('draft')", timeout=LONG_MS)
    page.click("a[href*='/R1?plan=']:has-text('draft')")
    page.wait_for_selector(".calendar")
    page.click("text=Send to the rep")
    page.wait_for_selector("#decision textarea")

    confirmed_by_the_rep(service)

    page.reload()
    page.fill("#comment", "Agreed")
    page.click("text=Approve")
    page.wait_for_selector(".plan-line .state.good")
    with page.expect_download() as printed:
        page.click("a[href*='visit-table']:has-text('PDF')")
    assert printed.value.path().read_bytes().startswith(b"%PDF")


def confirmed_by_the_rep(service) -> None:
    """Maria says yes on her phone."""
    api = httpx2.Client(base_url=f"{service.url}/api/v1", timeout=120)
    login = api.post("/auth/login", json={"username": "maria", "password": PASSWORD}).json()
    api.headers["authorization"] = f"Bearer {login['access_token']}"
    waiting = api.get("/approvals", params={"box": "waiting"}).json()["items"]
    assert len(waiting) == 1
    word = {"kind": "approve", "comment": "Good"}
    answer = api.post(f"/approvals/{waiting[0]['id']}/decisions", json=word)
    assert answer.status_code in (200, 201), answer.text
    api.close()
