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
    from alliancesim.testing.check import check_treaty as check_treaty
    from alliancesim.testing.drafts import CHECKS as CHECKS
    from alliancesim.testing.drafts import Fault as Fault
    from alliancesim.testing.drafts import faults as faults
    from alliancesim.testing.laws import LAWS as LAWS
    from alliancesim.testing.laws import Case as Case
    from alliancesim.testing.laws import Law as Law
    from alliancesim.testing.laws import LawBroken as LawBroken
    from alliancesim.testing.laws import System as System
    from alliancesim.testing.life import Ledger as Ledger
    from alliancesim.testing.life import TreatyLife as TreatyLife
    from alliancesim.testing.luck import worlds as worlds
    from alliancesim.testing.strategies import attacks as attacks
    from alliancesim.testing.strategies import attacks_on as attacks_on
    from alliancesim.testing.strategies import obligations as obligations
    from alliancesim.testing.strategies import pairs as pairs
    from alliancesim.testing.strategies import priors as priors
    from alliancesim.testing.strategies import provisos as provisos
    from alliancesim.testing.strategies import quantities as quantities
    from alliancesim.testing.strategies import scenarios as scenarios
    from alliancesim.testing.strategies import states as states
    from alliancesim.testing.strategies import treaties as treaties
    from alliancesim.testing.strategies import values as values
    from alliancesim.testing.trial import Verdict as Verdict
    from alliancesim.testing.trial import cases as cases
    from alliancesim.testing.trial import try_law as try_law
    from alliancesim.testing.twin import assert_twin as assert_twin

_HOME = {
    "CHECKS": "drafts",
    "Case": "laws",
    "Fault": "drafts",
    "LAWS": "laws",
    "Law": "laws",
    "LawBroken": "laws",
    "Ledger": "life",
    "Report": "check",
    "System": "laws",
    "TreatyLife": "life",
    "Verdict": "trial",
    "assert_twin": "twin",
    "attacks": "strategies",
    "attacks_on": "strategies",
    "cases": "trial",
    "check_treaty": "check",
    "faults": "drafts",
    "quantities": "strategies",
    "obligations": "strategies",
    "pairs": "strategies",
    "priors": "strategies",
    "provisos": "strategies",
    "scenarios": "strategies",
    "states": "strategies",
    "treaties": "strategies",
    "try_law": "trial",
    "values": "strategies",
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
