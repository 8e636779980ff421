"""What a scenario looks like before anything is compared: who is bound to whom, and how strong."""

from __future__ import annotations

from pathlib import Path

import alliancesim as al
from alliancesim.figures import network, strength, timeline

STATIC = Path(__file__).parent / "_static"
DPI = 130


def make() -> None:
    """Draw the network of an arm, strengths alone and together, and one world of an arm."""
    scenario = al.load("smda")
    drawn = {
        "network": network(scenario, arm="three-member"),
        "network-korea": network(al.load("korea")),
        "strength": strength(scenario),
        "timeline": timeline(al.replay(scenario, arm="two-member", seed=1, world=10)),
    }
    for name, ax in drawn.items():
        ax.figure.savefig(STATIC / f"{name}.png", dpi=DPI)


if __name__ == "__main__":
    make()
