"""What people are told."""

from fastapi import APIRouter

router = APIRouter(tags=["Messages"])
