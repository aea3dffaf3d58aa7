"""Queries that are put together once: putting one together takes longer than running it.

A query is built on what its asker may see, so there is one for each kind of asker; the asker's
own numbers are handed over when it is run.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Integer, Result, Row, bindparam
from sqlmodel import Session

from crm.rules.access import Asker

PLACES = ("rep_id", "district_id", "region_id")


@dataclass(frozen=True)
class Prepared:
    """A query by what builds it from an asker; values of its own are `bindparam`s."""

    build: Callable[[Asker], Executable]

    def rows(self, session: Session, asker: Asker, **values: object) -> Sequence[Row[Any]]:
        """The rows that the asker may see, for queries of columns; what the session has not
        flushed is not among them."""
        query, values = self._for(asker, values)
        return session.connection().execute(query, values).all()

    def run(self, session: Session, asker: Asker, **values: object) -> Result[Any]:
        """What the asker may see, for queries of whole objects, which then belong to the
        session."""
        query, values = self._for(asker, values)
        return session.execute(query, values)

    def _for(self, asker: Asker, values: dict[str, Any]) -> tuple[Executable, dict[str, Any]]:
        placed = tuple(name for name in PLACES if getattr(asker, name) is not None)
        given = {f"asker_{name}": getattr(asker, name) for name in placed}
        return _built(self.build, asker.role, placed), given | values


@cache
def _built(build: Callable[[Asker], Executable], role: Any, placed: tuple[str, ...]) -> Executable:
    numbers: dict[str, Any] = {name: bindparam(f"asker_{name}", type_=Integer) for name in placed}
    return build(Asker(role=role, **numbers))
