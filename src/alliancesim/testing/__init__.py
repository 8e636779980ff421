"""What users need to test their own treaties and scenarios.

Three lines test a treaty::

    from alliancesim.testing import check_treaty
    def test_my_treaty():
        check_treaty(my_treaty)

All but the conformance suite needs Hypothesis, which the extra ``test`` installs.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliancesim.testing.check import Report as Report
    from alliancesim.testing.check import Verdict as Verdict
    from alliancesim.testing.check import cases as cases
    from alliancesim.testing.check import check_treaty as check_treaty
    from alliancesim.testing.check import try_law as try_law
    from alliancesim.testing.drafting import attacks as attacks
    from alliancesim.testing.drafting import obligations as obligations
    from alliancesim.testing.drafting import provisos as provisos
    from alliancesim.testing.drafting import treaties as treaties
    from alliancesim.testing.laws import LAWS as LAWS
    from alliancesim.testing.laws import Case as Case
    from alliancesim.testing.laws import Law as Law
    from alliancesim.testing.laws import LawBroken as LawBroken
    from alliancesim.testing.laws import System as System
    from alliancesim.testing.life import Ledger as Ledger
    from alliancesim.testing.life import TreatyLife as TreatyLife
    from alliancesim.testing.luck import worlds as worlds
    from alliancesim.testing.strategies import figures as figures
    from alliancesim.testing.strategies import pairs as pairs
    from alliancesim.testing.strategies import priors as priors
    from alliancesim.testing.strategies import scenarios as scenarios
    from alliancesim.testing.strategies import states as states
    from alliancesim.testing.twin import assert_twin as assert_twin

_HOME = {
    "LAWS": "laws",
    "Ledger": "life",
    "TreatyLife": "life",
    "Case": "laws",
    "Law": "laws",
    "LawBroken": "laws",
    "Report": "check",
    "System": "laws",
    "Verdict": "check",
    "assert_twin": "twin",
    "attacks": "drafting",
    "cases": "check",
    "check_treaty": "check",
    "figures": "strategies",
    "obligations": "drafting",
    "pairs": "strategies",
    "priors": "strategies",
    "provisos": "drafting",
    "scenarios": "strategies",
    "states": "strategies",
    "treaties": "drafting",
    "try_law": "check",
    "worlds": "luck",
}

__all__ = [*_HOME]

MISSING = "alliancesim.testing needs Hypothesis: install it with pip install hypothesis"


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if find_spec("hypothesis") is None:
        raise ImportError(MISSING)
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
