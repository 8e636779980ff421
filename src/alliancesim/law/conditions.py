"""When does a duty arise, and until when? Each condition is a value that can answer.

Every condition has ``met(attack)``, and ``told(attack)``: what it found, in words. It also declares
its ``axes``, the parts of an attack on which its answer may hang, so that the compiled blocks can
ask it no more often than needed.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal, Protocol

import attrs

from alliancesim.data.checks import as_tuple, every, flag, instance, text
from alliancesim.errors import InvalidInput
from alliancesim.law.area import Area, Axis, Cover, shares, within
from alliancesim.law.attack import Actor, Attack, Kind, Provocation, Target
from alliancesim.law.checks import day, lasts, one_of, ordered, some_of, states

__all__ = [
    "Adversaries",
    "Area",
    "Axis",
    "Condition",
    "Cover",
    "Limit",
    "NonProvocation",
    "SecurityCouncil",
    "Trigger",
    "When",
]

ARMED: tuple[Kind, ...] = ("attack", "blockade")
ANYBODY: tuple[Actor, ...] = ("state", "proxy", "non-state")


class Condition(Protocol):
    """What every condition can do."""

    axes: ClassVar[tuple[Axis, ...]]

    def met(self, attack: Attack) -> bool:
        """Tell whether the attack meets the condition."""

    def told(self, attack: Attack) -> str:
        """Say what was asked of the attack."""


class Limit(Condition, Protocol):
    """A condition that an article of its own may set."""

    @property
    def article(self) -> str:
        """Where the treaty says so; empty: in the article of the obligation."""


@attrs.frozen(kw_only=True)
class Trigger:
    """What kind of act, and by whom, sets the duty off.

    Attributes
    ----------
    kinds : tuple of str
        Among attack, blockade, hybrid, threat.
    actors : tuple of str
        Among state, proxy, non-state.
    targets : tuple of str
        Among territory, forces; empty: either.
    tags : tuple of str
        What a non-state attacker must be, any of these; empty: nothing in particular.
    article, source : str
        Where the treaty says so, and where that was read.
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
    article: str = ""
    source: str = ""

    def __attrs_post_init__(self) -> None:
        for name in ("kinds", "actors"):
            if not getattr(self, name):
                raise InvalidInput("is empty", where=name, allowed="at least one")

    def met(self, attack: Attack) -> bool:
        """Tell whether the act is of the kinds named, by an actor and on a target named."""
        return (
            attack.kind in self.kinds
            and attack.actor in self.actors
            and within(attack.struck, self.targets)
            and (attack.actor != "non-state" or shares(attack.tags, self.tags))
        )

    def told(self, attack: Attack) -> str:
        """Say what the act was and what the treaty asks."""
        asked = f"{' or '.join(self.kinds)} by {' or '.join(self.actors)}"
        asked += f" on {' or '.join(self.targets)}" if self.targets else ""
        asked += f"; a group must be {' or '.join(self.tags)}" if self.tags else ""
        return f"{attack.kind} by {attack.actor} on {attack.struck}; trigger: {asked}"


@attrs.frozen(kw_only=True)
class Adversaries:
    """Against whom the duty runs.

    Attributes
    ----------
    only : tuple of str
        The named adversaries; empty: anybody.
    excluded : tuple of str
        Those against whom it never runs.
    tags : tuple of str
        What the adversary must be, any of these; empty: nothing in particular.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    axes: ClassVar[tuple[Axis, ...]] = ("attacker",)

    only: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    excluded: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    tags: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    article: str = ""
    source: str = ""

    def __attrs_post_init__(self) -> None:
        both = set(self.only) & set(self.excluded)
        if both:
            raise InvalidInput(
                f"{', '.join(sorted(both))} is both named and excluded",
                where="excluded",
                allowed="states that only does not name",
            )

    def met(self, attack: Attack) -> bool:
        """Tell whether the duty runs against this attacker, or the state behind it."""
        return (
            shares(attack.aggressors, self.only)
            and not any(one in self.excluded for one in attack.aggressors)
            and shares(attack.tags, self.tags)
        )

    def told(self, attack: Attack) -> str:
        """Say who attacked and against whom the duty runs."""
        parts = [
            f"only {', '.join(self.only)}" if self.only else "",
            f"never {', '.join(self.excluded)}" if self.excluded else "",
            f"an adversary that is {' or '.join(self.tags)}" if self.tags else "",
        ]
        asked = "; ".join(part for part in parts if part) or "anybody"
        return f"{' for '.join(attack.aggressors)} attacked; adversaries: {asked}"


@attrs.frozen(kw_only=True)
class SecurityCouncil:
    """Whether the duty ends once the Security Council has done what peace needs.

    So the North Atlantic Treaty has it, Article 5, second paragraph: measures taken "shall be
    terminated when the Security Council has taken the measures necessary to restore and maintain
    international peace and security". A duty to report to the Council alone ends nothing.

    Attributes
    ----------
    ends : bool
        True: nothing more is owed after the Council has acted. False: the treaty does not say so.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    axes: ClassVar[tuple[Axis, ...]] = ()

    ends: bool = attrs.field(default=False, validator=flag())
    article: str = ""
    source: str = ""

    def met(self, attack: Attack) -> bool:
        """Tell whether the duty still stands: it does until the Council has acted."""
        return not (self.ends and attack.council_acted)

    def told(self, attack: Attack) -> str:
        """Say whether the Council has acted and whether that ends the duty."""
        if not self.ends:
            return "the duty does not hang on the Security Council"
        acted = "has taken" if attack.council_acted else "has not taken"
        return f"the Security Council {acted} the measures necessary; the duty lasts until then"


@attrs.frozen(kw_only=True)
class NonProvocation:
    """Whether a victim that provoked the attack is helped, and who judges.

    Attributes
    ----------
    required : bool
        True: the attack must be unprovoked. False: the duty is unconditional.
    judge : str
        each (every party for itself), victim, or organ. It decides what becomes of a contested
        case: the victim's word stands; each party's own judgement leaves the duty less binding;
        the organ must first consent.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    axes: ClassVar[tuple[Axis, ...]] = ("circumstance",)

    required: bool = attrs.field(default=False, validator=flag())
    judge: Literal["each", "victim", "organ"] = attrs.field(
        default="each", validator=one_of(Literal["each", "victim", "organ"])
    )
    article: str = ""
    source: str = ""

    def met(self, attack: Attack) -> bool:
        """Tell whether provocation stands in the way: only where it is required and clear."""
        return not self.required or attack.provocation != "provoked"

    def open(self, attack: Attack) -> bool:
        """Tell whether the case is one that the judge still has to decide."""
        return self.required and attack.provocation == "contested"

    def told(self, attack: Attack) -> str:
        """Say whether the attack was provoked and what the treaty asks."""
        asked = f"unprovoked only, judged by {self.judge}" if self.required else "unconditional"
        return f"{attack.provocation}; the duty is {asked}"


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
        Who attacked; and who did not.
    tags, tags_except : tuple of str
        What the attacker is, any of these; and is not, none of these.
    victims : tuple of str
        Who was attacked.
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
    adversaries: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    adversaries_except: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=states
    )
    tags: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    tags_except: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(text())
    )
    victims: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states)
    since: dt.date | None = attrs.field(default=None, validator=day)
    until: dt.date | None = attrs.field(default=None, validator=day)

    def __attrs_post_init__(self) -> None:
        ordered(self.since, self.until, "until", "a date not before since")

    def met(self, attack: Attack) -> bool:
        """Tell whether the attack is such a case."""
        dated = lasts(self.since, self.until, attack.date)
        return dated and self._act(attack) and self._against(attack)

    def _act(self, attack: Attack) -> bool:
        return (
            within(attack.kind, self.kinds)
            and within(attack.actor, self.actors)
            and within(attack.provocation, self.provocation)
            and within(attack.victim, self.victims)
            and (not self.covers or any(cover.holds(attack) for cover in self.covers))
        )

    def _against(self, attack: Attack) -> bool:
        return (
            shares(attack.aggressors, self.adversaries)
            and not any(one in self.adversaries_except for one in attack.aggressors)
            and shares(attack.tags, self.tags)
            and not any(tag in self.tags_except for tag in attack.tags)
        )

    def told(self, attack: Attack) -> str:
        """Say what the cases are."""
        given = [
            f"{field.name.replace('_', ' ')} {', '.join(str(one) for one in value)}"
            if isinstance(value, tuple)
            else f"{field.name} {value}"
            for field in attrs.fields(When)
            if (value := getattr(self, field.name))
        ]
        return "; ".join(given) or "always"
