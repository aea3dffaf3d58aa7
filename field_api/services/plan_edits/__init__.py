"""A plan changed by hand: weighed before, done with its cost told, and undone."""

from field_api.services.plan_edits.changing import change
from field_api.services.plan_edits.standing_in import accept, away_of, in_a_sentence, preview
from field_api.services.plan_edits.undoing import undo
from field_api.services.plan_edits.weighing import weighed

__all__ = ["accept", "away_of", "change", "in_a_sentence", "preview", "undo", "weighed"]
