"""What a planner should tell people besides the plan: facts that no route can mend."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Note:
    """A text (the English of the catalogues) with its parameters."""

    text: str
    params: dict[str, object] = field(default_factory=dict)
