"""Accounts over the wire."""

from typing import Any, Literal

from pydantic import ConfigDict

from crm.vocabulary import Role
from field_api.schemas.passwords import ResetLink
from field_api.schemas.values import Code, FilledLine, Given, Line, Shape

USER: dict[str, Any] = {
    "username": "maria",
    "name": "Maria Vella",
    "role": "rep",
    "rep_code": "MT-1",
    "district_code": None,
    "region_code": None,
    "active": True,
    "lang": "",
    "has_password": True,
    "company_login": False,
    "version": 3,
}


class UserAnswer(Shape):
    """An account. Its rep, district or region bounds what it sees; `company_login` says that it is
    bound to the company's own login."""

    model_config = ConfigDict(json_schema_extra={"examples": [USER]})

    username: str
    name: str
    role: Role
    rep_code: str | None
    district_code: str | None
    region_code: str | None
    active: bool
    lang: str
    has_password: bool
    company_login: bool
    version: int


class NewUserBody(Shape):
    """An account to make. A rep's names the rep, a district manager's the district, a regional
    director's the region. Left out, the name is the rep's, else the user name."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"username": "maria", "role": "rep", "rep_code": "MT-1"}]}
    )

    username: FilledLine
    role: Role
    name: Line = ""
    rep_code: Code | None = None
    district_code: Code | None = None
    region_code: Code | None = None
    lang: Literal["", "en", "zh"] = ""


class NewUserAnswer(Shape):
    """The account, which has no password yet, and the link by which its owner chooses one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "user": USER | {"has_password": False, "version": 1},
                    "password_link": {
                        "username": "maria",
                        "token": "0vK3pUXmFq0m2mS1bQ4c1n8Yy6vQH0nFZzR8m1kqv2A",
                        "link": "https://visits.example.com/new-password"
                        "#0vK3pUXmFq0m2mS1bQ4c1n8Yy6vQH0nFZzR8m1kqv2A",
                        "expires_at": "2026-12-02T08:40:00Z",
                    },
                }
            ]
        }
    )

    user: UserAnswer
    password_link: ResetLink


class UserChanges(Given):
    """What changes of an account. Closing it (`active` false) ends its logins. A new role comes
    with the place that it needs. `company_login` false lets the company's login bind it anew."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"active": False}, {"role": "rep", "rep_code": "MT-2"}, {"name": "M. V."}]
        }
    )

    name: FilledLine | None = None
    active: bool | None = None
    lang: Literal["", "en", "zh"] | None = None
    role: Role | None = None
    rep_code: Code | None = None
    district_code: Code | None = None
    region_code: Code | None = None
    company_login: Literal[False] | None = None
