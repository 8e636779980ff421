"""What a scenario looks like before anything is compared: who is bound to whom, and how strong."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure

import alliancesim as al
from alliancesim.agents import twins
from alliancesim.figures import network, strength, timeline
from alliancesim.figures import twins as fork

STATIC = Path(__file__).parents[1] / "docs" / "_static"
DPI = 130


def make() -> None:
    """Draw the network of an arm, strengths alone and together, and one world, alone and twice."""
    scenario = al.load("smda")
    drawn = {
        "network": network(scenario, arm="three-member"),
        "strength": strength(scenario),
        "timeline": timeline(al.replay(scenario, arm="two-member", seed=1, world=18)),
    }
    for name, ax in drawn.items():
        ax.figure.savefig(STATIC / f"{name}.png", dpi=DPI)
    arms(scenario).savefig(STATIC / "network-arms.png", dpi=100)
    run = al.compare(scenario, ["no-smda", "two-member"], worlds=200, seed=1)
    world = int(run.worlds_that_differ("focus_wars_on")["world"].iloc[0])
    both = twins(scenario, arm="two-member", against="no-smda", seed=1, world=world)
    fork(both).savefig(STATIC / "twins.png", dpi=DPI)


def arms(scenario: al.Scenario) -> Figure:
    """Draw the networks of the arms side by side, with one key."""
    names = scenario.arms_by_default
    figure = Figure(figsize=(10.5, 4.4), layout="constrained")
    for ax, arm in zip(figure.subplots(1, len(names)), names, strict=True):
        network(scenario, ax, arm)
        key = ax.get_legend()
        key.remove()
    figure.legend(
        handles=key.legend_handles,
        labels=[text.get_text() for text in key.get_texts()],
        loc="outside lower center",
        ncols=5,
        fontsize=7,
        frameon=False,
    )
    return figure


if __name__ == "__main__":
    make()
