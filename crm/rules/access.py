"""Who asks, and what is theirs to see."""

from dataclasses import dataclass

from crm.vocabulary import Role


@dataclass(frozen=True, kw_only=True)
class Asker:
    """The person behind a query. A rep sees the customers of own territories, a district
    manager those of the district, the general manager and the operator everything."""

    role: Role
    user_id: int | None = None
    rep_id: int | None = None
    district_id: int | None = None

    @property
    def sees_everything(self) -> bool:
        """True for roles without a boundary."""
        return self.role in (Role.GENERAL_MANAGER, Role.OPERATOR)


OPERATOR = Asker(role=Role.OPERATOR)
