"""Waiting for whoever writes the same: for what has no row of its own to lock."""

from sqlalchemy import text
from sqlmodel import Session, SQLModel


def one_at_a_time(session: Session, table: type[SQLModel]) -> None:
    """Let nobody else write a small table until this unit of work ends; who reads it goes on. On
    SQLite writers queue by themselves."""
    if session.get_bind().dialect.name == "postgresql":
        name = table.__tablename__
        session.connection().execute(text(f'LOCK TABLE "{name}" IN SHARE ROW EXCLUSIVE MODE'))
