"""Tables that leave the house."""

from fastapi import APIRouter

router = APIRouter(tags=["Exports"])
