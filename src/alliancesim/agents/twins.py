"""Where do two arms of one world diverge, and on which decision?

Both arms have the same random draws, address by address. Their decisions are read side by side; the
first that is not the same, or is met in one arm alone, parts them. An ally that is asked in one arm
alone and gives nothing does not: it gives nothing in either.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from alliancesim.agents.decisions import ANSWERS, Decision
from alliancesim.agents.ensemble import replay
from alliancesim.agents.values import Event
from alliancesim.agents.wargame import Wargame
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.scenario import Scenario, load
from alliancesim.scenario.run_options import WORLDS_PER_DRAW

__all__ = ["Divergence", "Twins", "twins"]

_OF_THE_ARM = frozenset({"budgets", "announced", "in-force", "withdrawn", "renewed"})
"""Kinds of event that nobody decides: they may differ before the arms part."""


@attrs.frozen
class Divergence:
    """A decision that two arms of one world do not share.

    Attributes
    ----------
    arm, against : Decision or None
        The decision in either arm, with the same random draw; None where it was not met, as an ally
        that is not asked.
    """

    arm: Decision | None
    against: Decision | None

    @property
    def decision(self) -> Decision:
        """The decision in an arm in which it was met."""
        found = self.arm or self.against
        assert found is not None
        return found


@attrs.frozen(eq=False, slots=False)
class Twins:
    """One world played to its end in two arms, on the same random draws.

    Made by `twins`; `alliancesim.narrative.twins_in_words` tells both side by side.

    Attributes
    ----------
    arm, against : Wargame
        The world in either arm, with its ``events`` and ``decisions``.
    divergences : tuple of Divergence
        The decisions that differ, in the order met: the first, whatever it is, and thereafter
        those met in both arms. Empty if the arms never diverge.
    """

    arm: Wargame
    against: Wargame
    divergences: tuple[Divergence, ...]

    @property
    def divergence(self) -> Divergence | None:
        """The first decision that differs; None if the arms never diverge."""
        return self.divergences[0] if self.divergences else None

    @property
    def turning(self) -> Divergence | None:
        """The first that differs and is more than an ally's answer: it turns the course."""
        return next((each for each in self.divergences if each.decision.kind not in ANSWERS), None)

    @property
    def common(self) -> tuple[Event, ...]:
        """What happened in `arm` before the divergence: the same events as in `against`."""
        return tuple(self.arm.events[: self.before(self.arm)])

    def before(self, game: Wargame) -> int:
        """Return how many events of one of the two were told before the divergence.

        What nobody decides, budgets and changes of treaties, may come at other times in the arms.
        """
        if self.divergence is None:
            return len(game.events)
        first = self.divergence
        own = first.arm if game is self.arm else first.against
        if own is not None:
            return own.told
        other = self.against if game is self.arm else self.arm
        shared = sum(1 for each in other.events[: first.decision.told] if _is_decided(each))
        return _place(game.events, shared, first.decision.turn)

    def __repr__(self) -> str:
        """Name the arms and count the decisions that differ."""
        arms = f"{self.arm.arm} and {self.against.arm}"
        return (
            f"<Twins: world {self.arm.world} in {arms}, {len(self.divergences)} decisions differ>"
        )


@checked
def twins(
    scenario: Scenario | str,
    *,
    arm: str,
    against: str,
    seed: int = 0,
    world: int = 0,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    priors: bool = True,
    model: type[Wargame] = Wargame,
) -> Twins:
    """Play one world in two arms, and find the first decision that differs.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or what `load` takes.
    arm, against : str
        Names of two arms.
    seed, world : int
        Seed of the run, and number of the world in it.
    worlds_per_draw : int
        Worlds that share one draw of the parameters.
    priors : bool
        Whether parameters are drawn from their priors.
    model : type
        `Wargame`, or a class of its kind.

    Returns
    -------
    Twins
        The worlds that `compare` plays with the same numbers, to the bit.

    Raises
    ------
    InvalidInput
        If an arm is unknown, both are the same, or a number is out of range.
    """
    given = scenario if isinstance(scenario, Scenario) else load(scenario)
    names = [given.arm(name).name for name in (arm, against)]
    if arm == against:
        others = ", ".join(each.name for each in given.arms if each.name != arm)
        raise InvalidInput(f"{against!r} against itself", where="against", allowed=others)
    one, other = (
        replay(
            given,
            arm=name,
            seed=seed,
            world=world,
            worlds_per_draw=worlds_per_draw,
            priors=priors,
            model=model,
        )
        for name in names
    )
    return Twins(one, other, tuple(_divergences(one.decisions, other.decisions)))


def _divergences(ours: list[Decision], theirs: list[Decision]) -> Iterator[Divergence]:
    """Yield the first decision that differs, then those met in both that do."""
    here, there = ({each.address: each for each in found} for found in (ours, theirs))
    ours = [each for each in ours if each.address in there or _gives(each)]
    theirs = [each for each in theirs if each.address in here or _gives(each)]
    first = _first(ours, theirs)
    if first is None:
        return
    start = first.address
    yield Divergence(here.get(start), there.get(start))
    met = ours if start in here else theirs
    for each in met[met.index(first) + 1 :]:
        one, other = here.get(each.address), there.get(each.address)
        if one and other and one.choice != other.choice:
            yield Divergence(one, other)


def _first(ours: list[Decision], theirs: list[Decision]) -> Decision | None:
    """Return the first decision that is not the same, or is met on one side alone."""
    for one, other in zip(ours, theirs, strict=False):
        if one.address == other.address:
            if one.choice != other.choice:
                return one
            continue
        if one.turn != other.turn:  # the later is still to come for the other
            return min(one, other, key=lambda each: each.turn)
        return other if any(each.address == one.address for each in theirs) else one
    longer = max(ours, theirs, key=len)
    shorter = min(len(ours), len(theirs))
    return longer[shorter] if len(longer) > shorter else None


def _gives(decision: Decision) -> bool:
    """Tell whether anything came of it; an ally may be asked and give nothing."""
    return decision.choice != 0 or decision.kind not in ANSWERS


def _is_decided(event: Event) -> bool:
    return event.kind not in _OF_THE_ARM


def _place(events: list[Event], shared: int, turn: int) -> int:
    """Return where the events after so many decided ones begin; others of the month belong before.

    Budgets and treaties change at the start of a month, before anything is decided in it.
    """
    seen = 0
    for place, each in enumerate(events):
        if _is_decided(each):
            if seen == shared:
                return place
            seen += 1
        elif each.turn > turn:
            return place
    return len(events)
