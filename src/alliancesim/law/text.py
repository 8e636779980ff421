"""A treaty in words, article by article, as `print` shows it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

from alliancesim.law.clauses import CLAUSES, Obligation
from alliancesim.law.terms import Party, Protected, Suspension
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown

__all__ = ["article_in_words", "treaty_in_words"]

NUMBERED = re.compile(r"[0-9]|[IVXLC]+\b")
NAMES = {"security_council": "Security Council"}
KINDS = {
    "defence": "defence",
    "consultation": "consultation",
    "neutrality": "neutrality",
    "non-aggression": "non-aggression",
    "offence": "help in an attack of an ally's own",
    "right": "a right to act",
}


def treaty_in_words(treaty: Treaty) -> str:
    """Return a treaty in words: its parties, each article with its clauses, its life and rank."""
    wrapped = (
        textwrap.wrap(line, 100, subsequent_indent=hang(line), break_on_hyphens=False)
        for line in lines(treaty)
    )
    return "\n".join("\n".join(some) for some in wrapped)


def hang(line: str) -> str:
    """Return how far the rest of a long line is indented."""
    return " " * (len(line) - len(line.lstrip()) + 4)


def lines(treaty: Treaty) -> Iterator[str]:
    """Yield the lines of a treaty in words."""
    yield f"{treaty.id}: {treaty.name}" + (" (hypothetical)" if treaty.hypothetical else "")
    yield f"  {treaty.form.kind.replace('-', ' ')}, revocable {treaty.form.revocable}{life(treaty)}"
    yield f"  parties: {', '.join(spell(one) for one in treaty.parties)}"
    if treaty.protected:
        yield f"  protected: {', '.join(spell(one) for one in treaty.protected)}"
    yield from (f"  {suspended(one)}" for one in treaty.suspensions)
    if treaty.provides:
        yield f"  provides: {treaty.provides}"
    for obligation in treaty.obligations:
        yield ""
        yield from obligation_lines(obligation)
    yield ""
    for name in ("term", "accession", "nuclear"):
        yield from (f"  {line}" for line in clause_lines(name, getattr(treaty, name)))
    for name in ("over", "under"):
        if others := getattr(treaty.primacy, name):
            where = at(treaty.primacy.article)
            yield f"  rank{where}: {name} {', '.join(others)}"
    if treaty.status:
        yield f"  status of this encoding: {treaty.status}"


def life(treaty: Treaty) -> str:
    """Return when a treaty was signed, entered into force and ended."""
    days = (
        ("signed", treaty.signed),
        ("in force from", treaty.entry.on),
        ("ended", treaty.ended),
    )
    return "".join(f"; {words} {day}" for words, day in days if day is not None)


def spell(one: Party | Protected) -> str:
    """Return a party, or a protected state, with its dates."""
    since = f" from {one.since}" if one.since else ""
    denounced = getattr(one, "denounced", None)
    notice = f" (notice {denounced})" if denounced else ""
    return one.state + since + (f" until {one.until}" if one.until else "") + notice


def suspended(pause: Suspension) -> str:
    """Return a suspension."""
    whose = f"of {', '.join(pause.states)} " if pause.states else ""
    since = f"from {pause.since}" if pause.since else "from the beginning"
    until = f" until {pause.until}" if pause.until else ""
    return f"suspended{at(pause.article)}: {whose}{since}{until}"


def article_in_words(article: str) -> str:
    """Return an article with its number, or the words that stand in its place."""
    return f"Art. {article}" if NUMBERED.match(article) else article


def at(article: str) -> str:
    """Return an article in brackets; nothing where none is named."""
    return f" ({article_in_words(article)})" if article and article != "none" else ""


def obligation_lines(obligation: Obligation) -> Iterator[str]:
    """Yield one obligation: what it is, who owes it, when, and its clauses."""
    since = f", from {obligation.since}" if obligation.since else ""
    until = f", until {obligation.until}" if obligation.until else ""
    who = "each party to every other"
    if obligation.obligors is not None:
        owed = ", ".join(obligation.beneficiaries or ())
        who = f"{', '.join(obligation.obligors)} to {owed}"
    yield f"  {article_in_words(obligation.article)}: {KINDS[obligation.kind]}, {who}{since}{until}"
    if obligation.rule is not None:
        yield "    by a rule in plain Python"
    for name in CLAUSES:
        shown = obligation.rule is None or name in ("agreed", "response")
        for line in clause_lines(name, getattr(obligation, name)) if shown else ():
            yield f"    {line}"
    for proviso in obligation.exceptions:
        yield f"    exception{at(proviso.article)}: {proviso.in_words()}"
        if isinstance(proviso.agreed, Unknown):
            for line in clause_lines("this exception", proviso.agreed):
                yield f"      {line}"


def clause_lines(name: str, clause: Any) -> Iterator[str]:
    """Yield one clause in words, or its readings; nothing for one that sets no limit."""
    name = NAMES.get(name, name.replace("_", " "))
    if isinstance(clause, Unknown):
        yield f"{name}{at(clause.article)} is {'disputed' if clause.disputed else 'not known'}:"
        for reading in clause.readings:
            held = f" (so {', '.join(reading.held_by)})" if reading.held_by else ""
            yield f"  {reading.weight:.0%}: {reading.words}{held}"
    elif isinstance(clause, bool):
        if not clause:
            yield f"{name}: no"
    elif clause is not None and (words := clause.in_words()):
        yield f"{name}{at(clause.article)}: {words}"
