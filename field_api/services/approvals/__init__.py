"""Approvals: asked for through `crm.store.approvals.ask`, decided here, carried out by whoever owns
the matter."""

from field_api.services.approvals.deciding import decide, withdraw
from field_api.services.approvals.registry import register

__all__ = ["decide", "register", "withdraw"]
