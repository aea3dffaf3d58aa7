"""`callcycle why`: the reason for a visit's day and time, or for its having none."""

from typing import Annotated

import typer

from crm.rules.access import OPERATOR
from field_api.cli.options import DbOption, LangOption, TodayOption, chosen_language, day_of, opened
from field_api.services.planning.why import why_visits
from field_api.services.planning.why_words import in_words


def why(
    wanted: Annotated[
        str, typer.Argument(metavar="VISIT|CUSTOMER", help="Id of a visit, or a customer's code.")
    ],
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Tell why visits of the plans in force are where they are, and what moving them costs."""
    language = chosen_language()
    for explained in why_visits(opened(db), OPERATOR, wanted, day_of(today)):
        print("\n".join(in_words(language, explained)))
