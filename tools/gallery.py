"""Pictures of the gallery that no other page draws, each from one comparison."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matplotlib.axes import Axes

import alliancesim as al
from alliancesim.comparison import Comparison
from alliancesim.figures import (
    against,
    decades,
    drivers,
    flip,
    ladder,
    map_of,
    shift,
    spread,
    survival,
    years,
)

STATIC = Path(__file__).parents[1] / "docs" / "_static"
WARS = "focus_wars_principal"

PICTURES: dict[str, Callable[[Comparison], Axes]] = {
    "map": lambda run: map_of(run.scenario, arm="three-member"),
    "decades": decades,
    "against": against,
    "years": lambda _: years(al.compare("smda", worlds=800)),
    "spread": lambda run: spread(run, WARS),
    "shift": lambda run: shift(run, WARS),
    "survival": survival,
    "ladder": ladder,
    "drivers": lambda run: drivers(run, f"{WARS}_expected"),
    "flip": lambda run: flip(run, f"{WARS}_expected", "insured_share"),
    "flip-two": lambda run: flip(run, f"{WARS}_expected", "insured_share", "challenge_scale"),
}


def make(run: Comparison | None = None) -> None:
    """Draw them from a comparison of the arms of ``smda``; one is played if none is given."""
    played = run or al.compare("smda", worlds=8000, worlds_per_draw=8)
    for name, draw in PICTURES.items():
        draw(played).figure.savefig(STATIC / f"gallery-{name}.png", dpi=150)


if __name__ == "__main__":
    make()
