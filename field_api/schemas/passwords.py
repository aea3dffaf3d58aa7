"""Passwords over the wire."""

from datetime import datetime

from pydantic import ConfigDict

from field_api.schemas.values import FilledLine, Secret, Shape


class NewPasswordBody(Shape):
    """One's own new password, for the old one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"old_password": "a long sentence", "new_password": "four other words go"}]
        }
    )

    old_password: Secret
    new_password: Secret


class ForgottenBody(Shape):
    """Who cannot log in."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"username": "maria"}]})

    username: FilledLine


class ResetBody(Shape):
    """What stands behind `#` in the link, and the new password."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "token": "0vK3pUXmFq0m2mS1bQ4c1n8Yy6vQH0nFZzR8m1kqv2A",
                    "new_password": "four other words go",
                }
            ]
        }
    )

    token: Secret
    new_password: Secret


class ResetLink(Shape):
    """A way to a new password, to be handed to the person: good once, and the newest only."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "username": "maria",
                    "token": "0vK3pUXmFq0m2mS1bQ4c1n8Yy6vQH0nFZzR8m1kqv2A",
                    "link": "https://visits.example.com/new-password"
                    "#0vK3pUXmFq0m2mS1bQ4c1n8Yy6vQH0nFZzR8m1kqv2A",
                    "expires_at": "2026-12-02T08:40:00Z",
                }
            ]
        }
    )

    username: str
    token: str
    link: str
    expires_at: datetime
