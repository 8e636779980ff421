"""How often play-until-precise covers the truth, and what it costs beside a fixed size.

python benchmarks/stopping.py
python benchmarks/stopping.py --campaigns 4000 --json stopping.json

Differences of a real run are taken as the whole population, so that the truth is known; a campaign
draws from it anew, and stops by the library's own rule. Some populations are made up, to be heavy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np

import alliancesim
from alliancesim.outcomes.metrics import METRICS
from alliancesim.stats.paired import Design
from alliancesim.stats.stopping import FEWEST_DRAWS, Look, look_at

Rule = Callable[[Look], bool]


def library(look: Look) -> bool:
    """Stop when the library would."""
    return not look.lacking


def bare(look: Look) -> bool:
    """Stop at the first narrow interval of thirty draws or more: Chow and Robbins alone."""
    return look.draws >= 30 and look.width <= look.asked


def uniform_in_time(look: Look) -> bool:
    """Stop when an asymptotic confidence sequence is narrow enough, tuned for 500 draws.

    Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, doi:10.1214/24-AOS2408, proposition 3.
    """
    n, alpha = look.draws, 0.05
    rate = (-2 * np.log(alpha) + np.log(1 - 2 * np.log(alpha))) / 500
    from scipy import stats

    spread = look.width / 2 / stats.t.ppf(1 - alpha / 2, n - 1) * np.sqrt(n)
    a = n * rate + 1
    half = spread * np.sqrt(2 * a / (n**2 * rate) * np.log(np.sqrt(a) / alpha))
    return bool(n >= FEWEST_DRAWS and look.width > 0 and 2 * half <= look.asked)


RULES: dict[str, Rule] = {"library": library, "bare": bare, "sequence": uniform_in_time}


def populations(worlds: int, seed: int) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    """Yield a name, and differences, shape (draws, worlds of a draw)."""
    rng = np.random.default_rng(seed)
    yield "made up: normal", rng.normal(size=(20_000, 1))
    yield "made up: one world in fifty differs", (rng.random((50_000, 1)) < 0.02) * 1.0
    many = rng.choice([-1, 1, 1, 1, 2], (50_000, 1)) * (rng.random((50_000, 1)) < 0.05)
    yield "made up: one in twenty, by -1, 1 or 2", many * 1.0
    yield (
        "made up: lognormal, one in twenty",
        rng.lognormal(size=(50_000, 1)) * (rng.random((50_000, 1)) < 0.05),
    )
    for share in (1, 8):
        tally = alliancesim.compare("smda", worlds=worlds, worlds_per_draw=share, seed=seed).tally
        for name, member in (
            ("focus_disputes_on_expected", None),
            ("focus_wars_on_expected", None),
            ("focus_wars_on", None),
            ("focus_wars_involving", None),
            ("loss_share", "SAU"),
        ):
            values = tally.values(name)
            if METRICS[name].level == "focus":
                values = values[..., tally.focus_states.index(member)]
            for arm in (1, 2):
                title = f"{name}, {tally.arms[arm]} − {tally.arms[arm - 1]}, R = {share}"
                whole = worlds // share * share
                yield title, (values[:whole, arm] - values[:whole, arm - 1]).reshape(-1, share)


def campaigns(
    population: np.ndarray[Any, Any], fixed: int, count: int, rng: np.random.Generator, **asked: Any
) -> dict[str, dict[str, float]]:
    """Play campaigns that ask for the width which so many draws would give, by each rule."""
    truth, share = population.mean(), population.shape[1]
    width = 2 * 1.96 * population.mean(axis=1).std() / np.sqrt(fixed)
    relative = bool(asked.get("relative"))
    width = width / abs(truth) if relative else width
    batch, most = max(32, 512 // share), 8 * fixed
    found: dict[str, list[tuple[bool, float, float, bool, bool]]] = {n: [] for n in RULES}
    at_fixed = []
    for _ in range(count):
        draws = population[rng.integers(len(population), size=most)]
        last = _look(draws[:fixed], width, relative)
        at_fixed.append(last.low <= truth <= last.high)
        open_rules = dict(RULES)
        for stop in range(batch, most + batch, batch):
            look = _look(draws[: min(stop, most)], width, relative)
            for name, rule in list(open_rules.items()):
                ends = rule(look)
                if ends or stop >= most:
                    covered = look.low <= truth <= look.high
                    cost = look.draws / fixed
                    found[name].append(
                        (covered, cost, look.width / look.asked, ends, look.skewed(2))
                    )
                    del open_rules[name]
            if not open_rules:
                break
    result = {"fixed": {"coverage": float(np.mean(at_fixed))}}
    for name, rows in found.items():
        covered, cost, narrow, ended, warned = (
            np.array(column) for column in zip(*rows, strict=True)
        )
        result[name] = {
            "coverage": float(covered.mean()),
            "cost": float(cost.mean()),
            "width": float(narrow[ended].mean()) if ended.any() else float("nan"),
            "reached": float(ended.mean()),
            "warned": float(warned.mean()),
            "told": float(covered[ended & ~warned].mean())
            if (ended & ~warned).any()
            else float("nan"),
        }
    return result


def _look(draws: np.ndarray[Any, Any], width: float, relative: bool) -> Look:
    design = Design(draws.size, draws.shape[1])
    return look_at(draws.ravel(), design, width, relative=relative)


@click.command()
@click.option("--campaigns", "count", default=2000, show_default=True)
@click.option("--worlds", default=6000, show_default=True, help="Of the run resampled from.")
@click.option("--fixed", default="150,500,2000", show_default=True, help="Draws a width is set by.")
@click.option("--seed", default=7, show_default=True)
@click.option("--relative", is_flag=True, help="Ask for a share of the difference.")
@click.option("--json", "json_to", type=click.Path(path_type=Path))
def main(
    count: int, worlds: int, fixed: str, seed: int, relative: bool, json_to: Path | None
) -> None:
    """Print, for each population and width: coverage, then cost relative to a fixed size."""
    rows = []
    click.echo(f"{'':62}{'draws':>6}{'fixed':>7}" + "".join(f"{n:>15}" for n in RULES) + "   told")
    for name, population in populations(worlds, seed):
        for size in map(int, fixed.split(",")):
            rng = np.random.default_rng([seed, size])
            found = campaigns(population, size, count, rng, relative=relative)
            rows.append({"population": name, "draws": size, **found})
            cells = "".join(
                f"{100 * found[n]['coverage']:>8.1f} {found[n]['cost']:>5.2f}x" for n in RULES
            )
            told = found["library"]
            click.echo(
                f"{name:62}{size:>6}{100 * found['fixed']['coverage']:>7.1f}{cells}"
                f"   {100 * told['told']:.1f} width {told['width']:.2f}"
                f" reached {told['reached']:.2f} warned {told['warned']:.2f}"
            )
    if json_to:
        json_to.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
