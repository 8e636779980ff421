"""When does a duty arise, and until when? Each condition is a value that can answer.

Every condition has ``met(attack)``; ``told(attack)``, what it found, in words; ``in_words()``, what
it asks, empty where it sets no limit; ``wrong_encodings()``, mistakes that a test must notice. It
also declares its ``axes``, the parts of an attack on which its answer may depend, so that the
compiled blocks ask it no more often than needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Protocol

import attrs

from alliancesim.data.checks import as_plain, flag, text
from alliancesim.errors import InvalidInput
from alliancesim.law.adversaries import Adversaries, Facing
from alliancesim.law.area import Area, Axis, Cover
from alliancesim.law.attack import Attack
from alliancesim.law.checks import one_of
from alliancesim.law.mistakes import Mistake, changed
from alliancesim.law.trigger import ANY_ACT, ARMED, Trigger
from alliancesim.law.when import When

__all__ = [
    "ANY_ACT",
    "ARMED",
    "Adversaries",
    "Area",
    "Axis",
    "Condition",
    "Cover",
    "Facing",
    "Limit",
    "NonProvocation",
    "Saving",
    "SecurityCouncil",
    "Trigger",
    "When",
]


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

    ends: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

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

    self_defence: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

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

    required: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    judge: Literal["each", "victim", "organ"] = attrs.field(
        default="each", validator=one_of(Literal["each", "victim", "organ"])
    )
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

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
