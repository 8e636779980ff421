"""What users need to test their own treaties and scenarios.

Three lines test a treaty::

    from alliancesim.testing import check_treaty
    def test_my_treaty():
        check_treaty(my_treaty)

All but the conformance suite needs Hypothesis, which the extra ``test`` installs.
"""

from importlib.util import find_spec
from typing import Any

from alliancesim._lazy import attach

# The public names are listed once, in __init__.pyi, and imported when first used.
_load, __dir__, __all__ = attach(__name__)

MISSING = "alliancesim.testing needs Hypothesis: install it with pip install hypothesis"


def __getattr__(name: str) -> Any:
    if name in __all__ and find_spec("hypothesis") is None:
        raise ImportError(MISSING)
    return _load(name)
