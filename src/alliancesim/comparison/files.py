"""A comparison as a netCDF file, there and back without a change."""

from __future__ import annotations

import hashlib
import json
import re
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from alliancesim.data.files import check_file, replace_file
from alliancesim.errors import InvalidInput
from alliancesim.outcomes.metrics import METRICS

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["read", "write"]

FORMAT = 2
"""Of the file; raised where an older version could not read it."""
_ALLOWED = "a file that Comparison.save wrote, unchanged"
_BLANK = b"sha256:" + b"0" * 64
_DIGEST = re.compile(rb"sha256:[0-9a-f]{64}")
_HEAD = 1 << 16
_TOTALS = ("pair_sum_", "pair_square_", "durations", "parameters")


def write(dataset: xr.Dataset, path: str | PathLike[str]) -> None:
    """Write a comparison's data set as netCDF 3 with 64-bit offsets, which needs only scipy.

    The first attribute of the file is a digest of all its bytes, taken with the digest left blank.
    """
    about = {"file_digest": _BLANK.decode(), "format": FORMAT, **dataset.attrs}
    replace_file(path, lambda beside: _write(dataset.assign_attrs(about), beside))


def _write(dataset: xr.Dataset, path: Path) -> None:
    first = {name: dataset.attrs[name] for name in ("file_digest", "format")}
    dataset.attrs = first | dataset.attrs
    dataset.to_netcdf(path, engine="scipy", format="NETCDF3_64BIT")
    with path.open("r+b") as file:
        start, _, digest = _digests(file)
        file.seek(start)
        file.write(b"sha256:" + digest)


def _digests(file: BinaryIO) -> tuple[int, bytes, bytes]:
    """Return where a file's digest stands, what it says and what it should say."""
    head = file.read(_HEAD)
    found = _DIGEST.search(head)
    if found is None:
        raise ValueError("no digest")
    sha = hashlib.sha256(head[: found.start()] + _BLANK + head[found.end() :])
    while chunk := file.read(1 << 20):
        sha.update(chunk)
    return found.start(), found.group().removeprefix(b"sha256:"), sha.hexdigest().encode()


def read(path: str | PathLike[str]) -> dict[str, Any]:
    """Return what a comparison is made of, read from a file and checked against its digest."""
    from alliancesim.outcomes.dataset import from_dataset
    from alliancesim.scenario.files import restore

    file, name = check_file(path, _ALLOWED), str(path)
    _check_digest(file, name)
    dataset = _open(file, name)
    about = dataset.attrs
    made_with = json.loads(about["made_with"])
    by = f"alliancesim {made_with.get('version', 'unknown')}"
    unknown = [
        each
        for each in map(str, dataset.data_vars)
        if each not in METRICS and not each.startswith(_TOTALS)
    ]
    if about["format"] > FORMAT or unknown:
        problem = f"was saved by {by}, which is newer"
        raise InvalidInput(problem, where=name, allowed="files of this version; upgrade to read it")
    try:
        scenario, tally = restore(about["scenario_toml"], name), from_dataset(dataset)
    except (InvalidInput, KeyError) as problem:
        raise InvalidInput(
            f"was saved by {by}, and this version cannot read it ({problem})"[:400],
            where=name,
            allowed=f"a file of this version; {by} reads it",
        ) from problem
    if tally.digest != about["digest"]:
        raise InvalidInput("the outcomes are not those of the run", where=name, allowed=_ALLOWED)
    return {
        "scenario": scenario,
        "tally": tally,
        "asked": int(about["worlds_asked"]),
        "made_with": made_with,
    }


def _check_digest(path: Path, name: str) -> None:
    """Reject a file that is not the one that was saved, before anything in it is looked at."""
    try:
        with path.open("rb") as file:
            _, said, digest = _digests(file)
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise InvalidInput(problem, where=name, allowed=_ALLOWED) from None
    except ValueError:
        problem = "is no file that was saved, or was cut short, or comes from an older version"
        raise InvalidInput(problem, where=name, allowed=_ALLOWED) from None
    if said != digest:
        raise InvalidInput("was changed or cut short since", where=name, allowed=_ALLOWED)


def _open(path: Path, name: str) -> xr.Dataset:
    import xarray as xr

    try:
        return xr.load_dataset(path, engine="scipy", decode_times=False)
    except Exception as problem:  # whole, but made by something else
        raise InvalidInput("not a saved comparison", where=name, allowed=_ALLOWED) from problem
