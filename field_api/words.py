"""The vocabulary as people read it."""

from enum import StrEnum

from crm.rules.promises import PromiseStanding
from crm.store.reports.inbox import Read
from crm.text import N_
from crm.vocabulary import (
    ApprovalMatter,
    ApprovalState,
    Attitude,
    BulkKind,
    CustomerStatus,
    DecisionKind,
    ExportKind,
    ImportKind,
    JobState,
    PlaceOrigin,
    PlanState,
    Purpose,
    RelationKind,
    ReportFlag,
    ReviewVerdict,
    Role,
    SayInDecision,
    ScenarioState,
    SourceLevel,
    VisitOutcome,
    WishState,
)
from field_api.terms import PURPOSES
from field_api.wording import Language, say

WORDS: dict[type[StrEnum], dict[str, str]] = {
    VisitOutcome: {
        VisitOutcome.MET: N_("Met"),
        VisitOutcome.ORDER_TAKEN: N_("Order taken"),
        VisitOutcome.CLOSED: N_("Closed"),
        VisitOutcome.NOT_MET: N_("Nobody met"),
    },
    ReportFlag: {
        ReportFlag.PLAN_REPLACED: N_("by an older plan"),
        ReportFlag.PLAN_UNKNOWN: N_("by a plan nobody knows"),
        ReportFlag.ON_ANOTHER_DAY: N_("planned for another day"),
        ReportFlag.NOT_IN_PLAN: N_("not in the plan"),
        ReportFlag.CUSTOMER_NOT_ACTIVE: N_("customer not active"),
        ReportFlag.CUSTOMER_HANDED_OVER: N_("customer of another rep"),
        ReportFlag.FAR_ON_LEAVING: N_("far away on leaving"),
        ReportFlag.FORM_INCOMPLETE: N_("form incomplete"),
        ReportFlag.PLACE_DOUBTFUL: N_("place doubtful"),
    },
    Read: {
        Read.ALL: N_("all"),
        Read.UNREAD: N_("To read"),
        Read.SENT_BACK: N_("Sent back"),
        Read.READ: N_("Reviewed"),
    },
    ReviewVerdict: {
        ReviewVerdict.SEEN: N_("Reviewed"),
        ReviewVerdict.SENT_BACK: N_("Sent back"),
    },
    SayInDecision: {
        SayInDecision.DECIDES: N_("Decides"),
        SayInDecision.INFLUENCES: N_("Influences"),
        SayInDecision.USES: N_("Uses it"),
        SayInDecision.NONE: N_("Has no say"),
        SayInDecision.UNKNOWN: N_("Not known"),
    },
    PromiseStanding: {
        PromiseStanding.OPEN: N_("not kept yet"),
        PromiseStanding.DUE_SOON: N_("due soon"),
        PromiseStanding.LATE: N_("late"),
        PromiseStanding.KEPT: N_("kept"),
        PromiseStanding.WITHDRAWN: N_("withdrawn"),
    },
    ApprovalMatter: {
        ApprovalMatter.PLAN: N_("Plan"),
        ApprovalMatter.CUSTOMER_CORRECTION: N_("Correction"),
        ApprovalMatter.STRIKE_OUT: N_("Strike-out"),
        ApprovalMatter.FREQUENCY: N_("Frequency"),
        ApprovalMatter.GRADING: N_("Grading"),
        ApprovalMatter.TERRITORIES: N_("Territories"),
        ApprovalMatter.EXPORT: N_("Export"),
        ApprovalMatter.DAY_CHANGE: N_("Day changed"),
    },
    ApprovalState: {
        ApprovalState.OPEN: N_("not decided yet"),
        ApprovalState.APPROVED: N_("approved"),
        ApprovalState.REFUSED: N_("refused"),
        ApprovalState.WITHDRAWN: N_("withdrawn"),
        ApprovalState.OVERTAKEN: N_("overtaken"),
    },
    DecisionKind: {
        DecisionKind.APPROVE: N_("approved"),
        DecisionKind.REFUSE: N_("refused"),
        DecisionKind.COMMENT: N_("asked back"),
    },
    ExportKind: {
        ExportKind.CUSTOMERS: N_("Customers"),
        ExportKind.VISIT_REPORTS: N_("Visit reports"),
        ExportKind.PROMISES: N_("Promises"),
        ExportKind.PLANS: N_("Plans"),
        ExportKind.REGION_YEARS: N_("Region analysis"),
    },
    CustomerStatus: {
        CustomerStatus.PROSPECT: N_("prospect"),
        CustomerStatus.ACTIVE: N_("active"),
        CustomerStatus.STRUCK_OUT: N_("struck out"),
        CustomerStatus.BLACKLISTED: N_("blacklisted"),
    },
    Purpose: dict(PURPOSES.items()),
    PlaceOrigin: {
        PlaceOrigin.GIVEN: N_("given by a file or a person"),
        PlaceOrigin.FOUND: N_("found by the address"),
        PlaceOrigin.MISSING: N_("not known yet"),
    },
    Attitude: {
        Attitude.POSITIVE: N_("for us"),
        Attitude.NEUTRAL: N_("neutral"),
        Attitude.NEGATIVE: N_("against us"),
        Attitude.NONE_YET: N_("no attitude yet"),
    },
    RelationKind: {
        RelationKind.REPORTS_TO: N_("reports to"),
        RelationKind.WORKS_WITH: N_("works with"),
        RelationKind.LISTENS_TO: N_("listens to"),
        RelationKind.FAMILY: N_("is family of"),
        RelationKind.AT_ODDS: N_("is at odds with"),
    },
    SourceLevel: {
        SourceLevel.PUBLIC: N_("public"),
        SourceLevel.INDUSTRY: N_("industry"),
        SourceLevel.CONTACT: N_("contact"),
        SourceLevel.INSIDER: N_("insider"),
    },
    BulkKind: {
        BulkKind.TRADE: N_("Trade"),
        BulkKind.CHANNEL: N_("Channel"),
        BulkKind.STATUS: N_("Standing"),
        BulkKind.REP: N_("Rep"),
        BulkKind.FREQUENCY: N_("Frequency"),
    },
    ImportKind: {
        ImportKind.CUSTOMERS: N_("Customers"),
        ImportKind.REPS: N_("Sales reps"),
        ImportKind.TERRITORIES: N_("Territories"),
        ImportKind.VISITS: N_("Visits made"),
        ImportKind.SALES: N_("Sales"),
        ImportKind.APPOINTMENTS: N_("Appointments"),
        ImportKind.PROMISES: N_("Promises"),
        ImportKind.CALENDAR: N_("Calendar"),
        ImportKind.LEAVE: N_("Leave of reps"),
        ImportKind.POPULATION: N_("Population"),
    },
    PlanState: {
        PlanState.DRAFT: N_("draft"),
        PlanState.PROPOSED: N_("proposed"),
        PlanState.PUBLISHED: N_("published"),
        PlanState.REPLACED: N_("replaced"),
        PlanState.REFUSED: N_("sent back"),
    },
    WishState: {
        WishState.OPEN: N_("not decided yet"),
        WishState.TAKEN: N_("granted"),
        WishState.REFUSED: N_("refused"),
    },
    ScenarioState: {
        ScenarioState.KEPT: N_("tried only"),
        ScenarioState.APPLIED: N_("applied"),
        ScenarioState.DROPPED: N_("dropped"),
    },
    JobState: {
        JobState.QUEUED: N_("waits"),
        JobState.RUNNING: N_("under way"),
        JobState.DONE: N_("done"),
        JobState.FAILED: N_("failed"),
        JobState.CANCELLED: N_("cancelled"),
    },
    Role: {
        Role.REP: N_("rep"),
        Role.DISTRICT_MANAGER: N_("district manager"),
        Role.REGIONAL_DIRECTOR: N_("regional director"),
        Role.GENERAL_MANAGER: N_("general manager"),
        Role.CHAIRMAN: N_("chairman"),
        Role.INFORMATION_ADMIN: N_("information admin"),
        Role.OPERATOR: N_("operator"),
    },
}


def in_words(language: Language, value: StrEnum) -> str:
    """A value of the vocabulary in a language; one without words as it stands."""
    text = WORDS.get(type(value), {}).get(value.value)
    return say(language, text) if text else str(value)
