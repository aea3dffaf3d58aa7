"""Every table of the core; importing this module registers them all."""

from crm.models.approvals import Approval, ApprovalDecision, ApprovalStep
from crm.models.attachments import Attachment
from crm.models.audit import AuditEntry, FieldChange
from crm.models.bulk_changes import BulkChange, BulkChangeRow
from crm.models.calendar import CalendarDay, RepLeave
from crm.models.card_merges import CardMerge
from crm.models.care_spells import CareSpell
from crm.models.commitments import Appointment, Promise
from crm.models.customer_views import CustomerColumns, CustomerView
from crm.models.customers import Customer, UnfitTime
from crm.models.day_changes import DayChange
from crm.models.duplicates import DuplicatePair
from crm.models.exports import Export
from crm.models.feeds import CalendarFeed
from crm.models.files import (
    CustomerCorrection,
    CustomerFact,
    FileLoan,
    FileVerification,
    KeyPerson,
    PersonRelation,
)
from crm.models.frequencies import VisitFrequency
from crm.models.geocoding import DoubtfulPlace, GeocodingAnswer
from crm.models.grading_numbers import GradingNumbers
from crm.models.history import GradeRecord, GradingRun, Sale, Visit
from crm.models.import_drafts import ImportDraft, ImportLayout
from crm.models.imports import ImportBatch
from crm.models.jobs import Job, PlanningRun
from crm.models.messages import Delivery, Message
from crm.models.month_counts import RepMonth, TerritoryMonth
from crm.models.organisation import District, Region, Rep, Territory
from crm.models.peak_hours import PeakHours
from crm.models.people import Channel, User
from crm.models.plan_edits import PlanEdit
from crm.models.plan_wishes import PlanWish
from crm.models.plans import CyclePlan, PlannedDay, PlannedVisit, UnservedVisit
from crm.models.populated_places import PopulatedPlace
from crm.models.report_forms import ReportForm
from crm.models.reports import ReportReview, VisitReport, VisitReportCorrection
from crm.models.sales_sums import SalesSum
from crm.models.sessions import LoginAttempt, LoginSession, PasswordReset, RefreshToken
from crm.models.territory_changes import Scenario, TerritoryChange
from crm.models.travel_legs import TravelLegs

__all__ = [
    "Appointment",
    "Approval",
    "ApprovalDecision",
    "ApprovalStep",
    "Attachment",
    "AuditEntry",
    "BulkChange",
    "BulkChangeRow",
    "CalendarDay",
    "CalendarFeed",
    "CardMerge",
    "CareSpell",
    "Channel",
    "Customer",
    "CustomerColumns",
    "CustomerCorrection",
    "CustomerFact",
    "CustomerView",
    "CyclePlan",
    "DayChange",
    "Delivery",
    "District",
    "DoubtfulPlace",
    "DuplicatePair",
    "Export",
    "FieldChange",
    "FileLoan",
    "FileVerification",
    "GeocodingAnswer",
    "GradeRecord",
    "GradingNumbers",
    "GradingRun",
    "ImportBatch",
    "ImportDraft",
    "ImportLayout",
    "Job",
    "KeyPerson",
    "LoginAttempt",
    "LoginSession",
    "Message",
    "PasswordReset",
    "PeakHours",
    "PersonRelation",
    "PlanEdit",
    "PlanWish",
    "PlannedDay",
    "PlannedVisit",
    "PlanningRun",
    "PopulatedPlace",
    "Promise",
    "RefreshToken",
    "Region",
    "Rep",
    "RepLeave",
    "RepMonth",
    "ReportForm",
    "ReportReview",
    "Sale",
    "SalesSum",
    "Scenario",
    "Territory",
    "TerritoryChange",
    "TerritoryMonth",
    "TravelLegs",
    "UnfitTime",
    "UnservedVisit",
    "User",
    "Visit",
    "VisitFrequency",
    "VisitReport",
    "VisitReportCorrection",
]
