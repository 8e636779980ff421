"""Seats as environments of Gymnasium and PettingZoo, for learning programs (extra ``envs``)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliancesim.envs.seat_env import SeatEnv
    from alliancesim.envs.seats_env import SeatsEnv

__all__ = ["FEATURES", "LEVELS", "SeatEnv", "SeatsEnv", "action_mask", "features"]

from alliancesim.envs.features import FEATURES, LEVELS, action_mask, features

_LAZY = {"SeatEnv": "seat_env", "SeatsEnv": "seats_env"}


def __getattr__(name: str) -> Any:
    """Import an environment when it is first used; only then its library is needed."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in ("gymnasium", "pettingzoo"):
            raise
        raise ModuleNotFoundError(
            f"{name} needs {error.name}, which is not installed; "
            "install alliancesim with the extra 'envs': pip install 'alliancesim[envs]'",
            name=error.name,
        ) from None
