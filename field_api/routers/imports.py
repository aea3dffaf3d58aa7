"""Tables that come in from files."""

from fastapi import APIRouter

router = APIRouter(tags=["Imports"])
