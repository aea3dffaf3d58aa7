"""Company, regions, districts, reps."""

from fastapi import APIRouter

router = APIRouter(tags=["Organisation"])
