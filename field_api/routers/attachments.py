"""Photos of visit reports."""

from fastapi import APIRouter

router = APIRouter(tags=["Visit reports"])
