"""What waits for a decision, and deciding it."""

from fastapi import APIRouter

router = APIRouter(tags=["Approvals"])
