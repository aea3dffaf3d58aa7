"""Writers come in the order in which they asked, and nobody waits for ever."""

import multiprocessing
import threading
import time

import pytest
from sqlalchemy.exc import TimeoutError as WaitedTooLong

from crm.turns import Turns

WRITERS = 8
PATIENCE_S = 30.0


def queued(turns, number):
    while len(turns._waiting) < number:
        time.sleep(0.001)


def test_first_come_first_served(tmp_path):
    turns, came = Turns(tmp_path / "x.db", PATIENCE_S), []

    def write(number):
        with turns.taken():
            came.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    with turns.taken():
        for number, thread in enumerate(threads, start=1):
            thread.start()
            queued(turns, number)
    for thread in threads:
        thread.join()
    assert came == list(range(WRITERS))
    turns.close()


def test_whoever_waits_too_long_leaves_the_queue_and_is_told():
    turns = Turns(None, 0.01)
    with turns.taken(), pytest.raises(WaitedTooLong, match=r"0\.01 s"), turns.taken():
        pass
    with turns.taken():
        assert not turns._waiting


def test_a_block_that_raises_ends_its_turn(tmp_path):
    turns = Turns(tmp_path / "x.db", PATIENCE_S)
    with pytest.raises(RuntimeError), turns.taken():
        raise RuntimeError
    with turns.taken():
        pass
    turns.close()


def hold(path, begun):
    with Turns(path, PATIENCE_S).taken():
        begun.set()
        time.sleep(PATIENCE_S)


def test_other_processes_are_waited_for_and_the_dead_are_not(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    begun, done = spawn.Event(), threading.Event()
    other = spawn.Process(target=hold, args=(tmp_path / "x.db", begun))
    other.start()
    assert begun.wait(PATIENCE_S)
    turns = Turns(tmp_path / "x.db", PATIENCE_S)

    def write():
        with turns.taken():
            done.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert not done.wait(0.1)
    other.kill()
    assert done.wait(PATIENCE_S)
    thread.join()
    other.join()
    turns.close()
