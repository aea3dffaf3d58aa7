"""What is done for each kind of job; whoever adds a kind adds its module here."""

from field_api.jobs import clock  # noqa: F401  (registers its kinds)
from field_api.jobs.handlers import (  # noqa: F401  (register theirs)
    backups,
    password_links,
    planning,
    territory_proposals,
)
from field_api.jobs.registry import HANDLERS


def kinds(*, computing: bool) -> tuple[str, ...]:
    """The kinds that are done here: those that wait for workers, or those that do not."""
    return tuple(sorted(kind for kind, one in HANDLERS.items() if one.computes is computing))
