"""Who gains, as a value: welfare, contributions, shares and stability as tables."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.coalition_value import games, stability
from alliancesim.coalition_value.coalitions import Coalition, Pact
from alliancesim.coalition_value.contributions import Contribution, Level
from alliancesim.comparison import estimates
from alliancesim.data.arguments import checked
from alliancesim.data.plain_text import fitting
from alliancesim.outcomes.metrics import METRICS
from alliancesim.scenario.age import facts_known
from alliancesim.stats.paired import Design, difference

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Gains", "Worth"]

Floats = NDArray[np.float64]
UNIT = METRICS["welfare"].unit
NUMBERS = ("mean", "low", "high", "prior_low", "prior_high", "positive", "noise_share")
_SAME = 1e-12
"""Share of a change below which what differs between worlds is rounding."""


@attrs.frozen(eq=False)
class Worth:
    """A contribution set to a level, and what was played then.

    Parameters
    ----------
    what : Contribution
    level : {"median", "others"}
    words : str
        What was set to what, in words.
    welfare : dict or None
        As `Gains.played`, of nobody and all members; None if nothing was changed.
    """

    what: Contribution
    level: Level
    words: str
    welfare: dict[Coalition, Floats] | None


@attrs.frozen(eq=False, slots=False, repr=False)
@checked
class Gains:
    """Who gains by a pact; made by `alliancesim.gains`. Printed, it is a report.

    Every table has ``mean`` of a paired difference in welfare, in stakes a year; its 95 % sampling
    interval, ``low`` to ``high``; the central 95 % of the expected difference over the priors,
    ``prior_low`` to ``prior_high``; ``positive``, the probability over the priors that it is above
    zero; and ``noise_share``: see `alliancesim.stats.paired.Difference`. Coalitions other than the
    parties are hypothetical, and marked so.

    Parameters
    ----------
    pact : Pact
        What was asked.
    seed : int
    design : Design
        Which worlds share a draw of the parameters.
    played : dict of frozenset to float array, shape (worlds, followed)
        Welfare of members and candidates under the pact of each coalition; that of nobody is
        without the pact.
    worths : tuple of Worth
    asked : int
        Worlds asked for; more than were finished if the run was interrupted.
    left_out : tuple of str
        Contributions that were not played because the run was interrupted.
    """

    pact: Pact
    seed: int
    design: Design
    played: dict[Coalition, Floats]
    worths: tuple[Worth, ...]
    asked: int
    left_out: tuple[str, ...] = ()

    @property
    def interrupted(self) -> bool:
        """Whether the run was interrupted before all was played."""
        return self.design.worlds < self.asked or bool(self.left_out)

    @property
    def members(self) -> tuple[str, ...]:
        """Among whom the pact's value is shared, in alphabetical order."""
        return self.pact.members

    @cached_property
    def game(self) -> Floats:
        """What each coalition of members is worth in each world, shape (worlds, 2**members).

        Welfare of all members, summed, less the same without the pact.
        """
        several = [
            Coalition(m for k, m in enumerate(self.members) if place >> k & 1)
            for place in range(2 ** len(self.members))
        ]
        return np.stack([self._value(self.played, each) for each in several], axis=-1)

    def _value(self, played: dict[Coalition, Floats], coalition: Coalition) -> Floats:
        many = len(self.members)
        added: Floats = played[coalition][:, :many] - played[Coalition()][:, :many]
        return np.asarray(added.sum(axis=1))

    def welfare(self) -> pd.DataFrame:
        """Return each state's welfare with and without the pact of each coalition.

        Returns
        -------
        pandas.DataFrame
            Columns coalition, hypothetical, state, within (whether it is in the pact), with and
            without (means), and the difference.
        """
        return _frame(
            {
                "coalition": self.pact.words(coalition),
                "hypothetical": self.pact.hypothetical(coalition),
                "state": state,
                "within": state in coalition,
                "with": float(welfare[:, k].mean()),
                "without": float(self.played[Coalition()][:, k].mean()),
                **self._numbers(welfare[:, k], self.played[Coalition()][:, k]),
            }
            for coalition, welfare in self.played.items()
            if not self.pact.is_inert(coalition)
            for k, state in enumerate(self.pact.followed)
        )

    def values(self) -> pd.DataFrame:
        """Return what each coalition of members is worth, the empty one first."""
        return _frame(
            {
                "coalition": self._called(place),
                "hypothetical": self.pact.hypothetical(self._coalition(place)),
                "inert": self.pact.is_inert(self._coalition(place)),
                **self._numbers(self.game[:, place], 0.0),
            }
            for place in range(self.game.shape[1])
        )

    def marginals(self) -> pd.DataFrame:
        """Return what each member adds to each coalition without it; columns state and joins."""
        return _frame(
            {"state": state, "joins": self._called(place), **self._numbers(added, 0.0)}
            for k, state in enumerate(self.members)
            for place, added in games.marginals(self.game, k).items()
        )

    def shapley(self) -> pd.DataFrame:
        """Return each member's Shapley value: what it adds, averaged over all orders of joining.

        They sum to the value of the pact of all members.
        """
        shares = games.shapley(self.game)
        return _frame(
            {"state": state, **self._numbers(shares[:, k], 0.0)}
            for k, state in enumerate(self.members)
        )

    def worth(self) -> pd.DataFrame:
        """Return what contributions are worth to the pact of all members.

        The same worlds are played with a member's contribution set to a median, with the pact and
        without it; rows are the unchanged scenario less the changed one.

        Returns
        -------
        pandas.DataFrame
            Columns state, contribution, level, set; ``outcome``: "value", the value of the pact,
            "gain", what a member gains by the pact, or "welfare", its welfare in the pact, where
            strengths change what each holds at the start also; ``member``; and the difference.
        """
        grand, none = Coalition(self.members), Coalition()
        rows: list[dict[str, Any]] = []
        for each in self.worths:
            changed = each.welfare or self.played
            about = {
                "state": each.what.state,
                "contribution": each.what.kind,
                "level": each.level,
                "set": each.words,
            }
            value = [self._value(played, grand) for played in (self.played, changed)]
            rows.append(about | {"outcome": "value", "member": ""} | self._numbers(*value))
            for k, member in enumerate(self.members):
                here, there = self.played[grand][:, k], changed[grand][:, k]
                gain = (here - self.played[none][:, k], there - changed[none][:, k])
                for outcome, pair in (("gain", gain), ("welfare", (here, there))):
                    rows.append(
                        about | {"outcome": outcome, "member": member} | self._numbers(*pair)
                    )
        return _frame(rows)

    def moves(self) -> pd.DataFrame:
        """Return what each would gain by a move: a member that leaves, an outsider that joins.

        Returns
        -------
        pandas.DataFrame
            Columns coalition (before the move), hypothetical; move, "leaves" or "joins"; mover;
            state, whose welfare it is: the mover's own, or a member's that is asked to admit it;
            the difference that the move makes; and ``answer``: "gains", "does not gain" or
            "unclear", by the sampling interval.
        """
        return _frame(self._moves())

    def _moves(self) -> Iterable[dict[str, Any]]:
        for before in self.pact.judged:
            leaving = [(m, "leaves", before - {m}) for m in sorted(before)]
            joining = [(o, "joins", before | {o}) for o in self.pact.outsiders(before)]
            for mover, move, after in (*leaving, *joining):
                asked = (mover,) if move == "leaves" else (mover, *sorted(before))
                for state in asked:
                    k = self.pact.followed.index(state)
                    now, then = self.played[after][:, k], self.played[before][:, k]
                    found = self._numbers(now, then)
                    yield {
                        "coalition": self.pact.words(before),
                        "hypothetical": self.pact.hypothetical(before | after),
                        "move": move,
                        "mover": mover,
                        "state": state,
                        **found,
                        "answer": _answer(now - then, found),
                    }

    def stability(self) -> pd.DataFrame:
        """Return whether each pact would hold together.

        Returns
        -------
        pandas.DataFrame
            Columns coalition, hypothetical, condition, verdict ("holds", "fails", "unclear"), and
            ``depends_on``, the moves whose sign is not the same over 95 % of the priors.
        """
        return _frame(stability.verdicts(self.moves().to_dict("records")))

    def _coalition(self, place: int) -> Coalition:
        return Coalition(m for k, m in enumerate(self.members) if place >> k & 1)

    def _called(self, place: int) -> str:
        return self.pact.words(self._coalition(place))

    def _numbers(self, arm: Floats, other: Floats | float) -> dict[str, float]:
        found = difference(arm, np.broadcast_to(np.asarray(other), arm.shape), self.design)
        every = (
            *(found.sampling.mean, found.sampling.low, found.sampling.high),
            *(found.prior_low, found.prior_high, found.positive, found.noise_share),
        )
        return {name: float(value) for name, value in zip(NUMBERS, every, strict=True)}

    def to_dict(self) -> dict[str, Any]:
        """Return the run's manifest and all tables as plain values, fit for JSON."""
        scenario = self.pact.scenario
        names = ("welfare", "values", "marginals", "shapley", "worth", "moves", "stability")
        return {
            "note": "Illustrative, not predictive. Weights of welfare are priors.",
            "scenario": scenario.name,
            "title": scenario.title,
            "cutoff": scenario.cutoff.isoformat(),
            "facts": facts_known(scenario),
            "pact": self.pact.treaty.id,
            "parties": list(self.pact.parties),
            "members": list(self.members),
            "candidates": list(self.pact.candidates),
            "worlds": self.design.worlds,
            "worlds_asked": self.asked,
            "interrupted": self.interrupted,
            "left_out": list(self.left_out),
            "worlds_per_draw": self.design.worlds_per_draw,
            "priors": self.design.priors,
            "seed": self.seed,
            "unit": UNIT,
            **{name: estimates.records(getattr(self, name)()) for name in names},
        }

    def to_json(self) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), indent=1, allow_nan=False)

    def __repr__(self) -> str:
        """Return the report, at most 100 columns wide."""
        from alliancesim.coalition_value.rendering import as_text

        return fitting(as_text(self))


def _frame(rows: Iterable[dict[Hashable, Any]] | Iterable[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows))


def _answer(change: Floats, found: Mapping[str, float]) -> stability.Answer:
    """Return whether somebody gains; where the change is the same in every world, by it alone."""
    if np.ptp(change) <= _SAME * np.abs(change).max():
        return stability.answer(found["mean"], found["mean"])
    return stability.answer(found["low"], found["high"])
