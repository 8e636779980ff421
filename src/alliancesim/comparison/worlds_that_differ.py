"""In which worlds do two arms part in a metric, and which of them are most telling?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alliancesim.comparison.estimates import Contrast, chosen, contrast_of, focus_of
from alliancesim.outcomes import Tally
from alliancesim.outcomes.metrics import METRICS

if TYPE_CHECKING:
    import pandas as pd

    from alliancesim.comparison.result import Comparison

__all__ = ["worlds_that_differ"]


def worlds_that_differ(
    comparison: Comparison,
    metric: str,
    contrast: Contrast | tuple[str, str] | None,
    focus: str | None,
) -> pd.DataFrame:
    """Return the worlds in which two arms differ; see `Comparison.worlds_that_differ`."""
    import pandas as pd

    tally = comparison.tally
    (known,) = chosen([metric], ())
    pair = contrast_of(comparison.arms, comparison.scenario.reference, contrast)
    whose = focus_of(tally.focus_states, known, focus)
    arm, against = (tally.arms.index(name) for name in (pair.arm, pair.against))
    values = tally.values(metric, whose)
    difference = values[:, arm] - values[:, against]
    rest = _differing(tally, arm, against)
    places = np.flatnonzero(difference)
    order = np.lexsort((places, rest[places], -np.abs(difference[places])))
    places = places[order]
    found = pd.DataFrame(
        {
            "world": tally.first_world + places,
            "arm_value": values[places, arm],
            "against_value": values[places, against],
            "difference": difference[places],
        }
    )
    found.attrs.update(metric=metric, focus=whose, arm=pair.arm, against=pair.against)
    return found


def _differing(tally: Tally, arm: int, against: int) -> NDArray[np.int64]:
    """Return how many metrics of a world, expectations apart, differ between two arms."""
    counted = (
        tally.values(each.name)
        for each in map(METRICS.__getitem__, tally.metrics)
        if each.level == "world" and each.kind != "expectation"
    )
    differing: NDArray[np.int64] = np.sum(
        [found[:, arm] != found[:, against] for found in counted], axis=0, dtype=np.int64
    )
    return differing
