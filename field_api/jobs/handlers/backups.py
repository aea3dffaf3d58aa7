"""A backup that somebody asked for at the desk: written beside the requests, noted when it ends."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from crm.store.house.jobs import Taken
from field_api.jobs.registry import Desk, Handler, register
from field_api.services.house.backup_files import KIND, make


def _work(desk: Desk, job: Taken) -> str:
    return make(desk.database, desk.settings, job, now=datetime.now(UTC))


def _keep(_session: Session, _job: Taken, name: str, _now: datetime) -> dict[str, Any]:
    return {"file": name}


register(KIND, Handler(work=_work, keep=_keep))
