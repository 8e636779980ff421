"""Who gains by a pact, what each member adds to it, and whether it would hold together."""

from __future__ import annotations

from alliancesim.who_gains.run import gains
from alliancesim.who_gains.value import Gains

__all__ = ["Gains", "gains"]
