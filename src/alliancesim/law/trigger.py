"""What kind of act, and by whom, sets a duty off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, get_args

import attrs

from alliancesim.data.checks import as_tuple, every, text
from alliancesim.errors import InvalidInput
from alliancesim.law.area import Axis, shares, within
from alliancesim.law.attack import Actor, Attack, Kind, Target
from alliancesim.law.checks import some_of
from alliancesim.law.mistakes import Mistake, changed

__all__ = ["ANYBODY", "ANY_ACT", "ARMED", "Trigger"]

ARMED: tuple[Kind, ...] = ("attack", "blockade")
ANY_ACT: tuple[Kind, ...] = get_args(Kind)
ANYBODY: tuple[Actor, ...] = get_args(Actor)


@attrs.frozen(kw_only=True)
class Trigger:
    """What kind of act, and by whom, sets the duty off.

    Attributes
    ----------
    kinds : tuple of str
        Among attack, blockade, hybrid, threat, breach.
    actors : tuple of str
        Among state, proxy, non-state.
    targets : tuple of str
        Among territory, forces, public-ships, private-ships, nationals; empty: any.
    tags : tuple of str
        What a non-state attacker must be, any of these; empty: nothing in particular.
    act_tags : tuple of str
        What the act must be, whoever attacks, any of these, such as ``state-of-war``; empty:
        nothing in particular.
    article, source : str
        Where the treaty says so, and where that was read.

    Raises
    ------
    InvalidInput
        When no kind or actor is left, or tags are asked of groups that do not count at all.
    """

    axes: ClassVar[tuple[Axis, ...]] = ("circumstance", "victim")

    kinds: tuple[Kind, ...] = attrs.field(
        default=ARMED, converter=as_tuple, validator=some_of(Kind)
    )
    actors: tuple[Actor, ...] = attrs.field(
        default=ANYBODY, converter=as_tuple, validator=some_of(Actor)
    )
    targets: tuple[Target, ...] = attrs.field(
        default=(), converter=as_tuple, validator=some_of(Target)
    )
    tags: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    act_tags: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        for name in ("kinds", "actors"):
            if not getattr(self, name):
                raise InvalidInput("is empty", where=name, allowed="at least one")
        if self.tags and "non-state" not in self.actors:
            raise InvalidInput(
                "asked of groups, and no group counts",
                where="tags",
                allowed="none; act_tags for any attacker; or non-state among the actors",
            )

    def met(self, attack: Attack) -> bool:
        """Return whether the act is of the kinds named, by an actor and on a target named."""
        return (
            attack.kind in self.kinds
            and attack.actor in self.actors
            and within(attack.struck, self.targets)
            and (attack.actor != "non-state" or shares(attack.tags, self.tags))
            and shares(attack.tags, self.act_tags)
        )

    def told(self, attack: Attack) -> str:
        """Return what the act was and what the treaty asks."""
        return f"{attack.kind} by {attack.actor} on {attack.struck}; trigger: {self.in_words()}"

    def in_words(self) -> str:
        """Return the acts that count."""
        kinds = "any act" if self.kinds == ANY_ACT else " or ".join(self.kinds)
        words = f"{kinds} by {'anybody' if self.actors == ANYBODY else ' or '.join(self.actors)}"
        words += f" on {' or '.join(self.targets)}" if self.targets else ""
        words += f"; a group must be {' or '.join(self.tags)}" if self.tags else ""
        return words + (f"; the act must be {' or '.join(self.act_tags)}" if self.act_tags else "")

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the trigger with one mistake."""
        for name in ("kinds", "actors"):
            values = getattr(self, name)
            for n in range(len(values)):
                left = values[:n] + values[n + 1 :]
                tags = self.tags if name == "kinds" or "non-state" in left else ()
                if left:
                    wrong = changed(self, tags=tags, **{name: left})
                    yield f"{name} {list(left)}", wrong
        for name in ("targets", "tags", "act_tags"):
            if getattr(self, name):
                yield f"no {name}", changed(self, **{name: ()})
