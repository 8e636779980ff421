"""Who gains by a pact, what each member adds to it, and whether it would hold together."""

from __future__ import annotations

from alliancesim.coalition_value.result import Gains
from alliancesim.coalition_value.run import gains

__all__ = ["Gains", "gains"]
