"""Logging in."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict

from crm.vocabulary import Role
from field_api.schemas.values import Line, Secret, Shape


class LoginBody(Shape):
    """Name and password."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"username": "maria", "password": "a long sentence"}]}
    )

    username: Line
    password: Secret


class LoginAnswer(Shape):
    """A bearer token and the instant it ends; ask for a new one then."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…",
                    "token_type": "bearer",
                    "expires_at": "2026-11-30T08:40:00Z",
                    "role": "rep",
                    "name": "Maria Vella",
                }
            ]
        }
    )

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105  (the kind of token, no secret)
    expires_at: datetime
    role: Role
    name: str


class MeAnswer(Shape):
    """Who is logged in, and what today is there."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "username": "maria",
                    "name": "Maria Vella",
                    "role": "rep",
                    "rep_code": "MT-1",
                    "today": "2026-11-30",
                    "timezone": "Europe/Malta",
                }
            ]
        }
    )

    username: str
    name: str
    role: Role
    rep_code: str | None
    today: str
    timezone: str
