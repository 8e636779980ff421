"""Against whom a duty runs: the other side from the state to which it is owed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from alliancesim.data.checks import as_tuple, every, text
from alliancesim.errors import InvalidInput
from alliancesim.law.area import Axis, shares
from alliancesim.law.attack import Attack
from alliancesim.law.checks import spelt, states_or_parties
from alliancesim.law.mistakes import Mistake, changed, fewer_of

__all__ = ["Adversaries", "Facing"]


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
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

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
