"""Jobs as people read them: their states, and why one failed."""

from crm.models import Job
from crm.rules.jobs import OPEN
from crm.text import N_
from crm.vocabulary import JobState
from field_api.services.house.jobs import KINDS
from field_api.wording import Language, say

STATES: dict[JobState, tuple[str, str]] = {  # its shape, and its word
    JobState.QUEUED: ("waiting", N_("waits")),
    JobState.RUNNING: ("planned", N_("under way")),
    JobState.DONE: ("done", N_("done")),
    JobState.FAILED: ("late", N_("failed")),
    JobState.CANCELLED: ("unserved", N_("cancelled")),
}


def kind(code: str) -> str:
    """What a kind of job does; one that nobody has named is shown as it stands."""
    return KINDS.get(code, code.replace("_", " "))


def why(language: Language, job: Job) -> str:
    """Why a job failed, in the reader's language where that is known."""
    told = job.result.get("error")
    if isinstance(told, dict) and "text" in told:
        return say(language, str(told["text"]), **told.get("params", {}))
    return job.error


def is_open(job: Job) -> bool:
    """Whether it has not ended."""
    return job.state in OPEN


def may_begin_again(job: Job) -> bool:
    """Whether it may be tried anew."""
    return job.state in (JobState.FAILED, JobState.CANCELLED)
