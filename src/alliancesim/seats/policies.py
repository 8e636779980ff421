"""Ready-made policies: plain functions that decide for a seat.

Each takes a `Decision` and returns one of its options. Where a policy says nothing of a kind of
decision it does what the model does. None but those that follow the model looks at more than the
observation. They are caricatures of ways to behave, not descriptions of any state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.levels import Level, Rung
from alliancesim.seats.game import KINDS, Decision, Policy

__all__ = [
    "POLICIES",
    "always_honour",
    "by_kind",
    "faithful",
    "free_rider",
    "isolationist",
    "mediator",
    "never",
    "random_policy",
    "scripted",
    "the_model",
    "tit_for_tat",
]


@checked
def the_model(decision: Decision) -> int:
    """Do what the model does, its random draw included."""
    return decision.model_choice


@checked
def never(decision: Decision) -> int:
    """Say no to everything: challenge nobody, resist nobody, answer no call, ratify nothing."""
    return decision.options[0]


@checked
def always_honour(decision: Decision) -> int:
    """Answer every call at the level of the strongest duty that may be owed, under any reading.

    All else, calls without any duty among them, is as the model does it; but it never leaves a
    treaty.
    """
    if decision.is_answer:
        owed = max(level for level in Level if decision.observation.owed[level] > 0.0)
        return _honoured(decision, owed)
    return 0 if decision.kind == "leave" else decision.model_choice


@checked
def faithful(decision: Decision) -> int:
    """Answer at the level of the duty that is more likely owed than not; ratify, and never leave.

    Calls without a likely duty, and all else, are as the model does it.
    """
    if decision.is_answer:
        return _honoured(decision, _likely(decision.observation.owed))
    return {"ratify": 1, "leave": 0}.get(decision.kind, decision.model_choice)


@checked
def isolationist(decision: Decision) -> int:
    """Keep out: challenge nobody, answer no call, ratify nothing, leave what can be left.

    When challenged itself it resists and refuses.
    """
    if decision.kind in ("resist", "refuse", "leave"):
        return 1
    return 0


@checked
def free_rider(decision: Decision) -> int:
    """Take the help of pacts and give words: answer calls diplomatically, ratify, never leave."""
    if decision.is_answer:
        return int(Rung.DIPLOMATIC)
    return {"ratify": 1, "leave": 0}.get(decision.kind, decision.model_choice)


@checked
def mediator(decision: Decision) -> int:
    """Calm disputes: challenge nobody, answer with words, accept demands, never begin to fight."""
    if decision.is_answer:
        return int(Rung.DIPLOMATIC)
    return {"challenge": 0, "refuse": 0, "fight": 0}.get(decision.kind, decision.model_choice)


@checked
def tit_for_tat(decision: Decision) -> int:
    """Answer a state's call as that state answered one's own last call; else as `faithful`."""
    if not decision.is_answer:
        return faithful(decision)
    seen = decision.observation
    friend = seen.challenger if decision.kind == "back" else seen.target
    for event in reversed(seen.events):
        if event.kind not in ("challenge", "war"):
            continue
        for end, answers in (("target", "answers"), ("challenger", "backers")):
            if event.facts.get(end) == seen.state and friend in event.facts.get(answers, {}):
                return min(int(event.facts[answers][friend]), decision.options[-1])
    return faithful(decision)


@checked
def random_policy(seed: int = 0) -> Policy:
    """Return a policy that takes each option with the same chance.

    Parameters
    ----------
    seed : int
        0 or more. The same seed takes the same option at the same decision of the same world,
        whatever was decided before.

    Raises
    ------
    InvalidInput
        If the seed is below 0.
    """
    if seed < 0:
        raise InvalidInput(f"{seed} is below 0", where="seed", allowed="0 or more")

    def decide(decision: Decision) -> int:
        seen = decision.observation
        names = "|".join((decision.state, seen.challenger, seen.target, seen.treaty))
        place = (seed, decision.world, seen.month, KINDS.index(decision.kind), *names.encode())
        return int(np.random.default_rng(place).choice(decision.options))

    return decide


@checked
def scripted(options: Sequence[int], then: Policy = the_model) -> Policy:
    """Return a policy that takes given options one after another.

    Parameters
    ----------
    options : sequence of int
        Options of the seat's decisions, in order.
    then : callable
        Policy that decides once they are used up.

    Raises
    ------
    InvalidInput
        When it is played, if an option is none of the decision's.

    Notes
    -----
    It counts the decisions it is asked for, so it plays one seat of one world: make one for each.
    """
    rest = iter(options)

    def decide(decision: Decision) -> int:
        option = next(rest, None)
        return then(decision) if option is None else option

    return decide


@checked
def by_kind(policies: Mapping[str, Policy], otherwise: Policy = the_model) -> Policy:
    """Return a policy made of others, one for each kind of decision.

    Parameters
    ----------
    policies : mapping of str to callable
        By kind, as in `KINDS`.
    otherwise : callable
        For all other kinds.

    Raises
    ------
    InvalidInput
        If a kind is unknown.
    """
    for kind in policies:
        if kind not in KINDS:
            raise InvalidInput(f"no kind {kind!r}", where="policies", allowed=", ".join(KINDS))

    def decide(decision: Decision) -> int:
        return policies.get(decision.kind, otherwise)(decision)

    return decide


_RUNGS = {
    Level.CONSULT: Rung.DIPLOMATIC,
    Level.ASSIST: Rung.AID,
    Level.DEFEND: Rung.LIMITED_FORCE,
}
"""What each duty asks for, at the values of the parameters ``rung_consult`` to ``rung_defend``."""

POLICIES: Mapping[str, Callable[[Decision], int]] = {
    "model": the_model,
    "always-honour": always_honour,
    "faithful": faithful,
    "free-rider": free_rider,
    "isolationist": isolationist,
    "mediator": mediator,
    "never": never,
    "tit-for-tat": tit_for_tat,
}
"""Those that need no argument, by name."""


def _likely(owed: Sequence[float]) -> Level:
    """Return the highest level that is at least as likely owed as not."""
    return max(level for level in Level if sum(owed[level:]) >= 0.5)


def _honoured(decision: Decision, owed: Level) -> int:
    """Return the level at which a duty is honoured: what it asks for, or what a dispute allows."""
    if owed is Level.NONE:
        return decision.model_choice
    return min(int(_RUNGS[owed]), decision.options[-1])
