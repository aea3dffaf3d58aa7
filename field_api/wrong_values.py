"""Values that cannot be used, each told in words in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from crm.text import N_
from field_api.wording import Language, say

SHOWN_CHARACTERS = 80  # of a refused value
TOLD = 3  # of many wrong values, so many in a sentence each
NOT_SHOWN = "(not shown)"
NUMBER = N_("write a number")
WHOLE_NUMBER = N_("write a whole number")
DATE = N_("write a date as 2026-11-30")
INSTANT = N_("write an instant with its zone, as 2026-11-30T09:05:00+01:00")
YES_OR_NO = N_("say true or false")
NO_NUMBER_OF_OURS = N_("that is no key of anything here; open the list again and choose")
EMPTY = N_("nothing stands there; fill it in")
OTHER_KIND = N_("that is of another kind than what belongs here")
WHY = {
    "missing": EMPTY,
    "extra_forbidden": N_("there is no such field; leave it out"),
    "json_invalid": N_("that is no JSON"),
    "string_too_short": N_("at least {min_length} characters are needed"),
    "string_too_long": N_("at most {max_length} characters fit; shorten it"),
    "string_pattern_mismatch": N_("it is not written as it has to be"),
    "string_unicode": N_("it holds characters that cannot be kept; remove them"),
    "too_short": N_("choose at least {min_length}"),
    "too_long": N_("at most {max_length} go at once"),
    "enum": N_("choose one of {expected}"),
    "literal_error": N_("choose one of {expected}"),
    "greater_than_equal": N_("it has to be {ge} or more"),
    "greater_than": N_("it has to be more than {gt}"),
    "less_than_equal": N_("it has to be {le} or less"),
    "less_than": N_("it has to be less than {lt}"),
    "finite_number": NUMBER,
    "timezone_aware": INSTANT,
}
# the first part of a kind's name, where all kinds that begin so mean the same
WHY_ALL = {
    "int": WHOLE_NUMBER,
    "float": NUMBER,
    "decimal": NUMBER,
    "bool": YES_OR_NO,
    "date": DATE,
    "datetime": INSTANT,
    "uuid": NO_NUMBER_OF_OURS,
    "string": OTHER_KIND,
    "list": OTHER_KIND,
    "tuple": OTHER_KIND,
    "dict": OTHER_KIND,
    "model": OTHER_KIND,
}


def why(language: Language, error: Mapping[str, Any]) -> str:
    """Why a value cannot be used and what to write instead; `error` is one of pydantic's."""
    kind, given = str(error["type"]), error.get("ctx", {})
    if kind == "value_error":  # words of our own, said by whoever checks the value
        return say(language, str(given.get("error", error["msg"])))
    if kind.startswith("too_") and isinstance(error.get("input"), str):
        kind = f"string_{kind}"  # a length that is looked at after other checks of a text
    if kind == "string_too_short" and not error.get("input"):
        return say(language, EMPTY)
    text = WHY.get(kind) or WHY_ALL.get(kind.partition("_")[0])
    return say(language, text, **given) if text else str(error["msg"])


def told(language: Language, errors: Sequence[Mapping[str, Any]]) -> str:
    """All of it as what a person reads: the first few by name, the number of the others."""
    sentences = [_sentence(language, error) for error in errors[:TOLD]]
    if len(errors) > TOLD:
        text = N_("{n} more values cannot be used; the list of errors names each with the reason.")
        sentences.append(say(language, text, n=len(errors) - TOLD))
    return " ".join(sentences)


def path(error: Mapping[str, Any]) -> str:
    """Where the value stands, such as `body.promises.0.due`."""
    return ".".join(str(part) for part in error["loc"])


def shown(error: Mapping[str, Any]) -> str:
    """The refused value, shortened; neither a password nor what may hold one is repeated."""
    return NOT_SHOWN if _is_secret(error) else _shortened(repr(error.get("input")))


def _sentence(language: Language, error: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in error["loc"][1:]) or path(error)
    reason, value = why(language, error), error.get("input")
    if _is_secret(error) or value in (None, ""):
        return say(language, N_("{name}: {why}."), name=_shortened(name), why=reason)
    text = N_("“{value}” cannot stand in {name}: {why}.")
    return say(language, text, value=_shortened(str(value)), name=_shortened(name), why=reason)


def _is_secret(error: Mapping[str, Any]) -> bool:
    value = error.get("input")
    in_words = isinstance(value, str | int | float | None)
    return "password" in error["loc"] or not in_words


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
