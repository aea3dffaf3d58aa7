"""People who log in."""

from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import Role


class User(SQLModel, table=True):
    """An account. A rep's names the rep, a district manager's the district."""

    __tablename__ = "user_account"

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=200)
    password_hash: str = Field(max_length=255)
    role: Role = Field(sa_type=stored_by_value(Role))
    rep_id: int | None = Field(default=None, foreign_key="rep.id", index=True)
    district_id: int | None = Field(default=None, foreign_key="district.id", index=True)
    active: bool = True
