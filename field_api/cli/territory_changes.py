"""`callcycle territories edit`, `ask` and `adopt`."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError

from crm.errors import Refused
from crm.rules.access import OPERATOR
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, a_day, chosen_language, opened
from field_api.schemas.territories import AdoptionBody, TerritoriesBody, TerritoryProposal
from field_api.services.territories import adopting, changes, editing
from field_api.services.territories.changes import Asking
from field_api.settings import load_settings
from field_api.wording import say

SHOWN = 50
Body = TypeVar("Body", AdoptionBody, TerritoriesBody)
ReasonOption = Annotated[str, typer.Option(help="For whoever approves it.")]
CutOption = Annotated[bool, typer.Option("--cut", help="Take the ground from neighbours.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")]
FromOption = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="When it holds.", callback=a_day),
]


def edit(
    out: Annotated[Path, typer.Option("--map", help="Write the page into this file.")],
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Write a page on which territories are drawn anew; what it saves goes into `ask`."""
    editing.write_file(opened(db), load_settings(), OPERATOR, out, chosen_language())
    print(out)


def ask(
    drawn: Annotated[Path, typer.Argument(help="GeoJSON as the page saves it.")],
    reason: ReasonOption,
    cut: CutOption = False,
    dry_run: DryRunOption = False,
    mend: Annotated[bool, typer.Option("--mend", help="Mend what crosses itself.")] = False,
    takes_effect_on: FromOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Ask for the territories of a file: judged now, theirs when approved."""
    wanted = _document(drawn) | {"reason": reason, "cut_neighbours": cut, "mend": mend}
    body = _read(TerritoriesBody, wanted | {"takes_effect_on": _day(takes_effect_on)})
    _tell(changes.propose_many(opened(db), _asking(dry_run), body))


def adopt(  # noqa: PLR0913, PLR0917  (each is an option)
    areas: Annotated[Path, typer.Argument(help="GeoJSON, as `callcycle roads areas` writes it.")],
    area: Annotated[list[str], typer.Option(help="Name or code; several make one territory.")],
    code: Annotated[str, typer.Option(help="Of the territory.")],
    reason: ReasonOption,
    name: Annotated[str | None, typer.Option(help="Of the territory: the first area's.")] = None,
    rep: Annotated[str | None, typer.Option(help="Who works it.")] = None,
    district: Annotated[str | None, typer.Option(help="Without a rep: whose it is.")] = None,
    cut: CutOption = False,
    dry_run: DryRunOption = False,
    takes_effect_on: FromOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Ask for a territory made of administrative areas, clipped to what is nobody's."""
    wanted = {
        "areas": _document(areas),
        "choose": area,
        "code": code,
        "name": name or area[0],
        "rep_code": rep,
        "district_code": district,
        "reason": reason,
        "cut_neighbours": cut,
        "takes_effect_on": _day(takes_effect_on),
    }
    _tell(adopting.adopt(opened(db), _asking(dry_run), _read(AdoptionBody, wanted)))


def _asking(dry_run: bool) -> Asking:
    return Asking(
        asker=OPERATOR,
        zone=load_settings().zone,
        now=datetime.now(UTC),
        language=chosen_language(),
        dry_run=dry_run,
    )


def _day(given: datetime | None) -> str | None:
    return given.date().isoformat() if given else None


def _document(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused(N_("{path} is no GeoJSON."), path=path)
    return found


def _read(schema: type[Body], wanted: dict[str, Any]) -> Body:
    try:
        return schema.model_validate(wanted)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Refused(N_("{where}: {what}"), where=where, what=first["msg"]) from None


def _tell(told: TerritoryProposal) -> None:
    language, found = chosen_language(), told.effects
    print(say(language, N_("{n} customers change territory."), n=found.moved))
    for move in found.moves[:SHOWN]:
        print(f"  {move.customer_code}: {move.before or '-'} → {move.after or '-'}")
    for code in found.stranded[:SHOWN]:
        print(say(language, N_("Customer {code} would lie in no territory."), code=code))
    if told.approval_id is None:
        print(say(language, N_("Nothing was written.")))
    else:
        text = N_("It waits for approval {id}; customers follow when it is approved.")
        print(say(language, text, id=told.approval_id))
