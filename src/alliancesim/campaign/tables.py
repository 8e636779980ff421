"""Blocks as Parquet tables, and back: moments of draws, what was drawn, totals, and rows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.campaign.extras import parquet, pyarrow
from alliancesim.campaign.plan import Plan
from alliancesim.campaign.result import Totals
from alliancesim.outcomes.metrics import METRICS, PAIR, Metric
from alliancesim.stats.moments import Moments, pairs_of

__all__ = ["Names", "read_draws", "read_moments", "read_totals", "write_draws", "write_moments"]

_OF_ARMS = ("total", "square", "zeros", "ones")
_OF_PAIRS = {"paired_total": "total", "paired_square": "square", "differing": "differing"}
_COUNTS = ("zeros", "ones", "differing")
_PLACES = ("metric", "focus", "adversary")
_SUMS = ("pair_sum", "pair_square")


@attrs.frozen
class Names:
    """The names of what blocks hold numbers of: arms, states followed, all states."""

    arms: tuple[str, ...]
    focus: tuple[str, ...]
    states: tuple[str, ...]

    def spots(self, metric: Metric) -> list[tuple[str, str]]:
        """Return the state followed and the adversary of each number of a metric, in order."""
        if metric.level == "world":
            return [("", "")]
        if metric.level == "focus":
            return [(state, "") for state in self.focus]
        return [(state, other) for state in self.focus for other in self.states]

    def columns(self) -> Iterator[tuple[str, str, int]]:
        """Yield each column of numbers: its name, the field of `Moments`, and the place there."""
        for place, arm in enumerate(self.arms):
            yield from ((f"{name} {arm}", name, place) for name in _OF_ARMS)
        for place, (i, j) in enumerate(pairs_of(len(self.arms))):
            both = f"{self.arms[i]} - {self.arms[j]}"
            yield from ((f"{name} {both}", field, place) for field, name in _OF_PAIRS.items())


def write_moments(
    names: Names, first_draw: int, read: Callable[[str], Moments], groups: Sequence[Sequence[str]]
) -> Iterator[Any]:
    """Yield tables of moments in long form, one for each group of metrics.

    A row is a metric, a state followed, an adversary and a draw; a column a moment of an arm, or of
    one arm less another.
    """
    for group in groups:
        yield (
            pyarrow()
            .concat_tables(
                [_moments(names, first_draw, METRICS[name], read(name)) for name in group]
            )
            .unify_dictionaries()
        )


def _moments(names: Names, first_draw: int, metric: Metric, found: Moments) -> Any:
    pa = pyarrow()
    spots = names.spots(metric)
    columns: dict[str, Any] = {
        "metric": _repeated([metric.name], [0] * (len(spots) * found.draws)),
    }
    for k, name in enumerate(_PLACES[1:]):
        known = list(dict.fromkeys(spot[k] for spot in spots))
        codes = [known.index(spot[k]) for spot in spots]
        columns[name] = _repeated(known, np.repeat(codes, found.draws))
    draws = np.arange(first_draw, first_draw + found.draws, dtype=np.int64)
    columns["draw"] = np.tile(draws, len(spots))
    for name, field, place in names.columns():
        values = getattr(found, field)[:, place].reshape(found.draws, -1).T.ravel()
        columns[name] = values.astype(np.int32 if field in _COUNTS else np.float64)
    return pa.table(columns)


def _repeated(words: list[str], codes: Any) -> Any:
    pa = pyarrow()
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(words))


def read_moments(file: Any, names: Names, metric: str, worlds_per_draw: int) -> Moments:
    """Return the moments of a metric from an open Parquet file of them."""
    compute = pyarrow("compute")
    shown = METRICS[metric]
    spots = names.spots(shown)
    wanted = {name: (field, place) for name, field, place in names.columns()}
    parts = [file.read_row_group(k, ["metric", *wanted]) for k in _groups_with(file, metric)]
    table = pyarrow().concat_tables(parts)
    table = table.filter(compute.equal(table["metric"].cast("string"), metric))
    draws = table.num_rows // len(spots)
    shape = {"world": (), "focus": (len(names.focus),)}.get(
        shown.level, (len(names.focus), len(names.states))
    )
    fields: dict[str, list[NDArray[Any]]] = {name: [] for name in (*_OF_ARMS, *_OF_PAIRS)}
    for name, (field, _) in wanted.items():
        values = table[name].to_numpy().reshape(len(spots), draws).T
        fields[field].append(values.reshape(draws, *shape))
    return Moments(
        worlds_per_draw=worlds_per_draw,
        **{name: _stacked(parts, (draws, 0, *shape)) for name, parts in fields.items()},
    )


def _stacked(parts: list[NDArray[Any]], shape: tuple[int, ...]) -> NDArray[Any]:
    """Stack in the order of memory that `moments_of` has, so that sums have the same bits."""
    return np.ascontiguousarray(np.stack(parts, axis=1)) if parts else np.empty(shape)


def _groups_with(file: Any, metric: str) -> list[int]:
    """Return the row groups of a file that hold a metric, as their statistics say."""
    about = file.metadata
    column = about.schema.to_arrow_schema().get_field_index("metric")
    ranges = [about.row_group(k).column(column).statistics for k in range(about.num_row_groups)]
    return [k for k, each in enumerate(ranges) if each.min <= metric <= each.max]


def write_draws(first_draw: int, draws: NDArray[np.void]) -> Any:
    """Return a table of what was drawn: a row a draw, a column a parameter, figure or reading."""
    columns = {"draw": np.arange(first_draw, first_draw + len(draws), dtype=np.int64)}
    columns |= {name: np.ascontiguousarray(draws[name]) for name in draws.dtype.names or ()}
    return pyarrow().table(columns)


def read_draws(table: Any) -> NDArray[np.void]:
    """Return what `write_draws` was given."""
    names = [name for name in table.column_names if name != "draw"]
    columns = [table[name].to_numpy() for name in names]
    draws = np.zeros(
        table.num_rows, [(name, one.dtype) for name, one in zip(names, columns, strict=True)]
    )
    for name, values in zip(names, columns, strict=True):
        draws[name] = values
    return draws


def write_totals(names: Names, number: int, totals: Totals) -> Any:
    """Return a table of a block's totals over worlds in long form; those of zero are left out."""
    rows: list[tuple[int, str, str, str, str, str, int, float]] = []
    for total in _SUMS:
        array = getattr(totals, total)
        for field in PAIR.names or ():
            for a, i, j in np.argwhere(array[field]):
                where = (names.arms[a], names.states[i], names.states[j])
                rows.append((number, total, field, *where, 0, float(array[field][a, i, j])))
    for a, months in np.argwhere(totals.durations):
        value = float(totals.durations[a, months])
        rows.append((number, "durations", "", names.arms[a], "", "", int(months), value))
    for arm, value in zip(names.arms, totals.worlds_with_war, strict=True):
        rows.append((number, "worlds_with_war", "", arm, "", "", 0, float(value)))
    columns = zip(*rows, strict=True)
    return pyarrow().table(dict(zip(_TOTALS, map(list, columns), strict=True)))


_TOTALS = ("block", "name", "field", "arm", "challenger", "target", "months", "value")


def read_totals(table: Any, names: Names, months: int) -> dict[int, Totals]:
    """Return the totals of each block in a table that `write_totals` returned, or several of it."""
    pairs = (len(names.arms), len(names.states), len(names.states))
    found: dict[int, Totals] = {}
    columns = [table[name].to_pylist() for name in _TOTALS]
    arms = {name: k for k, name in enumerate(names.arms)}
    states = {name: k for k, name in enumerate(names.states)}
    for number, name, field, arm, challenger, target, month, value in zip(*columns, strict=True):
        if number not in found:
            found[number] = Totals(
                pair_sum=np.zeros(pairs, PAIR),
                pair_square=np.zeros(pairs, PAIR),
                durations=np.zeros((len(names.arms), months + 1), np.int64),
                worlds_with_war=np.zeros(len(names.arms), np.int64),
            )
        array = getattr(found[number], name)
        if name in _SUMS:
            array[field][arms[arm], states[challenger], states[target]] = value
        elif name == "durations":
            array[arms[arm], month] = int(value)
        else:
            array[arms[arm]] = int(value)
    return found


def as_bytes(tables: Iterator[Any] | Sequence[Any]) -> bytes:
    """Return tables as one Parquet file, each a row group of its own, compressed by Zstandard."""
    buffer = io.BytesIO()
    write_file(buffer, tables)
    return buffer.getvalue()


def write_file(target: Any, tables: Iterator[Any] | Sequence[Any]) -> None:
    """Write tables to a file as row groups of their own."""
    writer = None
    try:
        for table in tables:
            if writer is None:
                writer = parquet().ParquetWriter(target, table.schema, compression="zstd")
            writer.write_table(table, row_group_size=max(table.num_rows, 1))
    finally:
        if writer is not None:
            writer.close()


def block_files(plan: Plan, block: Any) -> dict[str, bytes]:
    """Return the files of a block by the folder that they belong in."""
    names = Names(plan.arms, block.focus_states, block.states)
    levels = [[m for m, known in METRICS.items() if known.level == each] for each in _LEVELS]
    first = block.number * plan.draws
    totals = Totals(**{each.name: getattr(block, each.name) for each in attrs.fields(Totals)})
    return {
        "moments": as_bytes(write_moments(names, first, block.moments.__getitem__, levels)),
        "draws": as_bytes([write_draws(first if plan.priors else 0, block.draws)]),
        "totals": as_bytes([write_totals(names, block.number, totals)]),
    }


_LEVELS = ("world", "focus", "adversary")
