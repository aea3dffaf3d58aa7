"""What one change of many customers does to each: which columns become what, or why it is left
out."""

from dataclasses import dataclass, field
from typing import Any

from crm.errors import Refused
from crm.rules.customer_status import NoSuchWay, who_decides
from crm.rules.files import IN_CARE
from crm.text import N_
from crm.vocabulary import BulkKind, CustomerStatus, Role

MOST_AT_ONCE = 20_000
MOST_FREQUENCIES = 2_000  # in one approval
LEAST_DAYS, MOST_DAYS = 1, 365
LONGEST_WORD = 100
STATUSES = (CustomerStatus.ACTIVE, CustomerStatus.PROSPECT)  # the others are decided one by one
APPROVED = (BulkKind.REP, BulkKind.FREQUENCY)  # asked for; done when they are approved
REASONED = (BulkKind.STATUS, *APPROVED)


class ImpossibleBulkChange(Refused):
    """A change of many customers that makes no sense as it was asked for."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a bulk change looks at in a customer. `usual_days` lie between visits where it has no
    interval of its own; `territory` and `rep` are codes, empty: none; `district_id` is the
    territory's."""

    trade: str
    channel: str
    status: CustomerStatus
    interval_days: int | None
    usual_days: int
    territory: str = ""
    rep: str = ""
    district_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to become of the customers. `district_id` is the rep's who takes over."""

    kind: BulkKind
    value: str
    district_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What it does to one customer: values before and after, or why it is `left_out`, a text of
    the catalogues with its `params`."""

    before: dict[str, Any]
    after: dict[str, Any] = field(default_factory=dict)
    left_out: str = ""
    params: dict[str, Any] = field(default_factory=dict)


def refuse_impossible(wish: Wish, reason: str) -> None:
    """Raise `ImpossibleBulkChange` for a value that no customer can have, or a missing reason."""
    if wish.kind in REASONED and not reason.strip():
        raise ImpossibleBulkChange(N_("Say why: this change needs a reason."))
    if wish.kind in (BulkKind.TRADE, BulkKind.CHANNEL) and not 0 < len(wish.value) <= LONGEST_WORD:
        raise ImpossibleBulkChange(N_("Say what it shall be, in 100 characters at most."))
    if wish.kind is BulkKind.STATUS and wish.value not in STATUSES:
        raise ImpossibleBulkChange(
            N_("Customers are struck out and blacklisted one by one, on their cards.")
        )
    if wish.kind is BulkKind.FREQUENCY and not _is_interval(wish.value):
        raise ImpossibleBulkChange(
            N_("“{value}” is no number of days from {least} to {most}."),
            value=wish.value,
            least=LEAST_DAYS,
            most=MOST_DAYS,
        )


def effect(wish: Wish, standing: Standing, role: Role) -> Effect:
    """What a wish that `refuse_impossible` let pass does to one customer."""
    match wish.kind:
        case BulkKind.STATUS:
            return _status(wish, standing, role)
        case BulkKind.FREQUENCY:
            return _frequency(wish, standing)
        case BulkKind.REP:
            return _rep(wish, standing)
    name = wish.kind.value
    before = {name: getattr(standing, name)}
    if before[name] == wish.value:
        return Effect(before=before, left_out=N_("is so already"))
    return Effect(before=before, after={name: wish.value})


def _status(wish: Wish, standing: Standing, role: Role) -> Effect:
    before, after = standing.status, CustomerStatus(wish.value)
    found = {"status": before.value}
    if before is after:
        return Effect(before=found, left_out=N_("is so already"))
    try:
        allowed = role in who_decides(before, after)
    except NoSuchWay:
        return Effect(before=found, left_out=N_("does not become this from what it is"))
    if not allowed:
        return Effect(before=found, left_out=N_("is for others to decide"))
    return Effect(before=found, after={"status": after.value})


def _frequency(wish: Wish, standing: Standing) -> Effect:
    days = int(wish.value)
    usual = standing.usual_days
    before = {"interval_days": standing.interval_days or usual}
    if standing.status not in IN_CARE:
        return Effect(before=before, left_out=N_("is not visited any more"))
    if standing.interval_days is not None:
        return Effect(
            before=before, left_out=N_("has a frequency of its own; change it on the card")
        )
    if days == usual:
        return Effect(before=before, left_out=N_("is so already"))
    return Effect(before=before, after={"interval_days": days})


def _rep(wish: Wish, standing: Standing) -> Effect:
    before = {"rep": standing.rep, "territory": standing.territory}
    if not standing.territory:
        return Effect(before=before, left_out=N_("lies in no territory; draw one around it"))
    if standing.rep == wish.value:
        return Effect(before=before, left_out=N_("is so already"))
    if standing.district_id != wish.district_id:
        return Effect(before=before, left_out=N_("lies in another district than the rep"))
    return Effect(before=before, after={"rep": wish.value, "territory": standing.territory})


def _is_interval(text: str) -> bool:
    return (
        text.isascii()
        and text.isdigit()
        and len(text) <= len(str(MOST_DAYS))
        and LEAST_DAYS <= int(text) <= MOST_DAYS
    )
