"""拜访区域 proposed, repaired and judged: nothing is applied, whoever wants it asks for it."""

from field_api.services.territory_proposals.described import Described, described
from field_api.services.territory_proposals.obstacles import IndivisibleDistrict
from field_api.services.territory_proposals.question import Question, Task
from field_api.services.territory_proposals.worked_out import judged, judgement_of, worked_out

__all__ = [
    "Described",
    "IndivisibleDistrict",
    "Question",
    "Task",
    "described",
    "judged",
    "judgement_of",
    "worked_out",
]
