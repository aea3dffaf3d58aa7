"""Logging in."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict

from crm.vocabulary import Role
from field_api.schemas.values import Line, Secret, Shape


class LoginBody(Shape):
    """Name and password; `device` is what the login is called in the list of one's logins."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"username": "maria", "password": "a long sentence", "device": "Maria's phone"}
            ]
        }
    )

    username: Line
    password: Secret
    device: Line = ""


class RefreshBody(Shape):
    """The refresh token that the last login or refresh answered."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"refresh_token": "0vK3pUXmFq0m2mS1bQ4c1n8Yy6vQH0nFZzR8m1kqv2A"}]
        }
    )

    refresh_token: Secret


class LoginAnswer(Shape):
    """A bearer token with the instant it ends, and the refresh token that gets the next one, once.
    At `session_expires_at` a new login is needed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…",
                    "token_type": "bearer",
                    "expires_at": "2026-11-30T08:55:00Z",
                    "refresh_token": "0vK3pUXmFq0m2mS1bQ4c1n8Yy6vQH0nFZzR8m1kqv2A",
                    "session_expires_at": "2027-02-28T08:40:00Z",
                    "role": "rep",
                    "name": "Maria Vella",
                }
            ]
        }
    )

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105  (the kind of token, no secret)
    expires_at: datetime
    refresh_token: str
    session_expires_at: datetime
    role: Role
    name: str


class PageSessionAnswer(Shape):
    """Who is logged in in this browser. Changes are sent with `csrf_token` in X-CSRF-Token."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "csrf_token": "5f0c6d0b6b3d8c1b…",
                    "expires_at": "2027-02-28T08:40:00Z",
                    "username": "maria",
                    "name": "Maria Vella",
                    "role": "rep",
                }
            ]
        }
    )

    csrf_token: str
    expires_at: datetime
    username: str
    name: str
    role: Role


class MeAnswer(Shape):
    """Who is logged in, what today is there, and the service's time: a phone's may be wrong."""

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
                    "now": "2026-11-30T08:05:12Z",
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
    now: datetime
