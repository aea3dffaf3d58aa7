"""What is looked at narrowly shows nothing of elsewhere, and what is another's is not there."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from crm.models import Customer, Promise, Rep, Territory
from tests.field_api.access import collected
from tests.field_api.world import API, REPORT, a_report

TABLE = collected()
# an account can be given a place anywhere in what its keeper sees, whatever unit is looked at
WIDE = ("/desk/administration/people/new", "/desk/administration/people/{username}")
ASKED = sorted(
    key for key in TABLE if key[0] == "GET" and key[1].startswith("/desk") and key[1] not in WIDE
)
SECRET = "Gozo keeps this to itself"
OF_GOZO = re.compile(rf"{SECRET}|\b[CRPT]3\b|\brep3\b")


@pytest.fixture
def secretive(world):
    """The world, with all that is Gozo's under one name."""
    with world.database.writing() as session:
        for table, code in ((Customer, "C3"), (Rep, "R3"), (Territory, "T3")):
            session.exec(select(table).where(table.code == code)).one().name = SECRET
        session.exec(select(Promise).where(Promise.code == "P3")).one().what = SECRET
    body = a_report(customer_code="C3", notes=SECRET, promises=[])
    assert world.client("rep3").put(f"{API}/visit-reports/{1:032x}", json=body).status_code == 201
    return world


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("asker", "unit"), [("general", "district%3AMT"), ("malta", "district%3AGZ")]
)
def test_a_page_a_map_or_a_file_of_one_unit_shows_nothing_of_another(secretive, asker, unit):
    client = secretive.client(asker)
    client.cookies.set("callcycle_unit", unit)
    secretive.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    leaking = {}
    for key in ASKED:
        case = TABLE[key]
        if case.prepare is not None or case.expected[asker] != 200:
            continue
        for form in ("", "csv"):
            address = case.path if not form else re.sub(r"[?&]form=\w+", "", case.path)
            if form:
                address += ("&" if "?" in address else "?") + "form=csv"
            answer = client.get(address, headers={"accept": "text/html"})
            text = text_of(answer)
            if found := OF_GOZO.search(text):
                leaking[address] = text[max(0, found.start() - 60) : found.end() + 20]
    assert not leaking


def text_of(answer):
    """What somebody reads in it; by chance, a packed file's bytes may spell anything."""
    if "spreadsheetml" not in answer.headers["content-type"]:
        return answer.text
    sheets = load_workbook(BytesIO(answer.content))
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet for cell in row)
