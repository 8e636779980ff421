"""When does a duty arise, and until when? Each condition is a value that can answer.

Every condition has ``met(attack)``; ``told(attack)``, what it found, in words; ``in_words()``, what
it asks, empty where it sets no limit; ``wrong_encodings()``, mistakes that a test must notice. It
also declares its ``axes``, the parts of an attack on which its answer may depend, so that the
compiled blocks ask it no more often than needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Protocol, get_args

import attrs

from alliancesim.data.checks import as_tuple, every, flag, text
from alliancesim.errors import InvalidInput
from alliancesim.law.area import Area, Axis, Cover, shares, within
from alliancesim.law.attack import Actor, Attack, Kind, Target
from alliancesim.law.checks import one_of, some_of, spelt, states_or_parties
from alliancesim.law.mistakes import Mistake, changed, fewer_of
from alliancesim.law.when import When

__all__ = [
    "Adversaries",
    "Area",
    "Axis",
    "Condition",
    "Cover",
    "Limit",
    "NonProvocation",
    "Saving",
    "SecurityCouncil",
    "Trigger",
    "When",
]

ARMED: tuple[Kind, ...] = ("attack", "blockade")
ANY_ACT: tuple[Kind, ...] = get_args(Kind)
ANYBODY: tuple[Actor, ...] = get_args(Actor)


class Condition(Protocol):
    """What every condition can do."""

    axes: ClassVar[tuple[Axis, ...]]

    def met(self, attack: Attack) -> bool:
        """Return whether the attack meets the condition."""

    def told(self, attack: Attack) -> str:
        """Return what was found, in words."""


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
    article: str = ""
    source: str = ""

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


@attrs.frozen(kw_only=True)
class Adversaries:
    """Against whom the duty runs: the other side from the state to which it is owed.

    For help that is the attacker, for offence and for neutrality owed to the attacker the state
    attacked.

    Attributes
    ----------
    only : tuple of str
        The named adversaries; ``parties`` stands for fellow members bound on the day; empty:
        anybody.
    excluded : tuple of str
        Those against whom it never runs; ``parties`` as above.
    tags : tuple of str
        What the adversary must be, any of these; empty: nothing in particular.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    axes: ClassVar[tuple[Axis, ...]] = ("attacker",)

    only: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=states_or_parties)
    excluded: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=states_or_parties
    )
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
        """Return whether the duty runs against an attacker, or the state behind it."""
        return self.count(attack.adversaries, attack)

    def count(self, adversaries: tuple[tuple[str, ...], ...], attack: Attack) -> bool:
        """Return whether the duty runs against one of some adversaries."""
        return shares(attack.tags, self.tags) and any(
            shares(one, self.only) and not any(state in self.excluded for state in one)
            for one in adversaries
        )

    def told(self, attack: Attack) -> str:
        """Return who attacked and against whom the duty runs."""
        asked = self.in_words() or "anybody"
        return f"{' for '.join(attack.aggressors)} attacked; adversaries: {asked}"

    def in_words(self) -> str:
        """Return against whom the duty runs; empty where against anybody."""
        parts = [
            f"only {spelt(self.only)}" if self.only else "",
            f"never {spelt(self.excluded)}" if self.excluded else "",
            f"an adversary that is {' or '.join(self.tags)}" if self.tags else "",
        ]
        return "; ".join(part for part in parts if part)

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the adversaries with one mistake."""
        yield from fewer_of(self, "only", "excluded", "tags")
        for name in ("only", "excluded", "tags"):
            if len(getattr(self, name)) > 1:
                yield f"any {name}", changed(self, **{name: ()})


@attrs.frozen
class Facing:
    """The adversaries of a party that itself attacks: those whom it attacks."""

    axes: ClassVar[tuple[Axis, ...]] = ("victim",)

    clause: Adversaries

    @property
    def article(self) -> str:
        """Where the treaty says so."""
        return self.clause.article

    def met(self, attack: Attack) -> bool:
        """Return whether the duty runs against a state attacked."""
        return self.clause.count(tuple((one,) for one in attack.victims), attack)

    def told(self, attack: Attack) -> str:
        """Return who is attacked and against whom the duty runs."""
        asked = self.clause.in_words() or "anybody"
        return f"{' and '.join(attack.victims)} is the adversary; adversaries: {asked}"


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
        """Return whether the duty still stands: it does until the Council has acted."""
        return not (self.ends and attack.council_acted)

    def told(self, attack: Attack) -> str:
        """Return whether the Council has acted and whether that ends the duty."""
        if not self.ends:
            return "the duty does not depend on the Security Council"
        acted = "has taken" if attack.council_acted else "has not taken"
        return f"the Security Council {acted} the measures necessary; the duty lasts until then"

    def in_words(self) -> str:
        """Return when it ends the duty; empty where it does not."""
        return "until the Security Council has acted" if self.ends else ""

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the clause without its effect."""
        if self.ends:
            yield "nothing ends it", changed(self, ends=False)


@attrs.frozen(kw_only=True)
class Saving:
    """What a duty to abstain leaves free.

    A pledge to refrain from force "in any manner inconsistent with the purposes of the United
    Nations" (North Atlantic Treaty, Article 1) leaves individual and collective self-defence under
    Article 51 of the Charter free: whoever helps the victim of an armed attack breaks no such
    pledge to the attacker. A pact of non-aggression without such words does not say so.

    Attributes
    ----------
    self_defence : bool
        True: nothing is owed to a state that makes an armed attack, unless it was provoked.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    axes: ClassVar[tuple[Axis, ...]] = ("circumstance",)

    self_defence: bool = attrs.field(default=False, validator=flag())
    article: str = ""
    source: str = ""

    def met(self, attack: Attack) -> bool:
        """Return whether the duty to the attacker stands."""
        armed = attack.kind in ARMED and attack.provocation != "provoked"
        return not (self.self_defence and armed)

    def told(self, attack: Attack) -> str:
        """Return whether self-defence is free in this case."""
        told = self.in_words() or "leaves nothing free"
        return f"{attack.kind}, {attack.provocation}; the duty {told}"

    def in_words(self) -> str:
        """Return what is left free; empty where nothing is."""
        return "leaves individual and collective self-defence free" if self.self_defence else ""

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the clause turned around."""
        yield (
            f"self-defence {not self.self_defence}",
            changed(self, self_defence=not self.self_defence),
        )


@attrs.frozen(kw_only=True)
class NonProvocation:
    """Whether a victim that provoked the attack is helped, and who judges.

    Attributes
    ----------
    required : bool
        True: the attack must be unprovoked; a duty to abstain is then not owed to a party that
        attacks. False: the duty is unconditional.
    judge : str
        each (every party for itself), victim, or organ. It decides what becomes of a contested
        case: the victim's word stands; each party's own judgement leaves the duty less binding;
        the organ must first consent.
    article, source : str
        Where the treaty says so, and where that was read.

    Raises
    ------
    InvalidInput
        When somebody judges what is not required.
    """

    axes: ClassVar[tuple[Axis, ...]] = ("circumstance",)

    required: bool = attrs.field(default=False, validator=flag())
    judge: Literal["each", "victim", "organ"] = attrs.field(
        default="each", validator=one_of(Literal["each", "victim", "organ"])
    )
    article: str = ""
    source: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.required and self.judge != "each":
            raise InvalidInput(
                f"the {self.judge} judges nothing where provocation does not matter",
                where="judge",
                allowed="required = true, or no judge",
            )

    def met(self, attack: Attack) -> bool:
        """Return whether provocation leaves the duty: only where required and clear it does not."""
        return not self.required or attack.provocation != "provoked"

    def open(self, attack: Attack) -> bool:
        """Return whether the case is one that the judge still has to decide."""
        return self.required and attack.provocation == "contested"

    def told(self, attack: Attack) -> str:
        """Return whether the attack was provoked and what the treaty asks."""
        asked = f"unprovoked only, judged by {self.judge}" if self.required else "unconditional"
        return f"{attack.provocation}; the duty is {asked}"

    def in_words(self) -> str:
        """Return what provocation changes."""
        if not self.required:
            return "whether provoked or not" if self.article or self.source else ""
        judge = {"each": "each party", "victim": "the victim", "organ": "the organ"}[self.judge]
        return f"only if not provoked, as {judge} judges"

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the clause with one mistake."""
        wrong = changed(self, required=not self.required, judge="each")
        yield f"required {not self.required}", wrong
        if self.required:
            judge = "victim" if self.judge == "each" else "each"
            yield f"judge {judge}", changed(self, judge=judge)
