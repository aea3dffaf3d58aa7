"""What is wrong with a problem: which object, which field, the value and a hint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from routing.problem import DAY_S


@dataclass(frozen=True, kw_only=True)
class ProblemError:
    """`object_id` names the place, rep, customer, visit or matrix; `field` its field."""

    kind: str
    object_id: str
    field: str
    value: str
    hint: str

    def __str__(self) -> str:
        """`visit v7: service_s is -5; were minutes meant?`"""
        return f"{self.kind} {self.object_id}: {self.field} is {self.value}; {self.hint}"


class InvalidProblem(ValueError):
    """The problem contradicts itself; `errors` has every place."""

    def __init__(self, errors: tuple[ProblemError, ...]) -> None:
        """The message names the first errors and counts the rest."""
        shown = "\n".join(str(error) for error in errors[:10])
        more = f"\n... and {len(errors) - 10} more" if len(errors) > 10 else ""
        super().__init__(shown + more)
        self.errors = errors

    def __reduce__(self) -> tuple[type[InvalidProblem], tuple[tuple[ProblemError, ...]]]:
        """Made again from the errors, not from the message, when it comes from a worker."""
        return type(self), (self.errors,)


@dataclass(frozen=True, kw_only=True)
class About:
    """Makes the errors of one object; `day_s` is the last moment of the problem's days."""

    kind: str
    object_id: str
    day_s: int = DAY_S

    def error(self, field: str, value: object, hint: str) -> ProblemError:
        """One error; long values are cut."""
        text = str(value)
        text = text if len(text) <= 80 else f"{text[:77]}..."
        return ProblemError(
            kind=self.kind, object_id=self.object_id, field=field, value=text, hint=hint
        )

    def interval(
        self, names: tuple[str, str], from_s: int, to_s: int, of: str = ""
    ) -> Iterator[ProblemError]:
        """`from_s` before `to_s`, both within the day."""
        for name, value in zip(names, (from_s, to_s), strict=True):
            if not 0 <= value <= self.day_s:
                hint = f"times are seconds after midnight, 0 to {self.day_s}"
                yield self.error(of + name, value, hint)
        if from_s >= to_s:
            hint = f"it must be before {names[1]}, which is {to_s}; split what spans midnight"
            yield self.error(of + names[0], from_s, hint)


def doubled(kind: str, ids: Iterable[str]) -> Iterator[ProblemError]:
    """An error for each id that is empty or used more than once."""
    for object_id, times in Counter(ids).items():
        about = About(kind=kind, object_id=object_id)
        if times > 1:
            yield about.error("id", object_id, f"{times} {kind}s have it; ids must be unique")
        if not object_id:
            yield about.error("id", "empty", "each needs a name of its own")
