"""The one executor of a process: made when needed, renewed when it breaks, for one alone when
somebody is suspected of breaking it."""

import os
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor

import pytest

from field_api.jobs import workers as module
from field_api.jobs.workers import NoWorkers, WorkerLost, Workers
from routing.many import Synchronous, processes


def die():
    os._exit(9)


@pytest.fixture
def pool():
    workers = Workers(processes(1))
    yield workers
    workers.shutdown()


def test_a_broken_pool_is_replaced_by_the_next_task(pool):
    first = pool.submit(os.getpid).result()
    assert pool.submit(os.getpid).result() == first
    with pytest.raises(WorkerLost):
        pool.submit(die).result()
    assert pool.submit(os.getpid).result() != first
    assert (pool.renewed, pool.share_a_fate) == (1, True)


def test_nothing_is_made_before_it_is_needed_and_after_the_end():
    made = []

    def make():
        made.append(Synchronous())
        return made[-1]

    workers = Workers(make)
    assert made == []
    assert workers.submit(abs, -1).result() == 1
    assert workers.submit(abs, -2).result() == 2
    assert len(made) == 1
    workers.shutdown()
    with pytest.raises(NoWorkers):
        workers.submit(abs, -3)


def test_what_nobody_needs_is_ended_and_made_again(monkeypatch):
    workers = Workers(Synchronous)
    workers.submit(abs, -1).result()
    kept = workers._inner
    workers.rest()
    assert workers._inner is kept
    monkeypatch.setattr(module, "REST_AFTER_S", 0)
    workers.rest()
    assert workers._inner is None
    assert workers.submit(abs, -1).result() == 1


def test_without_anybody_to_make_it_is_said():
    def make() -> Executor:
        raise OSError("no scheduler answers")

    with pytest.raises(NoWorkers, match="no scheduler answers"):
        Workers(make).submit(abs, -1)


def test_an_executor_that_refuses_is_replaced_once():
    class Refusing(Executor):
        def submit(self, fn, /, *args, **kwargs):
            raise BrokenExecutor("broken")

    made = iter([Refusing(), Synchronous()])
    workers = Workers(lambda: next(made))
    assert workers.submit(abs, -1).result() == 1
    with pytest.raises(NoWorkers, match="broken"):
        Workers(Refusing).submit(abs, -1)


def test_a_cancelled_future_of_the_executor_counts_as_lost():
    class Forgetful(Executor):
        def submit(self, fn, /, *args, **kwargs):
            future = Future()
            future.cancel()
            return future

    with pytest.raises(WorkerLost):
        Workers(Forgetful).submit(abs, -1).result()


def test_a_task_s_own_error_is_its_own():
    workers = Workers(Synchronous)
    with pytest.raises(ZeroDivisionError):
        workers.submit(divmod, 1, 0).result()
    assert workers.renewed == 0


def test_who_works_alone_has_nobody_beside():
    workers = Workers(lambda: ThreadPoolExecutor(4))
    running, most, lock = [0], [0], threading.Lock()

    def task():
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.05)
        with lock:
            running[0] -= 1

    def beside():
        for _ in range(5):
            workers.submit(task).result()

    threads = [threading.Thread(target=beside) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        with workers.alone():
            most[0] = running[0]
            workers.submit(task).result()
            assert (running[0], most[0]) == (0, 1)
    for thread in threads:
        thread.join()
    workers.shutdown()


def test_the_end_does_not_wait_for_who_does_not_answer():
    asked, answers = threading.Event(), threading.Event()
    made = ThreadPoolExecutor(1)

    def make():
        asked.set()
        answers.wait()
        return made

    workers = Workers(make)
    with ThreadPoolExecutor(1) as thread:
        task = thread.submit(workers.submit, abs, -1)
        asked.wait()
        workers.rest()
        workers.shutdown()
        answers.set()
        with pytest.raises(NoWorkers):
            task.result()
    with pytest.raises(RuntimeError, match="shutdown"):
        made.submit(abs, -1)
