"""Accounts, channels, and handing a rep's work over."""

from fastapi import APIRouter

router = APIRouter(tags=["People"])
