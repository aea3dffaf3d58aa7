"""The columns of each kind of import file, in the order of its template."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.kinds.appointments import APPOINTMENTS
from crm.spreadsheets.kinds.calendar import CALENDAR
from crm.spreadsheets.kinds.customers import CUSTOMERS
from crm.spreadsheets.kinds.leave import LEAVE
from crm.spreadsheets.kinds.population import POPULATION
from crm.spreadsheets.kinds.promises import PROMISES
from crm.spreadsheets.kinds.reps import REPS
from crm.spreadsheets.kinds.sales import SALES
from crm.spreadsheets.kinds.territories import TERRITORIES
from crm.spreadsheets.kinds.visits import VISITS
from crm.vocabulary import ImportKind

KINDS: dict[ImportKind, tuple[Field, ...]] = {
    ImportKind.CUSTOMERS: CUSTOMERS,
    ImportKind.REPS: REPS,
    ImportKind.TERRITORIES: TERRITORIES,
    ImportKind.VISITS: VISITS,
    ImportKind.SALES: SALES,
    ImportKind.APPOINTMENTS: APPOINTMENTS,
    ImportKind.PROMISES: PROMISES,
    ImportKind.CALENDAR: CALENDAR,
    ImportKind.LEAVE: LEAVE,
    ImportKind.POPULATION: POPULATION,
}
