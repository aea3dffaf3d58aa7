"""What the documents say about grades is what the code does, and their links lead somewhere."""

import re
from pathlib import Path

import pytest

from crm.rules.cadence import gap_limits
from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import Grade

ROOT = Path(__file__).parent.parent
CONCEPTS = (ROOT / "docs" / "concepts.md").read_text(encoding="utf-8")
OURS = [
    ROOT / "README.md",
    ROOT / "docs" / "concepts.md",
    ROOT / "docs" / "glossary.md",
    ROOT / "docs" / "planner.md",
    ROOT / "docs" / "adding-a-rule.md",
    ROOT / "docs" / "explanations.md",
    ROOT / "docs" / "geocoding.md",
    ROOT / "docs" / "replanning.md",
    ROOT / "docs" / "weights.md",
    ROOT / "docs" / "security.md",
    ROOT / "field_api" / "sample" / "malta" / "README.md",
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]


@pytest.mark.parametrize("grade", Grade)
def test_the_table_of_grades_is_the_policy(grade):
    policy = DEFAULT_POLICY[grade]
    row = re.search(rf"^\| {grade} \| (\d+) days \| [^|]+ \| (\d+) min \|", CONCEPTS, re.MULTILINE)
    assert row, f"no row for {grade}"
    assert (int(row[1]), int(row[2])) == (policy.interval_days, policy.service_minutes)


@pytest.mark.parametrize("grade", [Grade.A, Grade.E])
def test_the_gaps_told_are_the_gaps_kept(grade):
    told = re.search(rf"an {grade} customer(?: is visited)? (\d+) to (\d+) days", CONCEPTS)
    assert told
    assert (int(told[1]), int(told[2])) == gap_limits(DEFAULT_POLICY[grade].interval_days)


@pytest.mark.parametrize("document", OURS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    missing = [link for link in local if not (document.parent / link).exists()]
    assert not missing


def test_every_proof_that_the_security_page_names_is_there():
    named = re.findall(r"`(test_\w+\.py)`", (ROOT / "docs" / "security.md").read_text("utf-8"))
    there = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert len(named) > 15
    assert set(named) <= there
