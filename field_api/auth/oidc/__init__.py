"""The company's own login: OpenID Connect, code flow with PKCE."""

from field_api.auth.oidc.flow import CompanyLogin, Person
from field_api.auth.oidc.refusals import CompanyLoginAway, CompanyLoginOff, CompanyLoginRefused

__all__ = [
    "CompanyLogin",
    "CompanyLoginAway",
    "CompanyLoginOff",
    "CompanyLoginRefused",
    "Person",
]
