"""Which command, and which lines of Python, regenerate a report?"""

from __future__ import annotations

import hashlib
import shlex
from typing import TYPE_CHECKING

import attrs

from alliancesim import catalogue
from alliancesim.errors import InvalidInput
from alliancesim.scenario.run_options import WORLDS_PER_DRAW

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison
    from alliancesim.scenario import Scenario

__all__ = ["Command", "command"]


@attrs.frozen
class Command:
    """How a report is regenerated.

    Parameters
    ----------
    shell, python : str
        The command, and the same in Python.
    replay : tuple of str
        The beginning of a command that replays a world of the run; world and arm follow.
    own : bool
        Whether the scenario is not the catalogue's and must be had as a file.
    sha256 : str
        Of the scenario written out as TOML, in hex; empty where it cannot be.
    """

    shell: str
    python: str
    replay: str
    own: bool
    sha256: str


def command(comparison: Comparison, file: str) -> Command:
    """Return how a report of this comparison is regenerated, under a file's name."""
    scenario = comparison.scenario
    changes = _changes(scenario)
    source = scenario.name if changes is not None else f"{_plain(scenario.name)}.toml"
    preset, fixed = changes or ("", {})
    run = [
        *(["--seed", str(comparison.seed)]),
        *(part for name, value in fixed.items() for part in ("--set", f"{name}={value!r}")),
        *(["--preset", preset] if preset else []),
        *_drawn(comparison),
    ]
    arms = _arms(comparison)
    shell = [
        *("alliancesim", "compare", source),
        *(["--arms", ",".join(arms)] if arms else []),
        *("--worlds", str(comparison.asked)),
        *run,
        *("--report", file),
    ]
    return Command(
        shell=shlex.join(shell),
        python=_python(comparison, source, preset, fixed, file),
        replay=shlex.join(["alliancesim", "replay", source, *run]),
        own=changes is None,
        sha256=_sha256(scenario),
    )


def _plain(name: str) -> str:
    return "".join(each if each.isalnum() or each in "-_" else "-" for each in name)


def _drawn(comparison: Comparison) -> list[str]:
    tally = comparison.tally
    shared = tally.worlds_per_draw
    return [
        *(["--worlds-per-draw", str(shared)] if shared != WORLDS_PER_DRAW else []),
        *([] if tally.priors else ["--no-priors"]),
    ]


def _arms(comparison: Comparison) -> list[str]:
    """Return the arms to name; none if those were played that are played unasked."""
    usual = comparison.scenario.arms_by_default
    return [] if comparison.arms == usual else list(comparison.arms)


def _changes(scenario: Scenario) -> tuple[str, dict[str, float]] | None:
    """Return preset and parameters held that make it from the catalogue's; None if none do."""
    from alliancesim.scenario import load

    if scenario.name not in catalogue.names("scenarios"):
        return None
    base = load(scenario.name)
    preset = "" if scenario.preset == base.preset else scenario.preset
    try:
        base = base.with_preset(preset) if preset else base
        usual = {each.name: each for each in base.parameters}
        fixed = {
            each.name: each.value
            for each in scenario.parameters
            if each.prior is None and each != usual.get(each.name)
        }
        return (preset, fixed) if base.fixing(**fixed) == scenario else None
    except InvalidInput:
        return None


def _python(
    comparison: Comparison, source: str, preset: str, fixed: dict[str, float], file: str
) -> str:
    tally, arms = comparison.tally, _arms(comparison)
    shared = tally.worlds_per_draw
    changed = f".with_preset({preset!r})" if preset else ""
    if fixed:
        changed += f".fixing({', '.join(f'{name}={value!r}' for name, value in fixed.items())})"
    options = [
        *([f"arms={arms!r}"] if arms else []),
        f"worlds={comparison.asked}",
        f"seed={comparison.seed}",
        *([f"worlds_per_draw={shared}"] if shared != WORLDS_PER_DRAW else []),
        *([] if tally.priors else ["priors=False"]),
    ]
    return "\n".join(
        [
            "import alliancesim as al",
            "from alliancesim.report import write_report",
            "",
            f"scenario = al.load({source!r}){changed}",
            f"comparison = al.compare(scenario, {', '.join(options)})",
            f"write_report(comparison, {file!r})",
        ]
    )


def _sha256(scenario: Scenario) -> str:
    from alliancesim.scenario import dumps

    try:
        return hashlib.sha256(dumps(scenario).encode()).hexdigest()
    except InvalidInput:  # a rule in Python has no TOML
        return ""
