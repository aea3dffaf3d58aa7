"""Every table of the core; importing this module registers them all."""

from crm.models.commitments import Appointment, Promise
from crm.models.customers import Customer, UnfitTime
from crm.models.history import GradeRecord, GradingRun, Sale, Visit
from crm.models.imports import ImportBatch
from crm.models.organisation import District, Rep, Territory
from crm.models.people import User
from crm.models.plans import CyclePlan, PlannedDay, PlannedVisit, UnservedVisit
from crm.models.reports import VisitReport, VisitReportCorrection

__all__ = [
    "Appointment",
    "Customer",
    "CyclePlan",
    "District",
    "GradeRecord",
    "GradingRun",
    "ImportBatch",
    "PlannedDay",
    "PlannedVisit",
    "Promise",
    "Rep",
    "Sale",
    "Territory",
    "UnfitTime",
    "UnservedVisit",
    "User",
    "Visit",
    "VisitReport",
    "VisitReportCorrection",
]
