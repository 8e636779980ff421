"""The cases that an exception is about."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from alliancesim.data.checks import as_tuple, every, instance, text
from alliancesim.law.area import Axis, Cover, shares, within
from alliancesim.law.attack import Actor, Attack, Kind, Provocation
from alliancesim.law.checks import day, lasts, ordered, some_of, spelt, states_or_parties

__all__ = ["When"]


@attrs.frozen(kw_only=True)
class When:
    """The cases that an exception is about: all that is given must hold; empty stands for any.

    Attributes
    ----------
    kinds, actors, provocation : tuple of str
        The act, the actor, and whether it was provoked.
    covers : tuple of Cover
        Where it happened, any of these.
    adversaries, adversaries_except : tuple of str
        Who attacked, any of these; and who did not; ``parties`` stands for all bound on the day.
    tags, tags_except : tuple of str
        What the attacker or the case is, any of these; and is not, none of these.
    victims : tuple of str
        Who was attacked; ``parties`` as above.
    since, until : date or None
        From the first day; before the day after the last.
    """

    axes: ClassVar[tuple[Axis, ...]] = ("circumstance", "attacker", "victim")

    kinds: tuple[Kind, ...] = attrs.field(default=(), converter=as_tuple, validator=some_of(Kind))
    actors: tuple[Actor, ...] = attrs.field(
        default=(), converter=as_tuple, validator=some_of(Actor)
    )
    provocation: tuple[Provocation, ...] = attrs.field(
        default=(), converter=as_tuple, validator=some_of(Provocation)
    )
    covers: tuple[Cover, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(instance(Cover))
    )
    adversaries: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=states_or_parties
    )
    adversaries_except: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=states_or_parties
    )
    tags: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    tags_except: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(text())
    )
    victims: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=states_or_parties
    )
    since: dt.date | None = attrs.field(default=None, validator=day)
    until: dt.date | None = attrs.field(default=None, validator=day)

    def __attrs_post_init__(self) -> None:
        ordered(self.since, self.until, "until", "a date not before since")

    def met(self, attack: Attack) -> bool:
        """Return whether the attack is such a case."""
        dated = lasts(self.since, self.until, attack.date)
        return dated and self._act(attack) and self._against(attack)

    def _act(self, attack: Attack) -> bool:
        return (
            within(attack.kind, self.kinds)
            and within(attack.actor, self.actors)
            and within(attack.provocation, self.provocation)
            and shares(attack.victims, self.victims)
            and (not self.covers or any(cover.holds(attack) for cover in self.covers))
        )

    def _against(self, attack: Attack) -> bool:
        """Return whether every adversary is such: an exception frees from none of the others."""
        return (
            all(
                shares(one, self.adversaries)
                and not any(state in self.adversaries_except for state in one)
                for one in attack.adversaries
            )
            and shares(attack.tags, self.tags)
            and not any(tag in self.tags_except for tag in attack.tags)
        )

    def told(self, attack: Attack) -> str:
        """Return the cases, in words."""
        return self.in_words() or "always"

    def in_words(self) -> str:
        """Return the cases, in words; empty where in every case."""
        parts = (
            ("", " or ".join(self.kinds)),
            ("by ", " or ".join(self.actors)),
            ("if ", " or ".join(self.provocation)),
            ("", "; or ".join(str(cover) for cover in self.covers)),
            ("if the attacker is ", spelt(self.adversaries)),
            ("if the attacker is not ", spelt(self.adversaries_except)),
            ("if it is ", " or ".join(self.tags)),
            ("unless it is ", " or ".join(self.tags_except)),
            ("if attacked is ", spelt(self.victims)),
            ("from ", str(self.since or "")),
            ("until ", str(self.until or "")),
        )
        return ", ".join(lead + words for lead, words in parts if words)
