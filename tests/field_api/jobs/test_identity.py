"""Whether a worker of this machine lives no more."""

import subprocess
import sys

from field_api.jobs import identity

SAY = "from field_api.jobs.identity import new_name; print(new_name(), flush=True); input()"


def test_names_are_unique_and_their_bearer_lives():
    names = {identity.new_name() for _ in range(10)}
    assert len(names) == 10
    assert not any(identity.is_gone(name) for name in names)
    assert max(map(len, names)) <= 100


def test_a_worker_is_gone_when_its_process_is_even_unburied():
    with subprocess.Popen(
        [sys.executable, "-c", SAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        name = process.stdout.readline().strip()
        assert not identity.is_gone(name)
        process.kill()
        process.stdout.read()  # it has ended, and nobody has asked how
        while not identity.is_gone(name):
            assert process.returncode is None
    assert identity.is_gone(name)


def test_another_that_got_the_number_of_a_process_is_not_the_same():
    machine, pid, started, rest = identity.new_name().split(".")
    assert identity.is_gone(f"{machine}.{pid}.{int(started) - 1}.{rest}")


def test_nobody_knows_about_other_machines():
    _, pid, started, rest = identity.new_name().split(".")
    assert not identity.is_gone(f"elsewhere.{pid}.{int(started) - 1}.{rest}")


def test_where_processes_cannot_be_looked_up_leases_end_by_themselves(monkeypatch, tmp_path):
    machine, pid, started, rest = identity.new_name().split(".")
    gone = f"{machine}.{pid}.{int(started) - 1}.{rest}"
    monkeypatch.setattr(identity, "PROC", tmp_path)
    assert not identity.is_gone(gone)
