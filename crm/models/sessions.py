"""Who is logged in where. Of every secret only its SHA-256 is kept."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import SessionKind


class LoginSession(SQLModel, table=True):
    """A device on which somebody is logged in, until it ends or is ended.

    A page's session bears the hash of its cookie in `secret_sha256`; one of the API is carried by
    refresh tokens. `device` is what the device calls itself, to recognise it in a list.
    """

    __tablename__ = "login_session"

    id: UUID = Field(primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True, ondelete="CASCADE")
    kind: SessionKind = Field(sa_type=stored_by_value(SessionKind))
    secret_sha256: str | None = Field(default=None, unique=True, max_length=64)
    device: str = Field(default="", max_length=200)
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    ended_why: str = Field(default="", max_length=64)


class RefreshToken(SQLModel, table=True):
    """Good for one use: a used one that comes back ends its session."""

    __tablename__ = "refresh_token"

    id: int | None = Field(default=None, primary_key=True)
    session_id: UUID = Field(foreign_key="login_session.id", index=True, ondelete="CASCADE")
    token_sha256: str = Field(unique=True, max_length=64)
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class PasswordReset(SQLModel, table=True):
    """A way to a new password, sent to the person, good once and for a short time."""

    __tablename__ = "password_reset"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True, ondelete="CASCADE")
    token_sha256: str = Field(unique=True, max_length=64)
    asked_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class LoginAttempt(SQLModel, table=True):
    """A login that was tried. `key_sha256` stands for the name and the address it came from."""

    __tablename__ = "login_attempt"

    id: int | None = Field(default=None, primary_key=True)
    key_sha256: str = Field(max_length=64, index=True)
    at: datetime = Field(index=True)
