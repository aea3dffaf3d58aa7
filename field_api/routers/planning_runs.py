"""Planning a cycle beside requests, with its progress."""

from fastapi import APIRouter

router = APIRouter(tags=["Plans"])
