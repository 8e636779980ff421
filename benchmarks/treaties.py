"""How long treaties take to compile, and whether a clause in plain Python plays as fast.

python benchmarks/treaties.py
python benchmarks/treaties.py --worlds 100 --repeats 3
"""

from __future__ import annotations

import statistics
from time import perf_counter

import attrs
import click

import alliancesim
from alliancesim.arrays.blocks import compile_treaty, compiled
from alliancesim.engine import play as engine
from alliancesim.law import Answer, Attack, Obligation, Response, Treaty
from alliancesim.scenario import Scenario


def rule(attack: Attack) -> Answer:
    """Answer an armed attack, whoever makes it and wherever, with defence: a user's clause."""
    armed = attack.kind in ("attack", "blockade")
    return Answer(level="defend" if armed else "none", binding=0.9, why="an armed attack")


WRITTEN = Obligation(
    kind="defence", article="1", response=Response(level="defend", wording="all-means")
)
RULED = Obligation(kind="defence", article="1", rule=rule)


def compile_all(scenario: Scenario) -> tuple[float, float, int]:
    """Return the seconds to compile a scenario's treaties afresh and again, and the cells."""
    states = [state.id for state in scenario.states]
    compiled.cache_clear()
    seconds, cells = [], 0
    for _ in range(2):
        start = perf_counter()
        blocks = [
            compile_treaty(treaty, states, scenario.circumstances, scenario.start)
            for treaty in scenario.treaties
        ]
        seconds.append(perf_counter() - start)
        cells = 4 * sum(block.cells for block in blocks)
    return seconds[0], seconds[1], cells


def with_pact(scenario: Scenario, duty: Obligation) -> Scenario:
    """Return the scenario with the SMDA's one duty written in one way or the other."""
    treaties = tuple(
        attrs.evolve(treaty, obligations=[duty]) if treaty.id == "SMDA" else treaty
        for treaty in scenario.treaties
    )
    return attrs.evolve(scenario, treaties=treaties)


def seconds_to_play(scenario: Scenario, worlds: int) -> float:
    """Return the seconds of one run of the two-member arm."""
    start = perf_counter()
    engine.play(scenario, ["two-member"], worlds=worlds, seed=1, threads=1)
    return perf_counter() - start


def same_duties(one: Treaty, other: Treaty, scenario: Scenario) -> bool:
    """Tell whether two treaties compile to the same levels."""
    states = [state.id for state in scenario.states]
    blocks = [
        compile_treaty(each, states, scenario.circumstances, scenario.start)
        for each in (one, other)
    ]
    return bool((blocks[0].level == blocks[1].level).all())


@click.command()
@click.option("--worlds", default=400, show_default=True, help="Worlds of one run.")
@click.option("--repeats", default=5, show_default=True, help="Runs of each, in turn.")
def main(worlds: int, repeats: int) -> None:
    """Print cells and seconds of compiling, and the rates of both ways to write a clause."""
    scenario = alliancesim.load("smda")
    fresh, again, cells = compile_all(scenario)
    click.echo(f"{len(scenario.treaties)} treaties, {cells:,} cells: {fresh:.3f} s to compile")
    click.echo(f"compiled again, from the cache: {again:.4f} s")
    ways = {"built-in": with_pact(scenario, WRITTEN), "plain Python": with_pact(scenario, RULED)}
    pacts = [way.treaty("SMDA") for way in ways.values()]
    if not same_duties(*pacts, scenario):
        raise SystemExit("the two ways do not mean the same")
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for repeat in range(repeats + 1):
        for name, way in ways.items():
            spent = seconds_to_play(way, worlds)
            if repeat:
                taken[name].append(spent)
    medians = {name: statistics.median(spent) for name, spent in taken.items()}
    for name, median in medians.items():
        click.echo(f"{name} clause: {worlds / median:,.0f} arm-worlds a second")
    click.echo(f"plain Python over built-in: {medians['built-in'] / medians['plain Python']:.2f}")


if __name__ == "__main__":
    main()
