"""From readable rows to records: one file a kind, pure functions of the row and what is known."""

from crm.spreadsheets.intake.appointments import appointment
from crm.spreadsheets.intake.calendar import calendar_day
from crm.spreadsheets.intake.customers import customer
from crm.spreadsheets.intake.leave import leave
from crm.spreadsheets.intake.population import populated_place
from crm.spreadsheets.intake.promises import promise
from crm.spreadsheets.intake.records import Intake
from crm.spreadsheets.intake.reps import rep
from crm.spreadsheets.intake.sales import sale
from crm.spreadsheets.intake.territories import territory
from crm.spreadsheets.intake.visits import visit
from crm.vocabulary import ImportKind

INTAKES: dict[ImportKind, Intake] = {
    ImportKind.CUSTOMERS: customer,
    ImportKind.REPS: rep,
    ImportKind.TERRITORIES: territory,
    ImportKind.VISITS: visit,
    ImportKind.SALES: sale,
    ImportKind.APPOINTMENTS: appointment,
    ImportKind.PROMISES: promise,
    ImportKind.CALENDAR: calendar_day,
    ImportKind.LEAVE: leave,
    ImportKind.POPULATION: populated_place,
}
"""Judges a row of a kind: a record, or None when the row was rejected."""
