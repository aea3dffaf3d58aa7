"""Many reps' cycles on any `concurrent.futures.Executor`, and regions split into such tasks."""

from routing.many.crew import Hands
from routing.many.executors import Synchronous, end_at_once, processes
from routing.many.outcome import NotStarted, Outcome, Standing, TaskFailed, WorkerDied
from routing.many.parts import join, split
from routing.many.run import OnStanding, Stop, solve_many

__all__ = [
    "Hands",
    "NotStarted",
    "OnStanding",
    "Outcome",
    "Standing",
    "Stop",
    "Synchronous",
    "TaskFailed",
    "WorkerDied",
    "end_at_once",
    "join",
    "processes",
    "solve_many",
    "split",
]
