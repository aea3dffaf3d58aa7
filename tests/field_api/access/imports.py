"""Imports: customers by the general manager, the chairman and the information admin."""

from tests.field_api.access import Case, only
from tests.field_api.import_files import CUSTOMERS

IMPORTERS = ("general", "chairman", "info")

TABLE = {
    ("POST", "/imports"): Case(
        path="/imports?kind=customers&dry_run=true",
        files={"file": ("customers.csv", CUSTOMERS)},
        expected=only(*IMPORTERS),
    ),
    ("GET", "/imports"): Case(path="/imports", expected=only(*IMPORTERS)),
    ("POST", "/imports/{import_id}/undo"): Case(
        path="/imports/1/undo", expected=only(*IMPORTERS, status=404)
    ),
}
