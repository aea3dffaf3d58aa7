"""Rows of one file that mean the same table row."""

from collections.abc import Sequence

from crm.spreadsheets.intake.records import Record
from crm.spreadsheets.parse import Judgement
from crm.text import N_
from crm.vocabulary import ImportKind

NAMED_BY_DAY = {ImportKind.CALENDAR: "date", ImportKind.LEAVE: "first_day"}


def without_repetitions(
    kind: ImportKind, records: Sequence[Record], judgement: Judgement
) -> list[Record]:
    """Each key once: sales of one customer, day and product are summed, a visit told twice
    counts once (both with a warning), a code or a day used twice is rejected."""
    found: dict[tuple[object, ...], Record] = {}
    for record in records:
        first = found.setdefault(record.key, record)
        if first is record:
            continue
        row, line = record.parsed.row, first.parsed.line
        if kind is ImportKind.SALES:
            first.values["amount_cents"] += record.values["amount_cents"]
            margins = (first.values["margin_cents"], record.values["margin_cents"])
            first.values["margin_cents"] = None if None in margins else sum(margins)
            judgement.warn(
                row,
                "amount",
                N_("was added to line {line}: same customer, day and product"),
                N_("Nothing to do when both were sold; else delete one."),
                line=line,
            )
        elif kind is ImportKind.VISITS:
            judgement.warn(
                row,
                "date",
                N_("tells the visit of line {line} again; it counts once"),
                N_("Nothing to do, or correct the date."),
                line=line,
            )
        elif kind in NAMED_BY_DAY:
            judgement.reject(
                row,
                NAMED_BY_DAY[kind],
                N_("stands in line {line} already"),
                N_("Each day may stand there once; delete one of the rows."),
                line=line,
            )
        elif kind is ImportKind.POPULATION:
            judgement.reject(
                row,
                "name",
                N_("stands in line {line} already"),
                N_("Give two places of one name a code each, or delete one of the rows."),
                line=line,
            )
        else:
            judgement.reject(
                row,
                "code",
                N_("stands in line {line} already"),
                N_("Each code may be used once; delete or renumber one of the rows."),
                line=line,
            )
    return list(found.values())
