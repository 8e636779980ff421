"""How much is tried: a little with every run of the tests, all of it by ``nox -s fuzz``."""

import os

FULL = os.environ.get("ALLIANCESIM_FUZZ") == "full"


def size(full: int, small: int) -> int:
    """Return how many are tried."""
    return full if FULL else small
