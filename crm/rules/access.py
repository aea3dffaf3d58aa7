"""Who asks, and what is theirs to see."""

from dataclasses import dataclass, replace
from enum import StrEnum

from crm.vocabulary import ExportKind, ImportKind, Role


class Realm(StrEnum):
    """What there is to see: master data of customers, the work in the field (plans, visit
    reports, promises), or who may log in."""

    CUSTOMERS = "customers"
    FIELD_WORK = "field_work"
    ACCOUNTS = "accounts"


class Reach(StrEnum):
    """How far a role sees."""

    NOTHING = "nothing"
    OWN = "own"
    DISTRICT = "district"
    REGION = "region"
    EVERYTHING = "everything"


REACH: dict[Role, dict[Realm, Reach]] = {
    Role.REP: dict.fromkeys(Realm, Reach.OWN),
    Role.DISTRICT_MANAGER: dict.fromkeys(Realm, Reach.DISTRICT),
    Role.REGIONAL_DIRECTOR: dict.fromkeys(Realm, Reach.REGION),
    Role.GENERAL_MANAGER: dict.fromkeys(Realm, Reach.EVERYTHING),
    Role.CHAIRMAN: dict.fromkeys(Realm, Reach.EVERYTHING),
    Role.INFORMATION_ADMIN: {
        Realm.CUSTOMERS: Reach.EVERYTHING,
        Realm.FIELD_WORK: Reach.NOTHING,
        Realm.ACCOUNTS: Reach.NOTHING,
    },
    Role.OPERATOR: dict.fromkeys(Realm, Reach.EVERYTHING),
}
MANAGERS = (
    Role.DISTRICT_MANAGER,
    Role.REGIONAL_DIRECTOR,
    Role.GENERAL_MANAGER,
    Role.CHAIRMAN,
)
IMPORTS: dict[Role, frozenset[ImportKind]] = {  # whoever is not named imports nothing
    Role.GENERAL_MANAGER: frozenset(ImportKind),
    Role.CHAIRMAN: frozenset(ImportKind),
    Role.INFORMATION_ADMIN: frozenset({ImportKind.CUSTOMERS, ImportKind.POPULATION}),
    Role.OPERATOR: frozenset(ImportKind),
}
EXPORTS: dict[Role, frozenset[ExportKind]] = {  # whoever is not named takes nothing out
    **dict.fromkeys(MANAGERS, frozenset(ExportKind)),
    Role.INFORMATION_ADMIN: frozenset({ExportKind.CUSTOMERS}),
}
ORGANISES = (Role.GENERAL_MANAGER, Role.CHAIRMAN, Role.INFORMATION_ADMIN)  # regions, districts
MERGES = (*MANAGERS, Role.INFORMATION_ADMIN)  # two cards of one customer, as far as they see
# of the own districts; the company's are set by those who see all of it
SETS_PEAK_HOURS = (*MANAGERS, Role.INFORMATION_ADMIN, Role.OPERATOR)
KEEPS_ACCOUNTS = (Role.GENERAL_MANAGER, Role.CHAIRMAN, Role.OPERATOR)
SETS_POLICY = (Role.GENERAL_MANAGER, Role.CHAIRMAN)  # how things are decided
RUNS_THE_HOUSE = (Role.GENERAL_MANAGER, Role.CHAIRMAN, Role.INFORMATION_ADMIN)  # jobs, backups
OPENS_CONFIDENTIAL_FILES = (Role.GENERAL_MANAGER, Role.CHAIRMAN)  # 总经理及以上


@dataclass(frozen=True, kw_only=True)
class Asker:
    """The person behind a query: a rep, a manager of a district or a region, or somebody who sees
    everything of a realm. `name` and `request_id` are for the audit trail."""

    role: Role
    user_id: int | None = None
    rep_id: int | None = None
    district_id: int | None = None
    region_id: int | None = None
    name: str = ""
    request_id: str = ""

    def reach(self, realm: Realm) -> Reach:
        """How far the asker sees; an account without its rep, district or region sees nothing."""
        reach = REACH[self.role][realm]
        place = {
            Reach.OWN: self.rep_id,
            Reach.DISTRICT: self.district_id,
            Reach.REGION: self.region_id,
        }
        return Reach.NOTHING if reach in place and place[reach] is None else reach

    @property
    def sees_everything(self) -> bool:
        """True for roles without a boundary in any realm."""
        return all(reach is Reach.EVERYTHING for reach in REACH[self.role].values())

    def looking_at(
        self, *, district_id: int | None = None, region_id: int | None = None
    ) -> "Asker":
        """The same person, seeing no more than one district or region of what is seen anyway; for
        lists and figures, not for what may be done. The caller makes sure that it is among the
        asker's: whoever is no manager goes on seeing what was seen."""
        if self.role not in MANAGERS or (district_id is None and region_id is None):
            return self
        role = Role.REGIONAL_DIRECTOR if district_id is None else Role.DISTRICT_MANAGER
        return replace(self, role=role, district_id=district_id, region_id=region_id)


OPERATOR = Asker(role=Role.OPERATOR, name="operator")
SERVICE = Asker(role=Role.OPERATOR, name="service")  # what it does by itself, at nobody's word
