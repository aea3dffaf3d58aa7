"""Versions of what people edit: each change of a row counts one up, whoever makes it."""

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session as AnySession
from sqlalchemy.orm import UOWTransaction

from crm.models import Customer, CustomerFact, KeyPerson, User

COUNTED = (Customer, CustomerFact, KeyPerson, User)


def count_up(session: AnySession, _context: UOWTransaction, _instances: Any) -> None:
    """Give changed rows their next version; a listener of writing sessions."""
    for row in list(session.dirty):
        if isinstance(row, COUNTED) and session.is_modified(row):
            state = inspect(row)
            if not state.attrs.version.history.has_changes():
                row.version += 1
