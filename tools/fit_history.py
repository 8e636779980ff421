"""Fit what the record of 1946 to 1999 says of disputes, wars and answers of allies.

Run ``python tools/fit_history.py FOLDER``, with a folder that holds ``disputes.csv``, ``pairs.csv``
and ``calls.csv`` of the training files (Gibler-Miller-Little disputes 2.2.1, ATOP 4.01, COW states
and contiguity, Thompson-Sakuwa-Suhas rivalries). It starts from nothing and keeps its trace:
``docs/_static/history.csv`` has a row a number, with its 95 % interval and how many cases it rests
on. Without a folder the shares are recomputed from the counts of that table, and what cannot be
recomputed from counts is kept.

Disputes are counted pair by pair, originators on both sides only; those under way at the end of
1999 are left out, as their outcome is not known. Answers are one row a dispute and ally: an ally
bound to defend the party that was attacked, and not itself a party from the first day. The area and
other conditions of a clause are not applied to them.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, gammaln

from alliancesim.stats.paired import score_interval

TRACE = Path(__file__).parents[1] / "docs" / "_static" / "history.csv"
COLUMNS = ["fit", "term", "value", "low", "high", "events", "cases"]
CLASSES = ("rival", "land", "relevant", "unrelated")
NUCLEAR = {2: 1945, 365: 1949, 200: 1952, 220: 1960, 710: 1964, 666: 1967, 750: 1988, 770: 1990}
"""First year with a nuclear weapon, by COW state code."""
FITTED, CHECKED = (1946, 1989), (1990, 1999)
"""Years on which the answers of allies are fitted, and years set aside beforehand to check them."""
PERIODS = ((1946, 1962), (1963, 1979), (1980, 1999))
"""Rates of the first predict the second, on which their spread is fitted; those of both predict the
third, on which it is checked."""
WEIGHT = 20.0
"""Pair-years of the class mean in a pair's own rate, the catalogue's ``rate_shrinkage``."""
RESAMPLES = 200
PENALTY = 0.05
"""Ridge on standardised slopes, which keeps a term finite that no case contradicts."""

Row = dict[str, Any]
Floats = NDArray[np.float64]


def main(folder: Path | None) -> None:
    """Fit all, keep the trace, print it."""
    rows = [*from_files(folder)] if folder is not None else [*from_counts(pd.read_csv(TRACE))]
    table = pd.DataFrame(rows, columns=COLUMNS)
    table.round(4).to_csv(TRACE, index=False)
    print(table.round(4).to_string(index=False))


def from_files(folder: Path) -> Iterator[Row]:
    """Yield every number from the files in a folder."""
    disputes = originators(pd.read_csv(folder / "disputes.csv", low_memory=False))
    pairs = pd.read_csv(folder / "pairs.csv", low_memory=False)
    yield from wars_by_class(in_classes(disputes, pairs))
    yield from yielding(disputes)
    yield from intensities(disputes)
    calls = called(pd.read_csv(folder / "calls.csv", low_memory=False))
    yield from shares_of_answers(calls)
    yield from answers(calls)
    yield from rates(in_classes(disputes, pairs), pairs)


def from_counts(kept: pd.DataFrame) -> Iterator[Row]:
    """Yield the kept numbers, shares recomputed from their counts."""
    for row in kept.to_dict("records"):
        counted = row["fit"].startswith(SHARES) and row["cases"] > 0
        plain = {str(key): value for key, value in row.items()}
        yield share(row["fit"], row["term"], row["events"], row["cases"]) if counted else plain


def share(fit: str, term: str, events: float, cases: float) -> Row:
    """Return a share with Wilson's interval."""
    found = score_interval(float(events), float(cases))
    ends = (float(found.mean), float(found.low), float(found.high))
    return dict(zip(COLUMNS, (fit, term, *ends, int(events), int(cases)), strict=True))


SHARES = ("wars", "yielding", "intensity", "answers, share")


# -- disputes ----------------------------------------------------------------------------------


def originators(disputes: pd.DataFrame) -> pd.DataFrame:
    """Return pairs that were on opposite sides from the first day, of disputes that ended."""
    first = (disputes["challenger_originator"] == 1) & (disputes["target_originator"] == 1)
    found = disputes[first & (disputes["ongoing_end_1999"] != 1)].copy()
    sides = found[["challenger_ccode", "target_ccode"]]
    found["ccode1"], found["ccode2"] = sides.min(axis=1), sides.max(axis=1)
    return found


def in_classes(disputes: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Add to each dispute the class of its pair in the year it began."""
    columns = {"start_year": "first", "end_year": "last"}
    spells = pairs[["ccode1", "ccode2", *columns, "class"]].rename(columns=columns)
    joined = disputes.merge(spells, on=["ccode1", "ccode2"])
    return joined[joined["start_year"].between(joined["first"], joined["last"])]


def wars_by_class(disputes: pd.DataFrame) -> Iterator[Row]:
    """Yield wars per dispute, all and without disputes of more than four original pairs."""
    sizes = disputes.groupby("dispute")["dispute"].transform("size")
    for fit, some in (("wars", disputes), ("wars, at most 4 pairs", disputes[sizes <= 4])):
        others = some[some["class"] != "rival"]
        groups = {name: some[some["class"] == name] for name in CLASSES}
        for name, group in {**groups, "all but rivals": others, "all": some}.items():
            yield share(fit, name, group["war"].sum(), len(group))


def yielding(disputes: pd.DataFrame) -> Iterator[Row]:
    """Yield how resisted disputes end, dispute by dispute."""
    whole = disputes.drop_duplicates("dispute")
    resisted = whole[whole["reciprocated"] == 1]
    yield share("yielding", "resisted, of disputes", len(resisted), len(whole))
    for name, outcome in (("challenger yields", 3), ("target yields", 4)):
        count = (resisted["outcome"] == outcome).sum()
        yield share("yielding", f"{name}, of resisted", count, len(resisted))


def intensities(disputes: pd.DataFrame) -> Iterator[Row]:
    """Yield the highest level that disputes reached; those with unknown deaths are left out."""
    whole = disputes.drop_duplicates("dispute")
    known = whole[~((whole["dispute_hostility"] == 4) & (whole["dispute_fatality"] == -9))]
    level, deaths = known["dispute_hostility"], known["dispute_fatality"]
    yield share("intensity", "threat or display", (level <= 3).sum(), len(known))
    force = (level == 4) & (deaths <= 0)
    yield share("intensity", "use of force without deaths", force.sum(), len(known))
    yield share("intensity", "force with deaths", ((level == 4) & (deaths > 0)).sum(), len(known))
    yield share("intensity", "war", (level == 5).sum(), len(known))


# -- answers of allies ---------------------------------------------------------------------------

TERMS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "km to partner, 1,000": lambda calls: _thousands(calls["km_ally_partner"]),
    "km to opponent, 1,000": lambda calls: _thousands(calls["km_ally_opponent"]),
    "rival of opponent": lambda calls: calls["ally_rival_of_opponent"],
    "nuclear opponent": lambda calls: calls["nuclear"],
    "ln number bound": lambda calls: calls["n_called"].map(math.log),
    "bilateral": lambda calls: calls["bilateral"],
    "conditional": lambda calls: calls["conditional"],
    "war": lambda calls: calls["dispute_war"],
}


def _thousands(km: pd.Series) -> pd.Series:
    """Return thousands of km; the median where none is known."""
    return km.fillna(km.median()) / 1000


def called(calls: pd.DataFrame) -> pd.DataFrame:
    """Return one row a dispute of 1946 to 1999 and ally bound to defend who was attacked."""
    chosen = (calls["partner_side"] == "B") & (calls["already_in"] == 0)
    chosen &= (calls["start_year"] >= FITTED[0]) & (calls["open_end_1999"] != 1)
    found = calls[chosen].sort_values(["dispute", "ally_ccode", "km_ally_partner"])
    found = found.drop_duplicates(["dispute", "ally_ccode"]).copy()
    since = found["opponent_ccode"].map(NUCLEAR)
    found["nuclear"] = (found["start_year"] >= since).astype(float)
    found["display"] = (found["joined_hostility"] >= 3).astype(float)
    found["force"] = (found["joined_hostility"] >= 4).astype(float)
    return found.reset_index(drop=True)


def shares_of_answers(calls: pd.DataFrame) -> Iterator[Row]:
    """Yield how often allies join, disputes and wars apart, by what the pact and the place are."""
    for where, war in (("dispute", 0), ("war", 1)):
        for name, group in groups(calls[calls["dispute_war"] == war]).items():
            for level in ("display", "force"):
                fit = f"answers, share at {level} or more, {where}"
                yield share(fit, name, group[level].sum(), len(group))


def groups(calls: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return answers by what may matter, one thing at a time."""
    near = calls["km_ally_opponent"] < 500
    chosen = {
        "bilateral": calls["bilateral"] == 1,
        "multilateral": calls["bilateral"] == 0,
        "rival of opponent": calls["ally_rival_of_opponent"] == 1,
        "within 500 km of opponent": near,
        "farther": ~near,
        "nuclear opponent": calls["nuclear"] == 1,
        "conditional": calls["conditional"] == 1,
        "unconditional": calls["conditional"] == 0,
    }
    return {"all": calls, **{name: calls[some] for name, some in chosen.items()}}


def design(calls: pd.DataFrame) -> Floats:
    """Return the terms of the answers, a column each."""
    return np.column_stack([term(calls).to_numpy(np.float64) for term in TERMS.values()])


def logit(x: Floats, y: Floats, weight: Floats | None = None) -> Floats:
    """Return intercept and slopes of a logistic regression with a small ridge."""
    spread = x.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / spread])
    weight = np.ones(len(y)) if weight is None else weight

    def loss(b: Floats) -> tuple[float, Floats]:
        eta = scaled @ b
        value = (weight * (np.logaddexp(0, eta) - y * eta)).sum() + PENALTY * (b[1:] ** 2).sum()
        slope = scaled.T @ (weight * (expit(eta) - y))
        slope[1:] += 2 * PENALTY * b[1:]
        return float(value), slope

    start = np.zeros(scaled.shape[1])
    start[0] = np.log(max(y.mean(), 1e-6))
    b = minimize(loss, start, jac=True, method="BFGS").x
    slopes = b[1:] / spread
    return np.concatenate([[b[0] - (slopes * x.mean(axis=0)).sum()], slopes])


def answers(calls: pd.DataFrame) -> Iterator[Row]:
    """Yield weights of the answers with intervals over resampled disputes, and their check."""
    fitted, later = (calls[calls["start_year"].between(*years)] for years in (FITTED, CHECKED))
    for level in ("display", "force"):
        x, y = design(fitted), fitted[level].to_numpy()
        found = logit(x, y)
        ends = np.quantile([*resampled(x, y, fitted["dispute"].to_numpy())], [0.025, 0.975], axis=0)
        for term, value, low, high in zip(["intercept", *TERMS], found, *ends, strict=True):
            cells = (
                f"answers, log-odds of {level} or more",
                term,
                value,
                low,
                high,
                int(y.sum()),
                len(y),
            )
            yield dict(zip(COLUMNS, cells, strict=True))
        yield from check(found, fitted, later, level)


def resampled(x: Floats, y: Floats, dispute: NDArray[Any]) -> Iterator[Floats]:
    """Yield the weights of fits to disputes drawn with replacement."""
    _, code = np.unique(dispute, return_inverse=True)
    rng = np.random.default_rng(0)
    for _ in range(RESAMPLES):
        times = np.bincount(
            rng.integers(0, code.max() + 1, code.max() + 1), minlength=code.max() + 1
        )
        weight = times[code].astype(float)
        kept = weight > 0
        if (weight * y).sum() > 0:
            yield logit(x[kept], y[kept], weight[kept])


def check(found: Floats, fitted: pd.DataFrame, later: pd.DataFrame, level: str) -> Iterator[Row]:
    """Yield how much better than a constant share the weights tell the years set aside."""
    y = later[level].to_numpy()
    p = expit(found[0] + design(later) @ found[1:])
    constant = fitted[level].mean()
    gain = np.log(np.where(y == 1, p / constant, (1 - p) / (1 - constant)))
    by_dispute = pd.Series(gain).groupby(later["dispute"].to_numpy()).sum()
    half = 1.96 * by_dispute.std() * np.sqrt(len(by_dispute))
    total = float(gain.sum())
    fit = f"answers, check of {level} or more, {CHECKED[0]} to {CHECKED[1]}"
    yield _row(
        fit, "log score gained on a constant", total, total - half, total + half, y.sum(), len(y)
    )
    yield _row(fit, "expected events", float(p.sum()), np.nan, np.nan, y.sum(), len(y))


def _row(*cells: Any) -> Row:
    return dict(zip(COLUMNS, cells, strict=True))


# -- rates of pairs ------------------------------------------------------------------------------


def pair_counts(disputes: pd.DataFrame, pairs: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return each pair's years by class in a period, and its disputes by class."""
    spells = pairs.copy()
    start, end = spells["start_year"].clip(lower=first), spells["end_year"].clip(upper=last)
    spells["years"] = (end - start + 1).clip(lower=0)
    keys = ["ccode1", "ccode2", "class"]
    years = spells[spells["years"] > 0].groupby(keys)["years"].sum()
    onsets = disputes[disputes["start_year"].between(first, last)].groupby(keys).size()
    found = pd.DataFrame({"years": years, "onsets": onsets})
    return found.dropna(subset=["years"]).fillna(0)


def overdispersion(onsets: Floats, expected: Floats) -> tuple[float, float, float]:
    """Return the shape of a gamma factor of mean 1 on Poisson rates, and its 95 % interval."""

    def loss(log_shape: float) -> float:
        k = np.exp(log_shape)
        logs = gammaln(onsets + k) - gammaln(k) + k * np.log(k / (k + expected))
        return -float((logs + onsets * np.log(expected / (k + expected))).sum())

    best = minimize_scalar(loss, bounds=(-5, 6), method="bounded")
    grid = np.linspace(-5, 6, 2201)
    inside = grid[[loss(each) <= best.fun + 1.92 for each in grid]]
    return math.exp(best.x), math.exp(inside.min()), math.exp(inside.max())


def rates(disputes: pd.DataFrame, pairs: pd.DataFrame) -> Iterator[Row]:
    """Yield how far pairs' later rates lie about what their record told, and a check of it."""
    (a, b), (c, d), (e, f) = PERIODS
    first, second, third = (pair_counts(disputes, pairs, *years) for years in PERIODS)
    both = pair_counts(disputes, pairs, a, d)
    for name in CLASSES:
        told, seen = predicted(first, second, name)
        told = told * (seen.sum() / told.sum())
        shape = overdispersion(seen, told)
        cells = (int(seen.sum()), len(seen))
        yield _row(
            f"rates, gamma shape about the record of {a} to {b}, {c} to {d}", name, *shape, *cells
        )
        spread = [math.sqrt(math.log(1 + 1 / each)) for each in (shape[0], shape[2], shape[1])]
        yield _row("rates, standard deviation of the logarithm", name, *spread, *cells)
        told, seen = predicted(both, third, name)
        cells = (int(seen.sum()), len(seen))
        level = seen.sum() / told.sum()
        yield _row(
            f"rates, seen over expected, {e} to {f}", name, level, math.nan, math.nan, *cells
        )
        told = told * level
        for words, wide in (("Poisson alone", 0.0), ("with the spread", 1 / shape[0])):
            chi = float(((seen - told) ** 2).sum() / (told + wide * told**2).sum())
            fit = f"rates, squared error over its expectation, {words}, {e} to {f}"
            yield _row(fit, name, chi, math.nan, math.nan, *cells)


def predicted(early: pd.DataFrame, late: pd.DataFrame, name: str) -> tuple[Floats, Floats]:
    """Return for pairs of a class what their record makes expected later, and what was seen.

    A pair's record is shrunk toward the rate of its class with the library's weight.
    """
    some = early.xs(name, level="class")
    rate = some["onsets"].sum() / some["years"].sum()
    both = late.xs(name, level="class").join(some.add_suffix("_early")).fillna(0)
    own = (rate * WEIGHT + both["onsets_early"]) / (WEIGHT + both["years_early"])
    return (own * both["years"]).to_numpy(), both["onsets"].to_numpy()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
