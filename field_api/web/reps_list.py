"""How the reps stand today and this week, and their hours, as a table to take along."""

from collections.abc import Sequence

from crm.spreadsheets.workbook import Column, Sheet
from crm.store.plans.plan_hours import PlanHours
from crm.text import N_
from field_api.services.days.outlook import RepOutlook
from field_api.wording import Language, say

SECONDS_AN_HOUR = 3600
NOT_PLANNED = ("", "")


def sheet(reps: Sequence[RepOutlook], language: Language) -> Sheet:
    """A row a rep; hours with a decimal, empty where nothing is planned."""
    columns = (
        (N_("Code"), 12),
        (N_("Rep"), 24),
        (N_("done today"), 14),
        (N_("late today"), 14),
        (N_("Visits today"), 14),
        (N_("done this week"), 16),
        (N_("Visits this week"), 16),
        (N_("Hours needed by this plan"), 16),
        (N_("Hours there are for this plan"), 16),
        (N_("Visits in this plan"), 16),
        (N_("Visits this plan owes"), 16),
        (N_("Hours needed by the next plan"), 16),
        (N_("Hours there are for the next plan"), 16),
    )
    return Sheet(
        title=say(language, N_("Reps")),
        columns=[Column(heading=say(language, text), width=width) for text, width in columns],
        rows=[
            (
                line.rep.code,
                line.rep.name,
                line.today.done,
                line.today.late,
                line.today.all,
                line.week.done,
                line.week.all,
                *_hours(line.this_plan),
                *_visits(line.this_plan),
                *_hours(line.next_plan),
            )
            for line in reps
        ],
    )


def _hours(plan: PlanHours | None) -> tuple[float | str, float | str]:
    if plan is None or not plan.figures.get("available_s"):
        return NOT_PLANNED
    needed_s, available_s = plan.figures.get("needed_s"), plan.figures["available_s"]
    if needed_s is None:
        return NOT_PLANNED
    return round(needed_s / SECONDS_AN_HOUR, 1), round(available_s / SECONDS_AN_HOUR, 1)


def _visits(plan: PlanHours | None) -> tuple[int | str, int | str]:
    if plan is None:
        return NOT_PLANNED
    return plan.figures.get("planned", ""), plan.figures.get("required", "")
