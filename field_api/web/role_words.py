"""Roles, and what the role table lets each do, as people read them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from crm.rules import access
from crm.rules.access import Reach, Realm
from crm.text import N_
from crm.vocabulary import ImportKind, Role
from field_api.wording import Language, say

ROLES: dict[Role, str] = {
    Role.REP: N_("Rep"),
    Role.DISTRICT_MANAGER: N_("District manager"),
    Role.REGIONAL_DIRECTOR: N_("Regional director"),
    Role.GENERAL_MANAGER: N_("General manager"),
    Role.CHAIRMAN: N_("Chairman"),
    Role.INFORMATION_ADMIN: N_("Information admin"),
    Role.OPERATOR: N_("Operator at the machine"),
}
LOGS_IN = tuple(role for role in Role if role is not Role.OPERATOR)
REALMS: dict[Realm, str] = {
    Realm.CUSTOMERS: N_("Customers and their files"),
    Realm.FIELD_WORK: N_("Plans, reports, promises"),
    Realm.ACCOUNTS: N_("Accounts"),
}
REACHES: dict[Reach, str] = {
    Reach.NOTHING: N_("nothing at all"),
    Reach.OWN: N_("own"),
    Reach.DISTRICT: N_("the district"),
    Reach.REGION: N_("the region"),
    Reach.EVERYTHING: N_("everything"),
}


@dataclass(frozen=True, kw_only=True)
class Right:
    """A line of the role table: what it is, and for each role a word, or None for no."""

    text: str
    by_role: dict[Role, str | None]


def role_in_words(language: Language, role: Role | str) -> str:
    """A role's name."""
    return say(language, ROLES[Role(role)])


def sights() -> list[Right]:
    """How far each role sees."""
    return [
        Right(
            text=text,
            by_role={
                role: None
                if access.REACH[role][realm] is Reach.NOTHING
                else REACHES[access.REACH[role][realm]]
                for role in LOGS_IN
            },
        )
        for realm, text in REALMS.items()
    ]


def rights() -> list[Right]:
    """What each role may do, out of the table that every service asks."""
    return [
        _may(N_("Decide on the work of others"), access.MANAGERS),
        _some(N_("Import files"), lambda role: access.IMPORTS.get(role, ()), ImportKind),
        _may(N_("Take tables out of the house, once approved"), access.EXPORTS),
        _may(N_("Change regions, districts, calendars, visit forms"), access.ORGANISES),
        _may(N_("Keep accounts"), access.KEEPS_ACCOUNTS),
        _may(N_("Set how things are decided"), access.SETS_POLICY),
        _may(N_("Open confidential files"), access.OPENS_CONFIDENTIAL_FILES),
        _may(N_("Look after jobs and backups"), access.RUNS_THE_HOUSE),
    ]


def _may(text: str, roles: Collection[Role]) -> Right:
    return Right(
        text=text, by_role={role: N_("yes") if role in roles else None for role in LOGS_IN}
    )


def _some(
    text: str, of: Callable[[Role], Collection[ImportKind]], whole: type[ImportKind]
) -> Right:
    def word(role: Role) -> str | None:
        if not of(role):
            return None
        return N_("all kinds") if len(of(role)) == len(whole) else N_("customers only")

    return Right(text=text, by_role={role: word(role) for role in LOGS_IN})
