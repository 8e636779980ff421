"""What an oracle says: one number as the library makes it, and as it must be."""

from __future__ import annotations

import json
import math
import textwrap
from typing import Any

import attrs

__all__ = ["BAND", "Row", "Verification", "mean", "share", "sizes", "within"]

BAND = 4.0  #: standard errors that a simulated value may lie off the exact one

_NAME, _WHAT = 12, 54


@attrs.frozen
class Row:
    """One number, simulated and exact.

    Parameters
    ----------
    name : str
        The submodel.
    what : str
        The number, in words.
    simulated, exact : float
        As the library's rules make it, and by closed form, quadrature or a chain.
    standard_error : float
        Of the simulated value, at least 0. Where nothing is drawn, a quarter of the error that
        the method may make.
    bound : str
        Where nothing is drawn, what bounds that error; empty where draws do.
    """

    name: str
    what: str
    simulated: float = attrs.field(converter=float)
    exact: float = attrs.field(converter=float)
    standard_error: float = attrs.field(converter=float)
    bound: str = ""

    @property
    def z(self) -> float:
        """Simulated less exact, in standard errors."""
        gap = self.simulated - self.exact
        if self.standard_error > 0.0:
            return gap / self.standard_error
        return 0.0 if gap == 0.0 else math.copysign(math.inf, gap)

    @property
    def holds(self) -> bool:
        """Whether the two agree within the band; not where either is no number."""
        return abs(self.z) <= BAND


def share(name: str, what: str, hits: float, draws: int, exact: float) -> Row:
    """Compare how often something came with its probability."""
    error = math.sqrt(exact * (1.0 - exact) / draws)
    return Row(name, what, float(hits) / draws, float(exact), error)


def mean(name: str, what: str, values: Any, exact: float) -> Row:
    """Compare the mean of independent values with its expectation."""
    import numpy as np

    values = np.asarray(values, dtype=np.float64)
    error = float(values.std(ddof=1)) / math.sqrt(values.size)
    return Row(name, what, float(values.mean()), float(exact), error)


def sizes(name: str, what: str, counts: Any, expected: Any) -> Row:
    """Compare Pearson's chi-square of counts in cells with its degrees of freedom."""
    import numpy as np

    counts, expected = np.asarray(counts), np.asarray(expected, dtype=np.float64)
    freedom = counts.size - 1
    found = float((((counts - expected) ** 2) / expected).sum())
    return Row(name, what, found, float(freedom), math.sqrt(2.0 * freedom))


def within(name: str, what: str, value: float, exact: float, tolerance: float, bound: str) -> Row:
    """Compare a value that is not drawn with the exact one, up to a tolerance of known origin."""
    return Row(name, what, float(value), float(exact), tolerance / BAND, bound)


@attrs.frozen
class Verification:
    """All rows of a run, printed as a table.

    Parameters
    ----------
    rows : tuple of Row
    draws : int
        Draws for each number where draws are cheap; fewer where a draw is a whole world.
    seed : int
    """

    rows: tuple[Row, ...]
    draws: int
    seed: int

    @property
    def failed(self) -> tuple[Row, ...]:
        """Rows in which simulated and exact disagree."""
        return tuple(row for row in self.rows if not row.holds)

    def to_dict(self) -> dict[str, Any]:
        """Return rows and settings as plain values."""
        rows = [{**attrs.asdict(row), "z": row.z, "holds": row.holds} for row in self.rows]
        return {"draws": self.draws, "seed": self.seed, "band": BAND, "rows": rows}

    def to_json(self) -> str:
        """Return the same as JSON; a number that is not finite is null."""
        found = self.to_dict()
        found["rows"] = [{key: _finite(row[key]) for key in row} for row in found["rows"]]
        return json.dumps(found, indent=2, ensure_ascii=False)

    def __str__(self) -> str:
        head = f"{'simulated':>11} {'exact':>11} {'s.e.':>9}  {'z':>6}"
        lines = [
            f"Simulated against exact: {self.draws:,} draws where cheap, seed {self.seed}",
            "",
            f"{'submodel':<{_NAME}} {'what':<{_WHAT}} {head}",
        ]
        bounds: list[str] = []
        for row in self.rows:
            if row.bound and row.bound not in bounds:
                bounds.append(row.bound)
            lines.append(_line(row, bounds))
        lines += ["", *_notes(bounds), self._verdict()]
        return "\n".join(lines)

    def _verdict(self) -> str:
        worst = max((abs(row.z) for row in self.rows), default=0.0)
        found = f"{len(self.failed)} of {len(self.rows)} beyond ±{BAND:g}"
        return f"{found}; the largest |z| is {worst:.2f}"


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _line(row: Row, bounds: list[str]) -> str:
    mark = f" [{bounds.index(row.bound) + 1}]" if row.bound else ""
    flag = "" if row.holds else "  <--"
    numbers = f"{row.simulated:11.6g} {row.exact:11.6g} {row.standard_error:9.2g}"
    return f"{row.name:<{_NAME}} {row.what:<{_WHAT}} {numbers}  {row.z:+6.2f}{mark}{flag}"


def _notes(bounds: list[str]) -> list[str]:
    if not bounds:
        return []
    lines = ["Nothing is drawn in the rows marked; s.e. is there a quarter of the error allowed:"]
    for n, bound in enumerate(bounds, 1):
        lines += textwrap.wrap(f"[{n}] {bound}", 96, subsequent_indent="    ")
    return [*lines, ""]
