"""What keeps a whole region from being planned is said, with the rep and the value."""

import time
from multiprocessing import active_children

import pytest

from crm.models import Rep
from field_api.services.planning.solving import Unplannable, _executor


def test_a_day_without_room_for_lunch_is_named(planning):
    planning.change(Rep, "R2", day_end_s=12 * 3600)
    with pytest.raises(Unplannable, match=r"workday R2 2026-11-30: lunch\.earliest_s is 41400"):
        planning.plan()
    assert planning.plans() == []


def wait_in_processes_and_be_stopped(others):
    with _executor(None, 2) as pool:
        for _ in range(4):
            pool.submit(time.sleep, 120)
        while not set(active_children()) - others:
            time.sleep(0.05)
        raise KeyboardInterrupt


def test_ctrl_c_ends_the_processes_at_once():
    began, others = time.monotonic(), set(active_children())
    with pytest.raises(KeyboardInterrupt):
        wait_in_processes_and_be_stopped(others)
    while set(active_children()) - others:
        time.sleep(0.05)
    assert time.monotonic() - began < 60
