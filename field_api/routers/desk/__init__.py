"""The pages of the desk: dependency in, service call, page. Each noun is a module with a `router`."""

import importlib
import pkgutil

from fastapi import APIRouter

<<<<<<< HEAD
=======
from field_api.routers.desk import bulk_changes, customers, imports, overview, reports

PAGES = (  # one for each noun
    overview,
    reports,
    imports,
    bulk_changes,
    customers,
)
>>>>>>> fc89979 (The list of customers at the desk: filters, saved views, columns, a map, changes of many with preview and undo)
router = APIRouter(include_in_schema=False)
for noun in pkgutil.iter_modules(__path__):
    router.include_router(importlib.import_module(f"{__name__}.{noun.name}").router)
