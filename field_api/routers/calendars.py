"""Calendar feeds of a rep's route."""

from fastapi import APIRouter

router = APIRouter(tags=["Days"])
