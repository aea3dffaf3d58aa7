"""The numbers of the grading policies: seen by managers, set by those over the whole company."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from crm.database import Database
from crm.rules.access import MANAGERS, SETS_POLICY, Asker
from crm.rules.grading.grading_policies import (
    POLICIES,
    GradingPolicy,
    GradingPolicyRefused,
    as_data,
    from_data,
)
from crm.rules.grading.weighted_score import Indicator
from crm.store.grades import grading_numbers
from crm.text import N_
from crm.vocabulary import Grade
from field_api.errors import CODES, InvalidInput
from field_api.services.people.roles import refuse_unless

NOT_YOURS_TO_SEE = N_("Only managers do this; ask yours.")
NOT_YOURS_TO_SET = N_("Only the general manager and the chairman set the numbers of grading.")
LONGEST_REASON = 500
MOST = 10**12  # of an amount of money
CODES |= {GradingPolicyRefused: (422, "grading_policy_refused")}


@dataclass(frozen=True, kw_only=True)
class PolicySet:
    """A policy with its numbers as its form shows them; `own`: the company's."""

    policy: GradingPolicy
    own: bool
    fields: Mapping[str, str]


def shown(database: Database, asker: Asker) -> tuple[list[PolicySet], bool]:
    """All policies, and whether the asker sets their numbers. Raises `Forbidden`."""
    refuse_unless(asker, MANAGERS, NOT_YOURS_TO_SEE)
    with database.reading() as session:
        policies = [
            PolicySet(policy=one, own=one != POLICIES[name], fields=form_of(one))
            for name, one in grading_numbers.in_force(session).items()
        ]
    return policies, asker.role in SETS_POLICY


def replace(database: Database, asker: Asker, name: str, fields: Mapping[str, str]) -> None:
    """Set a policy's numbers by its form, or, with `product` in it, the product's again. Grades
    stay until the next grading is approved. Raises `Forbidden`, `InvalidInput`,
    `GradingPolicyRefused`."""
    refuse_unless(asker, SETS_POLICY, NOT_YOURS_TO_SET)
    if name not in POLICIES:
        raise InvalidInput("path.name", N_("There is no policy “{name}”."), name=name[:40])
    reason = fields.get("reason", "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise InvalidInput(
            "body.reason",
            N_("Say why, in {most} characters at most; the audit trail keeps it."),
            most=LONGEST_REASON,
        )
    policy = None if "product" in fields else policy_in(name, fields)

    def work(session: Session) -> None:
        grading_numbers.queue_up(session)
        grading_numbers.keep(session, name, policy, reason=reason)

    database.written(work, by=asker)


def form_of(policy: GradingPolicy) -> dict[str, str]:
    """The numbers by the names of the form's fields: where they stand in `as_data`."""
    found: dict[str, str] = {}

    def walk(name: str, value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{name}.{key}" if name else key, inner)
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                walk(f"{name}.{number}", inner)
        elif isinstance(value, str) and name.startswith("cells."):
            for number, letter in enumerate(value):
                found[f"{name}.{number}"] = letter
        else:
            found[name] = str(value)

    walk("", as_data(policy))
    return found


def policy_in(name: str, fields: Mapping[str, str]) -> GradingPolicy:
    """The policy that a form means. Raises `InvalidInput` naming the first field that is no number,
    `GradingPolicyRefused`."""
    product = as_data(POLICIES[name])

    def read(field: str, like: object) -> object:
        if isinstance(like, dict):
            return {key: read(f"{field}.{key}" if field else key, one) for key, one in like.items()}
        if isinstance(like, list):
            return [read(f"{field}.{number}", one) for number, one in enumerate(like)]
        if isinstance(like, str):
            return "".join(_letter(fields, f"{field}.{number}") for number in range(len(like)))
        return 0 if field == f"at_least.{Grade.E.value}" else _number(fields, field)

    data = read("", product)
    assert isinstance(data, dict)
    return from_data(name, data)


def _letter(fields: Mapping[str, str], name: str) -> str:
    text = fields.get(name, "")
    if text not in set(Grade):
        raise InvalidInput(
            f"body.{name}",
            N_("“{value}” is no grade; there are {grades}."),
            value=text[:20],
            grades=" ".join(grade.value for grade in Grade),
        )
    return text


def _number(fields: Mapping[str, str], name: str) -> int:
    text = fields.get(name, "").strip().replace(",", "")
    digits = text.removeprefix("-")
    least = -100 if name.startswith(("growth", "unknown", f"{Indicator.PROSPECTS}.at")) else 0
    readable = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(MOST))
    value = int(text) if readable else least - 1
    if not least <= value <= MOST:
        raise InvalidInput(
            f"body.{name}",
            N_("“{value}” is no whole number from {least} to {most}."),
            value=text[:20],
            least=least,
            most=f"{MOST:,}",
        )
    return value
