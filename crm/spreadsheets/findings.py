"""What is wrong, or odd, in a file: where it stands, what it says, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found in a row. `line` is the file's own (the heading is line 1), `column` the
    heading as it stands there, `field` our name of it (empty: the row as a whole). `problem` and
    `remedy` are English templates for `params`."""

    line: int
    column: str
    value: str
    problem: str
    remedy: str
    params: Mapping[str, object] = dataclass_field(default_factory=dict)
    field: str = ""


class BadCell(Exception):
    """A cell that cannot be used: English templates for problem and remedy, and their values."""

    def __init__(self, problem: str, remedy: str, **params: object) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.params = params


def shown(value: object, longest: int = 60) -> str:
    """A cell as it can be printed anywhere: short, on one line, without what breaks a terminal."""
    text = "" if value is None else str(value)
    text = "".join(c if c.isprintable() else "�" for c in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
