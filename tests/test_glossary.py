"""The figures' names are the same on every page and in the glossary, in both languages."""

import re
from pathlib import Path

import pytest

from crm.rules.figures.month_shares import OF_BOTH
from crm.rules.glossary import DEFINITIONS, FigureKey
from field_api.wording import LANGUAGES, say

GLOSSARY = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", FigureKey)
def test_the_glossary_has_the_figure_under_its_names(key):
    english, chinese = (say(language, DEFINITIONS[key].name) for language in LANGUAGES)
    assert re.search(rf"^\| {re.escape(english)} \| {chinese} \|", GLOSSARY, re.MULTILINE)


def test_every_figure_is_defined_and_reckoned_from_counts():
    assert set(DEFINITIONS) == set(FigureKey) == set(OF_BOTH)
