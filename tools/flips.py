"""What the page on flipping the answer shows: figures and a table, from two runs."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure

import alliancesim as al
from alliancesim.comparison import Comparison
from alliancesim.figures import drivers, flip

STATIC = Path(__file__).parents[1] / "docs" / "_static"
WORLDS, EACH = 8000, 8
HEADLINES = ("focus_wars_principal_expected", "focus_disputes_on_expected")
NUMBERS = ("challenge_scale", "insured_share", "cost_coalition")
READING = "SMDA: provocation"
PAIRS = {
    "two-member": ("two-member", "no-smda"),
    "three-member": ("three-member", "two-member"),
}


def runs() -> dict[str, Comparison]:
    """Play the comparison under both presets."""
    scenario = al.load("smda")
    return {
        preset: al.compare(scenario.with_preset(preset), worlds=WORLDS, worlds_per_draw=EACH)
        for preset in ("post-1945", "strict")
    }


def by_prior(run: Comparison, arm: str) -> None:
    """Draw both headlines against three priors, by the treaty's reading."""
    figure = Figure(figsize=(10.5, 6.6), layout="constrained")
    for row, axes in enumerate(figure.subplots(2, 3, sharey="row")):
        for column, ax in enumerate(axes):
            flip(run, HEADLINES[row], NUMBERS[column], READING, PAIRS[arm], ax=ax)
            title = ax.get_title(loc="left").replace("-\n", "-").replace("\n", " ")
            ax.set_title("" if column else title, fontsize=9, loc="left")
            _short(ax, run, NUMBERS[column])
            if column:
                ax.set_ylabel("")
    figure.savefig(STATIC / f"flips-{arm}.png", dpi=160)


def by_preset(played: dict[str, Comparison]) -> None:
    """Draw both headlines against the insured share under either preset."""
    figure = Figure(figsize=(8.2, 6.6), layout="constrained")
    for row, axes in enumerate(figure.subplots(2, 2, sharey="row")):
        for ax, (preset, run) in zip(axes, played.items(), strict=True):
            flip(run, HEADLINES[row], "insured_share", READING, PAIRS["two-member"], ax=ax)
            what = ax.get_title(loc="left").split(",")[0]
            ax.set_title(f"{preset}: {what}", fontsize=9, loc="left")
            _short(ax, run, "insured_share")
    figure.savefig(STATIC / "flips-presets.png", dpi=160)


def _short(ax, run: Comparison, prior: str) -> None:
    """Say of each reading only which it is, and where it flips; of the axis, which prior."""
    symbol = run.scenario.parameter(prior).symbol
    ax.set_xlabel(f"{prior.replace('_', ' ')} ({symbol})", fontsize=8.5)
    legend = ax.get_legend()
    for text, name in zip(legend.get_texts(), ("unconditional", "conditional"), strict=True):
        text.set_text(f"{name}: {text.get_text().rsplit(': ', 1)[1]}".replace("\n", " "))


def strongest(run: Comparison) -> None:
    """Draw the drivers of both headlines."""
    figure = Figure(figsize=(7.2, 6.4), layout="constrained")
    for ax, metric in zip(figure.subplots(2, 1), HEADLINES, strict=True):
        drivers(run, metric, PAIRS["two-member"], ax=ax, most=6)
    figure.savefig(STATIC / "flips-drivers.png", dpi=160)


def table(played: dict[str, Comparison]) -> str:
    """Return, as text, the means at either end of each prior, and where the sign flips."""
    lines = []
    for metric in HEADLINES:
        for pair in PAIRS.values():
            for preset, run in played.items():
                lines += ["", *_part(run, metric, pair, preset)]
    return "\n".join(lines[1:]) + "\n"


def _part(run: Comparison, metric: str, pair: tuple[str, str], preset: str) -> list[str]:
    about = run.drivers(metric, pair).attrs
    sign = " to ".join(f"{about[f'positive_{end}']:.2f}" for end in ("low", "high"))
    lines = [
        f"{metric}: {pair[0]} − {pair[1]}, {preset}",
        f"  mean {about['mean']:+.3f}; ".replace("-", "−")
        + f"P(> 0) {about['positive']:.2f} ({sign})",
    ]
    found = run.flips(metric, pair, priors=[*NUMBERS, READING])
    for row in found.to_dict("records"):
        where = ""
        if row["verdict"] == "flips" and row["kind"] == "number":
            where = f" at {row['at']:.2f} ({row['at_low']:.2f} to {row['at_high']:.2f})"
        low, high = _end(row, "from"), _end(row, "to")
        lines.append(f"  {row['prior']:<18} {low} → {high}  {row['verdict']}{where}")
    return lines


def _end(row, end: str) -> str:
    at = row[end]
    if row["kind"] == "clause":
        at = "conditional" if "only" in at else "unconditional"
    mean, half = row[f"{end}_mean"], row[f"{end}_high"] - row[f"{end}_mean"]
    return f"{at:>13}: {mean:+.3f} ± {half:.3f}".replace("-", "−")


def make(played: dict[str, Comparison] | None = None) -> None:
    """Write all of it."""
    played = played or runs()
    for arm in PAIRS:
        by_prior(played["post-1945"], arm)
    by_preset(played)
    strongest(played["post-1945"])
    (STATIC / "flips.txt").write_text(table(played), encoding="utf-8")
