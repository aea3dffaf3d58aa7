"""The pages of the desk: dependency in, service call, page; each noun is one with a `router`."""

import importlib
import pkgutil

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
for noun in pkgutil.iter_modules(__path__):
    router.include_router(importlib.import_module(f"{__name__}.{noun.name}").router)
