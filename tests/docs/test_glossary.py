"""The glossary: in order, short, and without a gap where tables use a word as a name."""

import re
from pathlib import Path

import pytest

from alliancesim import catalogue
from alliancesim.law import Level
from alliancesim.outcomes.metrics import LEVELS

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
ENTRIES = dict(
    re.findall(
        r"^(\S.*)\n((?:  .*\n)+)", TEXT.split("{glossary}\n")[1].split("```")[0], re.MULTILINE
    )
)
SENTENCE = re.compile(r"(?<!et al)[.?!](?:\s|$)")


def test_terms_are_in_order():
    assert list(ENTRIES) == sorted(ENTRIES, key=str.casefold)


def test_each_term_has_one_entry():
    assert len(re.findall(r"^(?=[^ `\n])", TEXT.split("{glossary}\n")[1], re.MULTILINE)) == len(
        ENTRIES
    )


@pytest.mark.parametrize("term", ENTRIES)
def test_an_entry_is_one_to_three_sentences(term):
    assert 1 <= len(SENTENCE.findall(ENTRIES[term])) <= 3


def test_words_that_name_columns_levels_and_forms_are_there():
    words = {name for dims in LEVELS.values() for name in dims}
    words |= set(catalogue.variants())
    named = {word for term in ENTRIES for word in term.split(", ")}
    assert words <= named
    assert {str(level) for level in Level} - {"none"} <= named
