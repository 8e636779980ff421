"""What money, allies' spending and reputation do: the table of decision 16, from a few runs."""

from __future__ import annotations

from pathlib import Path

import attrs
import numpy as np
from numpy.typing import NDArray

import alliancesim as al
from alliancesim.engine.play import play
from alliancesim.narrative.formatting import plus_minus
from alliancesim.outcomes import Tally
from alliancesim.scenario import Scenario
from alliancesim.stats.paired import Design, Estimate

TABLE = Path(__file__).parents[1] / "docs" / "_static" / "effects.txt"
WORLDS, SEED = 1500, 1
ARMS = ("no-smda", "two-member", "three-member")
SPENDERS = {
    "SAU": "Saudi Arabia, gifts among it",
    "PAK": "Pakistan",
    "IND": "India",
    "IRN": "Iran",
    "GRC": "Greece",
}
OFF = {
    "nothing": {},
    "reputation": {"term_reputation": 0.0},
    "side payment": {"term_payment": 0.0},
    "gifts become materiel": {"transfer_absorption": 0.0},
    "allies' spending spares own": {"spill_elasticity": 0.0},
    "rivals' guarantors count": {"pact_threat": 0.0},
}
MOVED = 0.001
WIDTH = 30


def scenario(**values: float) -> Scenario:
    """Return the scenario with parameters fixed, and more states followed than its focus."""
    given = al.load("smda").fixing(**values)
    return attrs.evolve(given, focus=tuple(sorted({*given.focus, *SPENDERS})))


def line(first: str, *cells: str) -> str:
    return f"{first:<{WIDTH}}" + "".join(f"{cell:>22}" for cell in cells).rstrip()


def told(found: Estimate, scale: float = 1.0) -> str:
    return plus_minus(scale * float(found.mean), scale * float(found.high - found.low) / 2)


def spending(tally: Tally) -> list[str]:
    """Return what arms change of burdens, in percent of the reference arm's."""
    values = tally.values("spending_share")
    lines = [line("burden against the reference", *ARMS[1:])]
    for state, name in SPENDERS.items():
        burden = values[..., tally.focus_states.index(state)]
        cells = [burden[:, arm] / burden[:, 0] - 1.0 for arm in (1, 2)]
        found = [told(Estimate.of(each, Design(WORLDS)), 100.0) + " %" for each in cells]
        lines.append(line(name, *found))
    return lines


def reputation(tally: Tally) -> list[str]:
    """Return in how many worlds a reputation ends otherwise than in the reference arm."""
    values = tally.values("reputation")
    lines = [line("worlds that move reputation", *ARMS[1:])]
    for state in ("SAU", "PAK"):
        ends = values[..., tally.focus_states.index(state)]
        moved = np.abs(ends[:, 1:] - ends[:, :1]) >= MOVED
        found = [told(Estimate.of(each, Design(WORLDS)), 100.0) for each in moved.T.astype(float)]
        cells = [f"{each.removeprefix('+')} %" for each in found]
        lines.append(line(SPENDERS[state].split(",")[0], *cells))
    return lines


def switched_off(runs: dict[str, Tally]) -> list[str]:
    """Return calls answered, what the pact does to disputes, and what a term is worth to that."""
    lines = [line("switched off", "calls answered", "on focus states", "the same, changed by")]
    whole = on_members(runs["nothing"])
    for name, tally in runs.items():
        world, design = tally.world, Design(WORLDS)
        force, calls = (world[each].sum(axis=1) for each in ("answered_force", "calls"))
        answered = told(Estimate.of_ratio(force, calls, design), 100.0).removeprefix("+")
        disputes = on_members(tally)
        changed = told(Estimate.of(disputes - whole, design)) if name != "nothing" else ""
        cells = (f"{answered} %", told(Estimate.of(disputes, design)), changed)
        lines.append(line(name, *cells))
    return lines


def on_members(tally: Tally) -> NDArray[np.float64]:
    """Return expected disputes on the focus in each world, with three members less without."""
    values = tally.values("disputes_on_expected")[..., places(tally)].sum(axis=-1)
    return np.asarray(values[:, 2] - values[:, 0])


def places(tally: Tally) -> list[int]:
    return [tally.focus_states.index(state) for state in al.load("smda").focus]


def make() -> None:
    """Write the table."""
    runs = {
        name: play(scenario(**values), ARMS, worlds=WORLDS, seed=SEED)
        for name, values in OFF.items()
    }
    head = (
        f"smda: {WORLDS:,} worlds in each arm, seed {SEED}; ±: half of the 95 % sampling interval"
    )
    parts = (spending(runs["nothing"]), reputation(runs["nothing"]), switched_off(runs))
    notes = (
        "Worlds that move reputation: .001 or more off the reference arm's at the end.",
        "Calls answered: with force, of all calls in the three arms. Disputes on members: expected",
        "a decade, with three members less without the pact.",
    )
    lines = [head, *(each for part in parts for each in ("", *part)), "", *notes]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make()
