"""Corrections of customers' cards: proposed in the field, done when the manager approves."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, Customer, CustomerCorrection
from crm.rules.files import IN_CARE
from crm.rules.places import metres_between
from crm.store import approvals
from crm.store.approvals import AlreadyAsked, Overtaken
from crm.store.customers import corrections, customers
from crm.text import N_
from crm.vocabulary import ApprovalMatter, Role
from field_api.auth import Caller
from field_api.errors import Conflict, InvalidInput
from field_api.schemas.approvals import StoryAnswer
from field_api.schemas.card_changes import CardChanges
from field_api.schemas.corrections import CorrectionProposed
from field_api.services.approvals.registry import register
from field_api.services.approvals.telling import told
from field_api.services.customers import card_changes
from field_api.services.people.roles import refuse_unless
from field_api.services.plans.notes import Note
from field_api.wording import Language


def propose(
    database: Database,
    caller: Caller,
    code: str,
    correction_id: UUID,
    body: CorrectionProposed,
    *,
    now: datetime,
    language: Language,
) -> tuple[StoryAnswer, bool]:
    """Ask for a correction of a customer's card; answers how it stands, and whether it is new. The
    same body again changes nothing.

    Raises `CustomerNotFound`, `Forbidden` for all but reps, `Conflict` for another body under the
    same id, `InvalidInput` for what changes nothing or cannot be.
    """
    sent = body.model_dump(mode="json", exclude_unset=True)
    digest = _digest({"customer": code, "body": sent})

    def work(session: Session) -> tuple[StoryAnswer, bool]:
        kept = corrections.with_id(session, correction_id)
        if kept is None or kept.rep_id != caller.asker.rep_id:
            customer = customers.get(session, caller.asker, code)
            refuse_unless(
                caller.asker, (Role.REP,), N_("Only reps propose corrections; edit the card.")
            )
        if kept is None:
            try:
                approval = _ask(session, caller, customer, correction_id, body, now=now)
            except AlreadyAsked:  # by a copy that was sent at the same instant
                kept = corrections.with_id(session, correction_id)
        if kept is not None:
            _refuse_another_body(kept, caller, digest)
            approval = approvals.get(session, caller.asker, kept.approval_id)
            return told(session, approval, caller.asker, now=now, language=language), False
        session.add(
            CustomerCorrection(
                id=correction_id,
                customer_id=customer.id or 0,
                rep_id=caller.asker.rep_id or 0,
                approval_id=approval.id,
                body=sent,
                body_sha256=digest,
                received_at=now,
            )
        )
        session.flush()
        return told(session, approval, caller.asker, now=now, language=language), True

    return database.written(work, by=caller.asker, at=now)


def _refuse_another_body(kept: CustomerCorrection, caller: Caller, digest: str) -> None:
    if (kept.rep_id, kept.body_sha256) != (caller.asker.rep_id, digest):
        raise Conflict(
            "correction_differs",
            N_("Correction {id} was sent before with another body; use a new id."),
            id=str(kept.id),
        )


def _ask(
    session: Session,
    caller: Caller,
    customer: Customer,
    correction_id: UUID,
    body: CorrectionProposed,
    *,
    now: datetime,
) -> Approval:
    card_changes.refuse_unreadable(body.changes)
    if body.changes.place is not None and not card_changes.territory_for(
        session, body.changes.place
    ):
        raise InvalidInput(
            "body.changes.place",
            N_("{lat}, {lon} lies in no territory; were the two swapped?"),
            lat=body.changes.place.lat,
            lon=body.changes.place.lon,
        )
    after = body.changes.model_dump(mode="json", include=body.changes.model_fields_set)
    before = card_changes.standing(session, customer, after)
    changes = [
        {"field": field, "before": before[field], "after": value}
        for field, value in after.items()
        if before[field] != value
    ]
    if not changes:
        raise InvalidInput(
            "body.changes", N_("The card of {code} says so already."), code=customer.code
        )
    return approvals.ask(
        session,
        caller.asker,
        matter=ApprovalMatter.CUSTOMER_CORRECTION,
        subject=f"{customer.code}/{correction_id}",
        title=N_("Correction of customer {code} {name}"),
        title_params={"code": customer.code, "name": customer.name},
        reason=body.note,
        payload={"customer": customer.code, "changes": changes, **_stood(customer, body)},
        place=corrections.place_of(session, customer),
        now=now,
    )


def _stood(customer: Customer, body: CorrectionProposed) -> dict[str, Any]:
    """Where the rep stood, and how far from the place that the card has or shall have."""
    if body.position is None:
        return {}
    place = body.changes.place
    if place is None and not customer.placed:
        return {"position": body.position.model_dump(mode="json")}
    lat, lon = card_changes.in_wgs84(place) if place else (customer.lat, customer.lon)
    return {
        "position": body.position.model_dump(mode="json"),
        "distance_m": metres_between(body.position.lat, body.position.lon, lat, lon),
    }


def apply(session: Session, approval: Approval, _now: datetime) -> dict[str, Any]:
    """Change the card as approved. Raises `Overtaken` when it changed otherwise meanwhile."""
    customer = corrections.about(session, approval, to_change=True)
    why = _overtaken(session, approval, customer)
    if why is not None:
        raise Overtaken(why.text, **why.params)
    card_changes.write(session, customer, _changes(approval))
    return {"customer": customer.code, "version": customer.version}


def doubts(session: Session, approval: Approval, _now: datetime) -> list[Note]:
    """What changed since the correction was proposed."""
    why = _overtaken(session, approval, corrections.about(session, approval))
    return [why] if why is not None else []


def _overtaken(session: Session, approval: Approval, customer: Customer) -> Note | None:
    changes = {change["field"]: change for change in approval.payload["changes"]}
    standing = card_changes.standing(session, customer, changes)
    changed = [
        field
        for field, change in changes.items()
        if standing[field] not in (change["before"], change["after"])
    ]
    if changed:
        return Note(
            text=N_("The card of customer {code} was changed meanwhile: {fields}."),
            params={"code": customer.code, "fields": ", ".join(changed)},
        )
    if customer.status not in IN_CARE:
        return Note(
            text=N_("Customer {code} is not visited any more."), params={"code": customer.code}
        )
    place = _changes(approval).place
    if place is not None and card_changes.territory_for(session, place) is None:
        return Note(
            text=N_("The new place of customer {code} lies in no territory any more."),
            params={"code": customer.code},
        )
    return None


def _changes(approval: Approval) -> CardChanges:
    return CardChanges.model_validate_json(
        json.dumps({c["field"]: c["after"] for c in approval.payload["changes"]})
    )


def _digest(sent: dict[str, Any]) -> str:
    text = json.dumps(sent, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


register(ApprovalMatter.CUSTOMER_CORRECTION, apply, doubts=doubts)
