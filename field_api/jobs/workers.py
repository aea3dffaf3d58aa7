"""Who computes: one executor for everybody in this process, made when needed, renewed when it
breaks, ended when nobody has needed it for a while."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from routing.many import end_at_once

P = ParamSpec("P")
T = TypeVar("T")
REST_AFTER_S = 600
ENDING = "the service is ending"


class WorkerLost(Exception):
    """The process that computed this ended before it was done."""


class NoWorkers(Exception):
    """There is nobody to compute just now."""


class Workers(Executor):
    """An executor that `make` makes, and makes again when it broke. A task whose process died
    raises `WorkerLost`, and the next one finds a sound executor.

    When a process of a pool dies, all that was running in the pool is lost. So whoever was at
    work then is suspected, and tried again `alone`: only the culprit loses its process twice.
    """

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._inner: Executor | None = None
        self._lock = threading.Condition()
        self._making = threading.Lock()  # held for as long as a far scheduler takes to answer
        self._in_flight = 0
        self._alone: int | None = None  # the thread that has all of it for itself
        self._used_at_s = time.monotonic()
        self._closed = False
        self.is_open = False
        self.share_a_fate = False  # one task's dead process takes its neighbours along
        self.renewed = 0  # executors that broke and were replaced

    def open(self) -> None:
        """From now on somebody sees that the executor is ended in the end."""
        self.is_open = True

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand a task in. Raises `NoWorkers`."""
        self._enter()
        try:
            inner, executor = self._submitted(fn, *args, **kwargs)
        except BaseException:
            self._leave()
            raise
        outer: Future[T] = Future()

        def done(_: Future[T]) -> None:
            self._leave()
            self._pass_on(inner, outer, executor)

        inner.add_done_callback(done)
        outer.add_done_callback(lambda _: inner.cancel())
        return outer

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Within, this thread's tasks are the only ones: others wait, what runs is awaited."""
        me = threading.get_ident()
        with self._lock:
            self._lock.wait_for(lambda: self._alone is None)
            self._alone = me
            self._lock.wait_for(lambda: self._in_flight == 0)
        try:
            yield
        finally:
            with self._lock:
                self._alone = None
                self._lock.notify_all()

    def rest(self) -> None:
        """End the executor if nobody has needed it for a while; the next task makes a new one."""
        with self._lock:
            idle = self._in_flight == 0 and self._alone is None
            if not idle or time.monotonic() - self._used_at_s < REST_AFTER_S:
                return
            inner, self._inner = self._inner, None
        if inner is not None:
            inner.shutdown(wait=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End for good and at once; what was running is lost."""
        with self._lock:
            self._closed, self.is_open = True, False
            inner, self._inner = self._inner, None
            self._lock.notify_all()
        if inner is not None:
            end_at_once(inner, for_good=True)

    def _submitted(
        self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[Future[T], Executor]:
        for last in (False, True):
            executor = self._executor()
            try:
                return executor.submit(fn, *args, **kwargs), executor
            except Exception as error:  # broken, shut down, or its cluster is gone
                self._drop(executor)
                if last:
                    raise NoWorkers(str(error)) from error
        raise AssertionError("unreachable")

    def _executor(self) -> Executor:
        with self._making:
            there = self._there()
            if there is not None:
                return there
            try:
                made = self._make()
            except Exception as error:
                raise NoWorkers(str(error)) from error
            with self._lock:
                if not self._closed:
                    self._inner = made
                    self.share_a_fate = isinstance(made, ProcessPoolExecutor)
                    return made
        end_at_once(made, for_good=True)
        raise NoWorkers(ENDING)

    def _there(self) -> Executor | None:
        with self._lock:
            if self._closed:
                raise NoWorkers(ENDING)
            return self._inner

    def _drop(self, executor: Executor) -> None:
        with self._lock:
            if self._inner is not executor:
                return
            self._inner = None
            self.renewed += 1
        end_at_once(executor)

    def _pass_on(self, inner: Future[T], outer: Future[T], executor: Executor) -> None:
        if not outer.set_running_or_notify_cancel():
            return
        try:
            outer.set_result(inner.result())
        except (BrokenExecutor, CancelledError) as error:
            self._drop(executor)
            outer.set_exception(WorkerLost(str(error) or type(error).__name__))
        except BaseException as error:
            outer.set_exception(error)

    def _enter(self) -> None:
        with self._lock:
            self._lock.wait_for(
                lambda: self._closed or self._alone in (None, threading.get_ident())
            )
            self._in_flight += 1

    def _leave(self) -> None:
        with self._lock:
            self._in_flight -= 1
            self._used_at_s = time.monotonic()
            self._lock.notify_all()
