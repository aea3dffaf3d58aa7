"""Customers, as deep as the asker may see them."""

from fastapi import APIRouter

router = APIRouter(tags=["Customers"])
