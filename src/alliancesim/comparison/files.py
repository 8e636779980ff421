"""A comparison as a netCDF file, there and back without a change."""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["read", "write"]

_ALLOWED = "a file that Comparison.save wrote"


def write(dataset: xr.Dataset, path: str | PathLike[str]) -> None:
    """Write a comparison's data set as netCDF 3 with 64-bit offsets, which needs only scipy."""
    dataset.to_netcdf(Path(path), engine="scipy", format="NETCDF3_64BIT")


def read(path: str | PathLike[str]) -> dict[str, Any]:
    """Return what a comparison is made of, read from a file and checked against its digest."""
    from alliancesim.outcomes.dataset import from_dataset
    from alliancesim.scenario import loads

    dataset = _open(Path(path))
    about = dataset.attrs
    try:
        parts = {
            "scenario": loads(about["scenario_toml"]),
            "tally": from_dataset(dataset),
            "asked": int(about["worlds_asked"]),
            "made_with": json.loads(about["made_with"]),
        }
        digest = about["digest"]
    except KeyError as missing:
        raise InvalidInput(f"{missing} is missing", where=str(path), allowed=_ALLOWED) from missing
    except InvalidInput as problem:
        raise problem.inside(str(path)) from problem
    if parts["tally"].digest != digest:
        raise InvalidInput("the outcomes were changed", where=str(path), allowed=_ALLOWED)
    return parts


def _open(path: Path) -> xr.Dataset:
    import xarray as xr

    if not path.is_file():
        raise InvalidInput("no such file", where=str(path), allowed=_ALLOWED)
    try:
        return xr.load_dataset(path, engine="scipy")
    except (TypeError, ValueError, OSError, EOFError) as problem:
        raise InvalidInput("not a netCDF file", where=str(path), allowed=_ALLOWED) from problem
