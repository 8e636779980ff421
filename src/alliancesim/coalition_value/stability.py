"""Would a pact hold together? Whether one gains by leaving, or one gains by joining and is wanted.

A pact is stable if no member gains by leaving it, all others staying (internal stability), and no
outsider both gains by joining and is wanted by every member (external stability, with consent).
After d'Aspremont et al. (1983), "On the stability of collusive price leadership"; that every
member must gain by an admission is the treaty's rule of unanimity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

__all__ = ["Answer", "Verdict", "answer", "verdicts"]

Answer = Literal["gains", "does not gain", "unclear"]
Verdict = Literal["holds", "fails", "unclear"]
TAIL = 0.025
"""Share of the priors on either side beyond which a sign is taken to be the same over them."""


def answer(low: float, high: float) -> Answer:
    """Return whether somebody gains, by the sampling interval of the difference.

    Examples
    --------
    >>> answer(0.1, 0.3), answer(-0.2, 0.0), answer(-0.1, 0.2)
    ('gains', 'does not gain', 'unclear')
    """
    if low > 0:
        return "gains"
    return "does not gain" if high <= 0 else "unclear"


def does_not(answers: Sequence[Answer]) -> Verdict:
    """Return the verdict on a move that is made only if all of some states gain by it.

    Examples
    --------
    >>> does_not(["gains", "gains"]), does_not(["unclear", "does not gain"])
    ('fails', 'holds')
    """
    if "does not gain" in answers:
        return "holds"
    return "unclear" if "unclear" in answers else "fails"


def every(found: Sequence[Verdict]) -> Verdict:
    """Return the verdict on conditions that must all hold."""
    if "fails" in found:
        return "fails"
    return "unclear" if "unclear" in found else "holds"


def verdicts(moves: Sequence[dict[Any, Any]]) -> Iterator[dict[str, Any]]:
    """Yield for each coalition a verdict on each move, and on all of them together.

    Parameters
    ----------
    moves : sequence of dict
        Rows of `Gains.moves`.
    """
    for coalition in dict.fromkeys(row["coalition"] for row in moves):
        rows = [row for row in moves if row["coalition"] == coalition]
        found: list[Verdict] = []
        for mover, move in dict.fromkeys((row["mover"], row["move"]) for row in rows):
            asked = [row for row in rows if row["mover"] == mover]
            found.append(does_not([row["answer"] for row in asked]))
            condition = (
                f"{mover} does not gain by leaving"
                if move == "leaves"
                else f"{mover} does not gain by joining, or is not wanted"
            )
            yield _row(asked, condition, found[-1])
        yield _row(rows[:1], "stable: all of these", every(found)) | {"depends_on": ""}


def _row(rows: Sequence[dict[Any, Any]], condition: str, verdict: Verdict) -> dict[str, Any]:
    hanging = [row["state"] for row in rows if TAIL < row["positive"] < 1 - TAIL]
    return {
        "coalition": rows[0]["coalition"],
        "hypothetical": any(row["hypothetical"] for row in rows),
        "condition": condition,
        "verdict": verdict,
        "depends_on": ", ".join(hanging),
    }
