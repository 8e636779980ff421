"""Does the model show what history shows? Patterns with their bands, and what is simulated.

A band is a range of the record; a pattern is *in band* where the 95 % interval of the simulated
value overlaps it. Where history gives a sign alone that is too easy: it is *not shown* unless the
whole interval has the sign. Which patterns are inputs by construction, which were fitted, which
cannot fail and which are tests stands beside each, since only the last are evidence.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import attrs

from alliancesim import __version__
from alliancesim.data import toml
from alliancesim.data.arguments import checked
from alliancesim.data.checks import as_tuple
from alliancesim.data.plain_text import fitting
from alliancesim.narrative.formatting import decimals, number
from alliancesim.scenario import Scenario
from alliancesim.validation.measures import MEASURES
from alliancesim.validation.runs import LONGER, Plays, World

__all__ = ["Finding", "Pattern", "Role", "Validation", "Verdict", "patterns", "validate"]

Role = Literal["input", "fitted", "cannot fail", "test"]
"""Whether a pattern holds by construction, was fitted, can take no value outside its band, or is a
test."""
Verdict = Literal["in band", "not shown", "missed", "reported", "not computed"]

DEFAULT_PRESET = "post-1945"
SCHEMA_VERSION = 2


@attrs.frozen(kw_only=True)
class Pattern:
    """One number that history gives, and the band in which it is accepted.

    Parameters
    ----------
    id : str
        Its number, P1 to P17; a pattern may have several parts.
    claim : str
        What it says, in words.
    worlds : tuple of str
        In which worlds it is looked at: ``"generic"``, ``"smda"``.
    unit : str
        Unit of the number and of the band.
    low, high : float or None
        Ends of the band; None is no limit.
    source : str
        Where the band comes from.
    role : {"input", "fitted", "cannot fail", "test"}
        *input*: it holds by construction, or its sign is that of a prior. *fitted*: a parameter was
        set against it, by calibration or by hand. *cannot fail*: no value that the model can give
        lies outside the band. *test*: none of these, so that it could have been missed.
    note : str
        Why it has that role.
    measure : str
        Name of the measure.
    preset : str or None
        The only preset on which it is judged; None for all.
    sign : bool
        Whether it asks for a sign alone: then it is *not shown* where the interval holds both.
    """

    id: str
    claim: str
    worlds: tuple[str, ...] = attrs.field(converter=as_tuple)
    unit: str
    low: float | None = None
    high: float | None = None
    source: str
    role: Role
    note: str
    measure: str
    preset: str | None = None
    sign: bool = False

    @property
    def banded(self) -> bool:
        """Whether it has a band at all; without one its number is only reported."""
        return self.low is not None or self.high is not None


@attrs.frozen
class _Table:
    pattern: tuple[Pattern, ...]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the patterns, in order."""
    where = files(__package__).joinpath("patterns.toml")
    return toml.structure(toml.read_resource(where), _Table, where.name).pattern


@attrs.frozen
class Finding:
    """What one world shows of a pattern.

    Parameters
    ----------
    pattern : Pattern
    world : str
        ``"generic"`` or ``"smda"``.
    value, low, high : float
        Simulated value and the ends of its 95 % interval; NaN where there is none.
    verdict : {"in band", "not shown", "missed", "reported", "not computed"}
    """

    pattern: Pattern
    world: str
    value: float
    low: float
    high: float
    verdict: Verdict

    def to_dict(self) -> dict[str, Any]:
        """Return it with plain values; None where there is no number."""
        pattern = self.pattern
        return {
            "pattern": pattern.id,
            "claim": pattern.claim,
            "world": self.world,
            "unit": pattern.unit,
            "band": [pattern.low, pattern.high],
            "source": pattern.source,
            "role": pattern.role,
            "value": _or_none(self.value),
            "interval": [_or_none(self.low), _or_none(self.high)],
            "verdict": self.verdict,
            "note": pattern.note,
        }


def _or_none(value: float) -> float | None:
    return value if math.isfinite(value) else None


@attrs.frozen
class Validation:
    """All patterns, as simulated with one seed.

    Parameters
    ----------
    worlds : int
        Worlds of each run.
    seed : int
    preset : str
        The preset played, save where a pattern names its own.
    findings : tuple of Finding
    """

    worlds: int
    seed: int
    preset: str
    findings: tuple[Finding, ...]

    def of(self, *ids: str) -> tuple[Finding, ...]:
        """Return the findings on some patterns, such as ``of("P1", "P2")``."""
        return tuple(finding for finding in self.findings if finding.pattern.id in ids)

    @property
    def missed(self) -> tuple[Finding, ...]:
        """Findings out of band."""
        return tuple(each for each in self.findings if each.verdict == "missed")

    def to_json(self) -> str:
        """Return all of it as JSON text."""
        told = {
            "schema_version": SCHEMA_VERSION,
            "alliancesim": __version__,
            "worlds": self.worlds,
            "worlds_answers_smda": LONGER * self.worlds,
            "seed": self.seed,
            "preset": self.preset,
            "findings": [finding.to_dict() for finding in self.findings],
        }
        return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)

    def __str__(self) -> str:
        return fitting("\n".join([*_table(self), "", *_notes(self)]))


@checked
def validate(
    worlds: int = 2000,
    seed: int = 0,
    preset: str = DEFAULT_PRESET,
    *,
    only: tuple[str, ...] | None = None,
    places: tuple[World, ...] = ("generic", "smda"),
    change: Callable[[Scenario], Scenario] | None = None,
) -> Validation:
    """Play the generic world and the SMDA world, and hold them against the patterns of history.

    Parameters
    ----------
    worlds : int
        Worlds of each run, 4 or more; intervals rest on up to twelve batches of them.
    seed : int
        0 to 2**64 - 1.
    preset : str
        Preset of the parameters, save where a pattern names its own.
    only : tuple of str, optional
        Patterns to look at, such as ``("P1", "P2")``; all by default.
    places : tuple of str
        Worlds to look at: ``"generic"``, ``"smda"``.
    change : callable, optional
        Applied to every scenario before it is played, to see what breaks a pattern.

    Returns
    -------
    Validation

    Raises
    ------
    InvalidInput
        If a number is out of range or there is no such preset.
    """
    plays = Plays(worlds, seed, preset) if change is None else Plays(worlds, seed, preset, change)
    findings = tuple(
        _found(plays, pattern, world)
        for pattern in patterns()
        if only is None or pattern.id in only
        for world in pattern.worlds
        if world in places
    )
    return Validation(worlds, seed, preset, findings)


def _found(plays: Plays, pattern: Pattern, world: World) -> Finding:
    estimate = MEASURES[pattern.measure](plays, world)
    value, low, high = (float(each) for each in (estimate.mean, estimate.low, estimate.high))
    judged = pattern.banded and pattern.preset in (None, plays.preset)
    return Finding(pattern, world, value, low, high, _verdict(pattern, low, high, judged))


def _verdict(pattern: Pattern, low: float, high: float, judged: bool) -> Verdict:
    if math.isnan(low):
        return "not computed"
    if not judged:
        return "reported"
    below = pattern.low is not None and high < pattern.low
    above = pattern.high is not None and low > pattern.high
    if below or above:
        return "missed"
    if pattern.sign:
        short = pattern.low is not None and low < pattern.low
        beyond = pattern.high is not None and high > pattern.high
        return "not shown" if short or beyond else "in band"
    return "in band"


# -- in print ----------------------------------------------------------------------------------

_HEADS = ("", "pattern", "world", "band", "simulated (95 %)", "verdict", "role")


def _table(validation: Validation) -> list[str]:
    """Return a table that a terminal and a Markdown page both show."""
    rows = [_HEADS, *(_cells(finding) for finding in validation.findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return lines


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return f"| {' | '.join(cells)} |"


def _cells(finding: Finding) -> tuple[str, ...]:
    pattern = finding.pattern
    return (
        pattern.id,
        pattern.claim,
        finding.world,
        band(pattern),
        simulated(finding),
        finding.verdict,
        pattern.role,
    )


def band(pattern: Pattern) -> str:
    """Return a band in words, with its unit."""
    if not pattern.banded:
        return "none"
    if pattern.low is None:
        return f"≤ {pattern.high:g} {pattern.unit}"
    if pattern.high is None:
        return f"≥ {pattern.low:g} {pattern.unit}"
    if pattern.low == pattern.high:
        return f"{pattern.low:g} {pattern.unit}"
    return f"{pattern.low:g} to {pattern.high:g} {pattern.unit}"


def simulated(finding: Finding) -> str:
    """Return a value and its interval, with as many digits as that supports."""
    if not math.isfinite(finding.low):
        return "–"
    half = (finding.high - finding.low) / 2
    places = max(2, decimals(half, 2)) if half > 0 else 0
    value, low, high = (number(each, places) for each in (finding.value, finding.low, finding.high))
    return f"{value} ({low} to {high})"


def _notes(validation: Validation) -> list[str]:
    size = (
        f"{validation.worlds:,} worlds a run ({LONGER * validation.worlds:,} for answers of allies "
    )
    size += f"in the SMDA world), seed {validation.seed}, preset {validation.preset}"
    lines = [
        f"{size}. In band: the 95 % interval overlaps the band, or lies in it where only a sign is "
        "known; if it then holds both signs: not shown.",
        "Input: holds by construction, or its sign is that of a prior. Fitted: a parameter was set "
        "against it, by calibration or by hand. Cannot fail: no value that the model can give is "
        "outside the band. Test: none of these.",
        f"Missed: {_named(validation, 'missed')}. Not shown: {_named(validation, 'not shown')}.",
        "",
    ]
    for pattern in dict.fromkeys(finding.pattern for finding in validation.findings):
        lines.append(f"- {pattern.id}, {pattern.claim}. Band: {pattern.source}. {_note(pattern)}")
    return lines


def _named(validation: Validation, verdict: Verdict) -> str:
    found = {
        f"{each.pattern.id} ({each.world})"
        for each in validation.findings
        if each.verdict == verdict
    }
    return ", ".join(sorted(found, key=_order)) or "none"


def _order(name: str) -> tuple[int, str]:
    return int(name[1:].split()[0]), name


def _note(pattern: Pattern) -> str:
    return f"Note: {pattern.note}."
