"""People who log in, and how they can be reached."""

from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import ChannelKind, Role


class User(SQLModel, table=True):
    """An account. A rep's names the rep, a district manager's the district, a regional director's
    the region. Without a password one logs in through the company's own login (`oidc_subject`).

    `quiet_*` are seconds after local midnight between which nothing is sent out.
    """

    __tablename__ = "user_account"

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=200)
    password_hash: str = Field(max_length=255)
    role: Role = Field(sa_type=stored_by_value(Role))
    rep_id: int | None = Field(default=None, foreign_key="rep.id", index=True)
    district_id: int | None = Field(default=None, foreign_key="district.id", index=True)
    region_id: int | None = Field(default=None, foreign_key="region.id", index=True)
    active: bool = True
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})  # goes up by a change
    oidc_subject: str | None = Field(default=None, unique=True, max_length=255)
    lang: str = Field(default="", max_length=8, sa_column_kwargs={"server_default": ""})
    quiet_from_s: int = Field(default=20 * 3600, sa_column_kwargs={"server_default": "72000"})
    quiet_to_s: int = Field(default=7 * 3600, sa_column_kwargs={"server_default": "25200"})


class Channel(SQLModel, table=True):
    """An address outside the product at which a person wants messages."""

    __tablename__ = "message_channel"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True, ondelete="CASCADE")
    kind: ChannelKind = Field(sa_type=stored_by_value(ChannelKind))
    address: str = Field(max_length=500)
    active: bool = True
