"""The visit table as a workbook and the plans as a document, read back."""

from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from crm.models import Customer, PlannedVisit
from crm.rules.access import OPERATOR
from field_api.services.planning.reasons import REASONS, REMEDIES
from field_api.services.plans.checking import check_file
from field_api.services.plans.exports import NothingPublished, export_plans
from routing.document import load
from routing.reasons import ReasonCode, RemedyCode
from tests.field_api.planning_world import FIRST

FORMULA = '=HYPERLINK("http://x","Y")'


@pytest.fixture
def planned(planning):
    address = {"street": "Triq ir-Repubblika 5", "postcode": "VLT 1110", "city": "Valletta"}
    planning.change(Customer, "W1", name=FORMULA, contact_name="@SUM(1)", **address)
    planning.change(Customer, "W2", name="餐厅 “Ħamrun” & <b>", contact_phone="+356 2122 3344")
    planning.change(Customer, "W0", opening_hours="Mo-Su 22:00-23:00")
    planning.book("W3", FIRST.replace(month=12, day=2), begin_s=14 * 3600)
    planning.plan()
    return planning


def sheets(path) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def by_heading(rows: list[list]) -> list[dict]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def exported(planned, folder, language="en"):
    table, document = export_plans(planned.database, OPERATOR, folder, language, on=FIRST)
    return sheets(table), document


def test_every_planned_visit_is_in_the_table(planned, tmp_path):
    book, _ = exported(planned, tmp_path / "new" / "folder")
    assert list(book) == ["Visits", "Not planned", "Reps"]
    visits = by_heading(book["Visits"])
    with planned.database.reading() as session:
        kept = session.exec(
            select(Customer.code, PlannedVisit.date, PlannedVisit.position).where(
                PlannedVisit.customer_id == Customer.id
            )
        ).all()
    shown = [(row["Customer"], row["Date"], int(row["Order"])) for row in visits]
    assert sorted(shown) == sorted(tuple(row) for row in kept)
    days = [(row["Rep"], row["Date"], row["Order"]) for row in visits]
    assert days == sorted(days)
    assert all(row["Weekday"] == f"{row['Date']:%a}" for row in visits)
    assert all(row["Begin"] < row["End"] and len(row["Begin"]) == 5 for row in visits)
    (booked,) = [row for row in visits if row["Purpose"] == "appointment"]
    assert (booked["Customer"], booked["Date"]) == ("W3", date(2026, 12, 2))
    assert (booked["Begin"], booked["End"]) == ("14:00", "14:30")


def test_names_are_shown_as_they_are_and_no_formula_runs(planned, tmp_path):
    book, _ = exported(planned, tmp_path)
    rows = {row["Customer"]: row for row in by_heading(book["Visits"])}
    assert rows["W1"]["Name"] == f"'{FORMULA}"
    assert rows["W1"]["Contact"] == "'@SUM(1)"
    assert rows["W1"]["Address"] == "Triq ir-Repubblika 5, VLT 1110, Valletta"
    assert rows["W2"]["Name"] == "餐厅 “Ħamrun” & <b>"
    assert "356 2122 3344" in rows["W2"]["Phone"]


def test_what_found_no_place_is_told_with_reason_and_remedy(planned, tmp_path):
    book, _ = exported(planned, tmp_path)
    missed = by_heading(book["Not planned"])
    assert {row["Customer"] for row in missed} == {"W0"}
    assert {row["Reason code"] for row in missed} == {"no_open_hours"}
    assert missed[0]["Reason"] == "never open to visits in the rep's working hours"
    assert "from 16:45 to 17:25" in missed[0]["Cheapest remedy"]  # home by 17:30
    assert missed[0]["Due from"] <= missed[0]["Due by"]


def test_reps_in_figures(planned, tmp_path):
    book, _ = exported(planned, tmp_path)
    first, second = by_heading(book["Reps"])
    assert (first["Rep"], second["Rep"]) == ("R1", "R2")
    assert (first["Due"], first["Planned"], first["Attainment (%)"]) == (16, 14, 87.5)
    assert (second["Attainment (%)"], first["Available (h)"]) == (100, 82.5)


def test_in_chinese(planned, tmp_path):
    book, _ = exported(planned, tmp_path, "zh")
    assert list(book) == ["拜访表", "应访未排", "营销人员汇总"]
    visits = by_heading(book["拜访表"])
    assert {"预约", "重点客户维护"} == {row["拜访目的"] for row in visits}
    assert {row["星期"] for row in visits} <= {"周一", "周二", "周三", "周四", "周五"}
    missed = by_heading(book["应访未排"])[0]
    assert missed["原因代码"] == "no_open_hours"
    assert missed["原因"] == "营销人员的工作时间内客户从不接待拜访"
    assert "16:45" in missed["最省的补救办法"]


def test_the_document_can_be_checked_again(planned, tmp_path):
    _, document = exported(planned, tmp_path)
    verdicts = check_file(document)
    assert [v.plan_id for v in verdicts] == ["R1/2026-11-30/2026-12-13", "R2/2026-11-30/2026-12-13"]
    assert [(v.visits, v.unserved, v.violations) for v in verdicts] == [(14, 2, ()), (4, 0, ())]
    assert len(load(document)) == 2


def test_a_manager_exports_the_own_district(planned, tmp_path):
    table, document = export_plans(planned.database, planned.asker("R2"), tmp_path, "en", on=FIRST)
    assert {row["Rep"] for row in by_heading(sheets(table)["Visits"])} == {"R2"}
    assert [problem.reps[0].id for problem, _ in load(document)] == ["R2"]


def test_nothing_published_is_said_so(planning, tmp_path):
    planning.plan(publish=False)
    with pytest.raises(NothingPublished):
        export_plans(planning.database, OPERATOR, tmp_path / "out", "en", on=FIRST)
    assert not (tmp_path / "out").exists()


def test_a_second_export_takes_the_place_of_the_first(planned, tmp_path):
    exported(planned, tmp_path / "out")
    book, _ = exported(planned, tmp_path / "out", "zh")
    assert list(book) == ["拜访表", "应访未排", "营销人员汇总"]
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["plan.json", "visit-table.xlsx"]


def test_every_code_has_its_words():
    assert set(REASONS) == set(ReasonCode)
    assert set(REMEDIES) == set(RemedyCode)
