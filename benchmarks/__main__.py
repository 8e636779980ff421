"""All benchmarks in one run: what the page on speed shows, its figure, and another checkout.

python benchmarks
python benchmarks --against ../other/src
python benchmarks --keep docs/_static
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import against as two_checkouts
import answer
import click
import growth
import worlds_per_second
from drawing import draw

import alliancesim
from alliancesim.outcomes.metrics import HEADLINES

__all__ = ["main", "measure", "report"]


def measure(worlds: int, repeats: int, seed: int) -> dict[str, Any]:
    """Run every benchmark of the page."""
    smda = alliancesim.load("smda")
    pilot, most = 10 * worlds, (worlds, 4 * worlds, 16 * worlds)
    return {
        "rates": worlds_per_second.measure("smda", worlds, 2, 2, repeats, seed),
        "answer": answer.answer(smda, HEADLINES[0], pilot, 4, seed),
        "growth": growth.grow(max(10, worlds // 3), repeats, seed, most),
    }


def report(figures: dict[str, Any]) -> str:
    """Write every table."""
    parts = (
        worlds_per_second.report(figures["rates"]),
        answer.report(figures["answer"]),
        growth.report(figures["growth"]),
    )
    return "\n\n\n".join(parts)


@click.command()
@click.option("--worlds", default=300, show_default=True, help="Worlds of a run.")
@click.option("--repeats", default=3, show_default=True, help="Times each is measured, in turn.")
@click.option("--seed", default=0, show_default=True)
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Write them here.")
@click.option(
    "--against",
    "other",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The src of another checkout, measured in turn with this one.",
)
def main(worlds: int, repeats: int, seed: int, keep: Path | None, other: Path | None) -> None:
    """Run all benchmarks; with --keep write speed.txt, speed.json and speed.png."""
    figures = measure(worlds, repeats, seed)
    printed = report(figures)
    click.echo(printed)
    if other:
        figures["against"] = two_checkouts.against(other, "smda", 2 * worlds, repeats)
        click.echo("\n\n" + two_checkouts.report(figures["against"]))
    if keep:
        (keep / "speed.txt").write_text(f"{printed}\n", encoding="utf-8")
        (keep / "speed.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        draw(figures).savefig(keep / "speed.png", dpi=200)


if __name__ == "__main__":
    main()
