"""Territories as GeoJSON."""

from fastapi import APIRouter

router = APIRouter(tags=["Territories"])
