"""A file of weights on its way from the command line to the planner."""

import pytest
from typer.testing import CliRunner

from crm.errors import Refused
from field_api.cli import main, planning
from field_api.cli.outcome import WRONG_CALL
from field_api.services.planning.solving import Effort, plan_all
from field_api.wording import say
from routing.many import Synchronous
from routing.solve import solve
from routing.weights import Weights
from tests.routing.builders import a_problem, due, shop

COMMANDS = {
    "plan": ("plan_cycle", ["plan"]),
    "replan": ("replan_service", ["replan", "R1", "--purpose", "a reason"]),
}


class Heard(Exception):
    pass


@pytest.fixture
def call(monkeypatch, tmp_path):
    """Call a command with a file of weights up to the service; the effort that it is asked for."""
    monkeypatch.chdir(tmp_path)

    def run(command: str, text: str) -> Effort:
        (tmp_path / "ours.toml").write_text(text, "utf-8")
        service, arguments = COMMANDS[command]

        def hear(*_: object, effort: Effort, **__: object) -> None:
            raise Heard(effort)

        monkeypatch.setattr(planning, service, hear)
        ended = CliRunner().invoke(main.app, [*arguments, "--weights", "ours.toml"])
        if isinstance(ended.exception, Heard):
            return ended.exception.args[0]
        raise ended.exception

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_the_weights_of_the_file_reach_the_service(call, command):
    assert call(command, "off_ideal = 1800").weights == Weights(off_ideal=1800)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_cannot_be_used_is_refused_in_the_readers_language(call, command):
    with pytest.raises(Refused, match="there is no weight off") as caught:
        call(command, "off = 1")
    assert say("zh", caught.value.text, **caught.value.params).startswith("权重文件无法使用")


def test_a_file_that_is_not_there_is_a_wrong_call():
    ended = CliRunner().invoke(main.app, ["plan", "--weights", "missing.toml"])
    assert ended.exit_code == WRONG_CALL


def test_the_planner_works_with_the_weights_it_is_given():
    problem = a_problem(*(shop(f"s{n}", due(60)) for n in range(10)))
    uneven = Weights(balance_s=0)
    (plan,) = plan_all([problem], Effort(work=60, weights=uneven, executor=Synchronous()))
    assert plan == solve(problem, work=60, weights=uneven)
    assert plan != solve(problem, work=60)
