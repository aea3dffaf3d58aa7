"""`callcycle roads fit`, `status` and `forget`: where travel times come from."""

from pathlib import Path
from typing import Annotated

import typer

from crm.rules.access import OPERATOR
from crm.store.travel import travel_legs
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, chosen_language, opened
from field_api.services.travel.travel_fit import fit_straight_line
from field_api.services.travel.travel_times import remembered, travel_by
from field_api.services.travel.travel_words import source_in_words
from field_api.settings import load_settings
from field_api.wording import say

OutOption = Annotated[Path, typer.Option("--out", help="Where the calibration goes.")]


def fit(
    out: OutOption = Path("calibration.json"),
    sample: Annotated[int, typer.Option(min=20, max=1000, help="Places of the sample.")] = 300,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Fit the straight line's speeds to the routing engine on a sample of the customers."""
    found = fit_straight_line(load_settings(), opened(db), OPERATOR, most=sample, out=out)
    language = chosen_language()
    for one in found.fits:
        text = N_(
            "{transport}: error of a leg, median {median_before} → {median_after}, mean "
            "{mean_before} → {mean_after}; to the nearest places, median {near_before} → "
            "{near_after} ({legs} legs that the fit had not seen)."
        )
        print(
            say(
                language,
                text,
                transport=one.profile.name,
                median_before=_percent(one.before.median),
                median_after=_percent(one.after.median),
                mean_before=_percent(one.before.mean),
                mean_after=_percent(one.after.mean),
                near_before=_percent(one.before.near_median),
                near_after=_percent(one.after.near_median),
                legs=f"{one.after.legs:,}",
            )
        )
    text = N_("Written: {path}; CALLCYCLE_CALIBRATION={path} plans by it.")
    print(say(language, text, path=out))


def status(db: DbOption = None, lang: LangOption = None) -> None:
    """Say where travel times come from, whether it answers, and what is remembered."""
    settings, database, language = load_settings(), opened(db), chosen_language()
    source = travel_by(settings, database).source  # an engine is asked; it is told when it is away
    words = source_in_words(language, source)
    print(say(language, N_("Travel times: {source}."), source=words))
    with database.reading() as session:
        kept = travel_legs.sources(session)
    for name, places in sorted(kept.items()):
        text = N_("Remembered of {source}: the ways from {count} places.")
        print(say(language, text, source=name, count=f"{places:,}"))


def forget(
    everything: Annotated[
        bool, typer.Option("--all", help="Also what the engine of the settings told.")
    ] = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Forget what other engines, or other data, have told."""
    settings, database, language = load_settings(), opened(db), chosen_language()
    engine = settings.travel != "straight_line" and not everything
    but = remembered(settings, database).key if engine else None
    with database.writing() as session:
        count = travel_legs.forget(session, but=but)
    print(say(language, N_("Forgotten: the ways from {count} places."), count=f"{count:,}"))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
