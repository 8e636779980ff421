"""Which figures does a report show, and what does each say to those who cannot see it?"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.report.results import label

if TYPE_CHECKING:
    from alliancesim.comparison import Comparison, Contrast

__all__ = ["Picture", "open_question", "pictures"]

DPI = 160


@attrs.frozen
class Picture:
    """A figure: its bytes as PNG, what it shows in words, and the line below it."""

    name: str
    png: bytes
    alt: str
    caption: str

    @property
    def uri(self) -> str:
        """The figure as a data URI."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode()}"


def pictures(comparison: Comparison) -> dict[str, Picture]:
    """Return the figures by name; those of priors only where the run can tell priors from luck."""
    return {picture.name: picture for picture in _pictures(comparison)}


def _pictures(comparison: Comparison) -> Iterator[Picture]:
    from alliancesim import figures

    drawn = figures.differences(comparison)
    drawn.set_title("", loc="left")  # the page has it
    yield Picture(
        "differences",
        _png(drawn),
        "Paired differences between the arms with their intervals, one row a metric, grouped by "
        "contrast; the numbers stand in the tables below.",
        "Thick: 95 % sampling interval. Thin, where drawn: central 95 % over the priors. Hollow: "
        "a contrast with a hypothetical arm.",
    )
    asked = open_question(comparison)
    if asked is None:
        return
    metric, contrast = asked
    question = f"{label(metric)}, {contrast}"
    yield Picture(
        "drivers",
        _png(figures.drivers(comparison, metric, contrast)),
        f"Bars: how much of the variance of {question} each prior explains alone.",
        f"What it hangs on: {question}, the headline whose sign is least sure.",
    )
    found = comparison.flips(metric, contrast).to_dict("records")
    prior = next((row["prior"] for row in found if row["verdict"] == "flips"), None)
    if prior:
        yield Picture(
            "flip",
            _png(figures.flip(comparison, metric, prior, contrast=contrast)),
            f"The mean of {question} against {prior}; it crosses zero.",
            f"What turns it: {question}, against {prior}.",
        )


def open_question(comparison: Comparison) -> tuple[str, Contrast] | None:
    """Return the headline and contrast whose sign is least sure among those with a known driver.

    Least sure is the probability of a rise that lies nearest to one half; the first of equals.
    """
    known = [each for each in comparison.strongest if each["prior"] and each["positive"] >= 0]
    if not known:
        return None
    least = min(known, key=lambda each: abs(each["positive"] - 0.5))
    pairs = {(pair.arm, pair.against): pair for pair in comparison.contrasts}
    return least["metric"], pairs[least["arm"], least["against"]]


def _png(axes: Any) -> bytes:
    file = io.BytesIO()
    axes.figure.savefig(file, format="png", dpi=DPI)
    return file.getvalue()
