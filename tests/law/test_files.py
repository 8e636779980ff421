"""Treaty files: read strictly, refused with place and reason, and never with a traceback."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancesim import catalogue
from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Answer,
    Attack,
    Obligation,
    Treaty,
    dump_treaty,
    dumps_treaty,
    load_treaty,
    loads_treaty,
)
from alliancesim.testing import treaties

GOOD = """
id = "PAC"
name = "A pact"
parties = ["AAA", "BBB", { state = "CCC", since = 2001-01-01 }]
protected = ["DDD"]
signed = 2000-01-01

[term]
months = 120
notice_months = 12

[accession]
rule = "unanimity"

[[obligations]]
kind = "defence"
article = "1"

[obligations.trigger]
kinds = ["attack", "blockade"]

[obligations.area]
covers = [{ positions = ["metropolitan"] }]

[obligations.provocation]
required = false

[obligations.response]
level = "defend"
wording = "all-means"

[[obligations.exceptions]]
article = "2"
applies_to = ["AAA"]
cap = "assist"

[[obligations]]
kind = "consultation"
article = "3"
obligors = ["AAA"]
beneficiaries = ["BBB"]
agreed.unknown = [
    { value = true, weight = 0.5, words = "a" },
    { value = false, weight = 0.5, words = "b" },
]
"""

DEPTH = """[depth]
value = {}
unit = "share"
source = "somebody"
status = "{}"
[term]"""

WRONG = {
    "no id": ('id = "PAC"', "", "id"),
    "an id in small letters": ('id = "PAC"', 'id = "pac"', "id"),
    "an id that needs a code": ('id = "PAC"', 'id = "PACT"', "code"),
    "a code out of range": ('id = "PAC"', 'id = "PAC"\ncode = 70000', "code"),
    "a code that is text": ('id = "PAC"', 'id = "PAC"\ncode = "7"', "code"),
    "an empty name": ('name = "A pact"', 'name = " "', "name"),
    "a misspelt key": ("signed =", "singed =", "singed"),
    "no parties": (
        'parties = ["AAA", "BBB", { state = "CCC", since = 2001-01-01 }]',
        "",
        "parties",
    ),
    "parties that are text": ('parties = ["AAA",', 'parties = "AAA"\nx = ["AAA",', "x"),
    "a party twice": ('["AAA", "BBB",', '["AAA", "AAA", "BBB",', "parties"),
    "a party with a wrong key": ("since = 2001-01-01", "form = 2001-01-01", "form"),
    "a party that is a number": ('["AAA", "BBB",', '["AAA", 7, "BBB",', "parties"),
    "a party that leaves before it joins": (
        "since = 2001-01-01",
        "since = 2001-01-01, until = 2000-01-01",
        "until",
    ),
    "a protected party": ('protected = ["DDD"]', 'protected = ["AAA"]', "protected"),
    "a date that is text": ("signed = 2000-01-01", 'signed = "2000-01-01"', "signed"),
    "a date that is none": ("signed = 2000-01-01", "signed = 2000-02-30", "TOML"),
    "a term of no months": ("months = 120", "months = 0", "months"),
    "a term of half a month": ("months = 120", "months = 0.5", "months"),
    "negative notice": ("notice_months = 12", "notice_months = -1", "notice_months"),
    "an unknown rule of accession": ('rule = "unanimity"', 'rule = "whim"', "rule"),
    "an unknown kind of duty": ('kind = "defence"', 'kind = "offense"', "kind"),
    "no article": ('article = "1"', "", "article"),
    "an unknown kind of attack": ('["attack", "blockade"]', '["attack", "siege"]', "kinds"),
    "a kind of attack twice": ('["attack", "blockade"]', '["attack", "attack"]', "kinds"),
    "no kind of attack": ('kinds = ["attack", "blockade"]', "kinds = []", "kinds"),
    "an area that covers nothing": ('[{ positions = ["metropolitan"] }]', "[]", "covers"),
    "an unknown position": ('positions = ["metropolitan"]', 'positions = ["moon"]', "positions"),
    "a misspelt clause of an area": (
        'positions = ["metropolitan"]',
        'position = ["home"]',
        "position",
    ),
    "a boolean that is text": ("required = false", 'required = "no"', "required"),
    "an unknown level": ('level = "defend"', 'level = "conquer"', "level"),
    "a level that is a number": ('level = "defend"', "level = 3", "level"),
    "a wording not on the scale": ('wording = "all-means"', 'wording = "maybe"', "wording"),
    "a defence that says nothing": (
        '[obligations.response]\nlevel = "defend"\nwording = "all-means"',
        "",
        "response",
    ),
    "an exception for a stranger": ('applies_to = ["AAA"]', 'applies_to = ["ZZZ"]', "applies_to"),
    "an exception without article": ('article = "2"\n', "", "article"),
    "an exception with an unknown cap": ('cap = "assist"', 'cap = "less"', "cap"),
    "a duty one-sided by omission": ('beneficiaries = ["BBB"]', "", "beneficiaries"),
    "the other side left out": ('obligors = ["AAA"]\n', "", "obligors"),
    "a stranger as obligor": ('obligors = ["AAA"]', 'obligors = ["ZZZ"]', "obligors"),
    "a protected state as obligor": ('obligors = ["AAA"]', 'obligors = ["DDD"]', "obligors"),
    "a stranger as beneficiary": (
        'beneficiaries = ["BBB"]',
        'beneficiaries = ["ZZZ"]',
        "beneficiaries",
    ),
    "nobody as obligor": ('obligors = ["AAA"]', "obligors = []", "obligors"),
    "weights that do not sum to one": (
        "value = true, weight = 0.5",
        "value = true, weight = 0.6",
        "unknown",
    ),
    "a probability of 1.2": ("value = true, weight = 0.5", "value = true, weight = 1.2", "weight"),
    "a reading without words": ('weight = 0.5, words = "a"', "weight = 0.5", "words"),
    "a reading of the wrong kind": ("value = true", 'value = "yes"', "value"),
    "a rule in a file": ('kind = "defence"', 'kind = "defence"\nrule = "f"', "rule"),
    "a depth above one": ("[term]", DEPTH.format(2.0, "derived"), "depth"),
    "a judgement without a prior": ("[term]", DEPTH.format(0.2, "judgement"), "depth"),
    "an ended treaty that was not signed yet": (
        "signed =",
        "ended = 1999-01-01\nsigned =",
        "ended",
    ),
    "an unknown legal form": ("[term]", '[form]\nkind = "handshake"\n[term]', "form"),
    "a count without its rule": ("[term]", "[entry]\ncount = 2\n[term]", "count"),
    "broken TOML": ("[term]", "[term", "TOML"),
}


def test_the_pattern_itself_is_a_treaty() -> None:
    assert loads_treaty(GOOD).members == ("AAA", "BBB", "CCC")


@pytest.mark.parametrize("kind", WRONG)
def test_a_malformed_file_is_refused_with_its_place(kind: str, tmp_path: Path) -> None:
    old, new, place = WRONG[kind]
    assert old in GOOD, kind
    file = tmp_path / "pact.toml"
    file.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(InvalidInput) as caught:
        load_treaty(file)
    assert "pact.toml: " in str(caught.value), caught.value
    assert place in str(caught.value), caught.value


def test_there_are_thirty_kinds_of_wrong() -> None:
    assert len(WRONG) >= 30


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"none\.toml"):
        load_treaty(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(InvalidInput, match=r"latin\.toml"):
        load_treaty(tmp_path / "latin.toml")


def test_the_catalogues_files_say_article_and_source_of_every_clause() -> None:
    for name in catalogue.names("treaties"):
        table = catalogue.treaty_table(name)
        assert table["source"], name
        assert table["status"], name
        assert table.get("obligations") or table["provides"], name
        for duty in table.get("obligations", []):
            assert duty["article"], name
            clauses = [value for value in duty.values() if isinstance(value, dict)]
            clauses += duty.get("exceptions", [])
            for clause in [*clauses, table["form"], table["term"], table["accession"]]:
                readings = clause.get("unknown") or clause.get("disputed")
                if readings and "article" not in clause:
                    clause = readings[0]["value"]
                assert clause["article"], (name, clause)
                assert clause["source"], (name, clause)


def test_every_depth_of_the_catalogue_is_a_judgement_with_a_prior() -> None:
    for name in catalogue.names("treaties"):
        depth = catalogue.treaty(name).depth
        assert depth.status == "judgement"
        assert depth.prior is not None


@settings(max_examples=60, deadline=None)
@given(treaty=treaties(dated=True))
def test_any_treaty_reads_back_from_its_file(treaty: Treaty) -> None:
    assert loads_treaty(dumps_treaty(treaty)) == treaty


def test_a_treaty_is_written_to_a_path(tmp_path: Path) -> None:
    treaty = catalogue.treaty("SMDA")
    dump_treaty(treaty, tmp_path / "smda.toml")
    assert load_treaty(tmp_path / "smda.toml") == treaty


def never(_: Attack) -> Answer:
    return Answer(level="none")


def test_a_rule_in_plain_python_is_not_written() -> None:
    treaty = Treaty(
        id="RUL",
        name="By rule",
        parties=["AAA", "BBB"],
        obligations=[Obligation(kind="defence", article="1", rule=never)],
    )
    with pytest.raises(InvalidInput, match="rule"):
        dumps_treaty(treaty)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates()
VALUES = st.recursive(
    SCALARS.filter(lambda value: value is not None),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_generated_toml_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["SMDA", "EU427", "US-PAK"]))
    table = copy.deepcopy(catalogue.treaty_table(name))
    for _ in range(data.draw(st.integers(1, 3))):
        spoil(data, table)
    try:
        text = tomli_w.dumps(table)
    except (TypeError, ValueError):
        return
    refused = None
    try:
        loads_treaty(text, "fuzz")
    except InvalidInput as error:
        refused = str(error)
    assert refused is None or refused.startswith("fuzz")


def spoil(data: st.DataObject, table: dict[str, object]) -> None:
    """Change one thing somewhere in a table: drop it, rename it, or put anything in its place."""
    node: object = table
    while True:
        places = list(node) if isinstance(node, dict) else list(range(len(node)))  # type: ignore[arg-type]
        if not places:
            return
        key = data.draw(st.sampled_from(places))
        child = node[key]  # type: ignore[index]
        if isinstance(child, (dict, list)) and child and data.draw(st.booleans()):
            node = child
            continue
        act = data.draw(st.sampled_from(["drop", "replace", "double"]))
        if act == "drop":
            del node[key]  # type: ignore[attr-defined]
        elif act == "replace" or not isinstance(node, list):
            node[key] = data.draw(VALUES)  # type: ignore[index]
        else:
            node.append(child)
        return
