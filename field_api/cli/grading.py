"""`callcycle grade`."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from crm.rules.grading.grading_policies import POLICIES
from crm.rules.grading.sales_rank import DEFAULT_POLICY
from crm.store.grades.grading import PastGrade
from crm.text import N_
from crm.vocabulary import Grade
from field_api.cli.options import DbOption, LangOption, TodayOption, chosen_language, day_of, opened
from field_api.cli.output import stdout
from field_api.services.grades.grading import GradingOutcome, Move, grade_customers, grade_history
from field_api.web import grading_words
from field_api.wording import say

SHOWN_MOVES = 20
DAY = "%Y-%m-%d"


def grade(
    policy: Annotated[
        str,
        typer.Option("--policy", help=f"By which policy: {', '.join(POLICIES)}."),
    ] = DEFAULT_POLICY.name,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say who would move.")] = False,
    explain: Annotated[str | None, typer.Option(help="Tell one customer's grade by code.")] = None,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Grade the active customers by a policy and their figures of the last twelve months."""
    database = opened(db)
    if explain is not None:
        _show_history(explain, grade_history(database, explain))
        return
    outcome = grade_customers(
        database,
        today=day_of(today),
        now=datetime.now(UTC),
        dry_run=dry_run,
        policy=policy,
    )
    _show(outcome)


def _show(outcome: GradingOutcome) -> None:
    language = chosen_language()
    print(
        say(
            language,
            N_("{graded} active customers graded by sales from {first} to {last}."),
            graded=outcome.graded,
            first=outcome.sales_from,
            last=outcome.sales_to,
        )
    )
    for letter in Grade:
        share = 100 * outcome.counts[letter] / outcome.graded if outcome.graded else 0
        print(f"  {letter}  {outcome.counts[letter]:>6,}  {share:>5.1f} %")
    if outcome.without_sales:
        text = N_("{count} of them have no sales in this time and share the lowest rank.")
        print(say(language, text, count=outcome.without_sales))
    if outcome.negative:
        text = N_("{count} of them returned more than they bought and rank below no sales.")
        print(say(language, text, count=outcome.negative))
    if outcome.lacking:
        print(say(language, N_("Not known, and judged without:")))
        for line in grading_words.lacking(language, outcome.lacking):
            print(f"  {line}")
    first = sum(move.before is None for move in outcome.moves)
    up = sum(move.up for move in outcome.moves)
    print(
        say(
            language,
            N_("{up} move up, {down} move down, {first} are graded for the first time."),
            up=up,
            down=len(outcome.moves) - up - first,
            first=first,
        )
    )
    changed = [move for move in outcome.moves if move.before is not None]
    if changed:
        _table(outcome, changed)
    if outcome.applied and not outcome.moves:
        print(say(language, N_("No grade changed; the run is kept with its figures.")))
    elif not outcome.applied:
        print(say(language, N_("Nothing was written.")))


def _table(outcome: GradingOutcome, moves: list[Move]) -> None:
    language = chosen_language()
    table = Table(box=None, pad_edge=False)
    for title in (N_("Customer"), N_("Name"), N_("From"), N_("To"), N_("Why")):
        table.add_column(say(language, title))
    for move in moves[:SHOWN_MOVES]:
        why = grading_words.reason(language, outcome.policy, move.after, move.evidence)
        table.add_row(move.code, move.name, str(move.before), str(move.after), why)
    stdout().print(table)
    if len(moves) > SHOWN_MOVES:
        print(say(language, N_("… and {count} more"), count=len(moves) - SHOWN_MOVES))


def _show_history(code: str, history: list[PastGrade]) -> None:
    language = chosen_language()
    if not history:
        text = N_("Customer {code} has no grade yet; only active customers are graded.")
        print(say(language, text, code=code))
    for past in history:
        print(
            say(
                language,
                N_(
                    "{day}: grade {grade} (before: {previous}). Sales from {first} to {last}: "
                    "{sales}. {why}."
                ),
                day=past.run_at.strftime(DAY),
                grade=past.grade,
                previous=past.previous or "-",
                first=past.sales_from,
                last=past.sales_to,
                sales=f"{past.evidence['sales_cents'] / 100:,.2f}",
                why=grading_words.reason(language, past.policy, past.grade, past.evidence),
            )
        )
