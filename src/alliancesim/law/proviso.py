"""Exceptions: reservations, understandings and provisos that limit a duty in some cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs

from alliancesim.data.checks import as_tuple, every, instance, text
from alliancesim.errors import InvalidInput
from alliancesim.law import scale
from alliancesim.law.attack import Attack
from alliancesim.law.checks import some_of, states
from alliancesim.law.grades import Level, Means, as_level
from alliancesim.law.mistakes import Mistake, changed
from alliancesim.law.unknown import Unknown, clause_or_unknown, known
from alliancesim.law.when import When

__all__ = ["Proviso"]

DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Proviso:
    """An exception to the default above it: it caps what some owe in some cases, never adds.

    Attributes
    ----------
    article : str
        The article, reservation or understanding.
    applies_to : tuple of str or None
        The obligors whom it limits; None: all.
    when : When
        The cases that it is about; its dates say from and until when it holds.
    cap : Level or str
        The most that is then owed. A duty that is no help is lifted by ``none`` alone.
    wording : str or None
        Words that then replace the response's, where they bind less.
    means : tuple of str or None
        The only means then owed.
    agreed : bool or Unknown
        Whether the exception is there at all; unknown or disputed where that is so.
    words : str
        The exception, in words.
    source : str
        Where it was read.
    exceptions : tuple of Proviso
        Exceptions to this exception: where one of them holds, this one does not. They have no
        cap, wording or means of their own, and are known.

    Raises
    ------
    InvalidInput
        When a field is not of its kind, or an exception to an exception caps anything.
    """

    article: str = attrs.field(validator=text())
    applies_to: tuple[str, ...] | None = attrs.field(
        default=None, converter=as_tuple, validator=attrs.validators.optional(states)
    )
    when: When = attrs.field(factory=When, validator=instance(When))
    cap: Level = attrs.field(default=Level.NONE, converter=as_level, validator=instance(Level))
    wording: str | None = attrs.field(default=None, validator=attrs.validators.optional(text()))
    means: tuple[Means, ...] | None = attrs.field(
        default=None, converter=as_tuple, validator=attrs.validators.optional(some_of(Means))
    )
    agreed: bool | Unknown[bool] = True
    words: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))
    exceptions: tuple[Proviso, ...] = attrs.field(default=(), converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        if self.wording is not None:
            scale.wording(self.wording)
        clause_or_unknown(self.agreed, bool, "agreed")
        every(instance(Proviso))(self, attrs.fields(Proviso).exceptions, self.exceptions)
        for below in self.exceptions:
            if isinstance(below.agreed, Unknown):
                raise InvalidInput(
                    "an exception to an exception cannot be unknown",
                    where=f"exceptions: {below.article}: agreed",
                    allowed="true or false; the exception itself may be unknown",
                )
            capped = below.cap not in (Level.NONE, Level.DEFEND)
            if capped or below.wording is not None or below.means is not None:
                raise InvalidInput(
                    "an exception to an exception restores the rule and caps nothing",
                    where=f"exceptions: {below.article}",
                    allowed="no cap, wording or means there; or an exception of its own beside",
                )

    def holds(self, attack: Attack, obligor: str) -> bool:
        """Return whether the exception limits what this obligor owes in this case."""
        mine = self.applies_to is None or obligor in self.applies_to
        return (
            mine
            and known(self.agreed)
            and self.when.met(attack)
            and not any(below.holds(attack, obligor) for below in self.exceptions)
        )

    def in_words(self) -> str:
        """Return the exception in words."""
        whom = f"for {', '.join(self.applies_to)}: " if self.applies_to else ""
        cap = "nothing is owed" if self.cap is Level.NONE else f"at most {self.cap}"
        if self.cap is Level.DEFEND:
            cap = "less is owed"
        means = f", by {', '.join(self.means)} means" if self.means is not None else ""
        wording = f" ({self.wording.replace('-', ' ')})" if self.wording else ""
        cases = self.when.in_words()
        back = "".join(f"; unless {one.in_words_of_case()}" for one in self.exceptions)
        text = f"{whom}{cap}{wording}{means}" + (f" {cases}" if cases else "") + back
        return f"{text} ({self.words})" if self.words else text

    def in_words_of_case(self) -> str:
        """Return the cases in which an exception to an exception holds."""
        whom = f"for {', '.join(self.applies_to)}, " if self.applies_to else ""
        return whom + (self.when.in_words() or "always")

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the exception with one mistake."""
        if isinstance(self.agreed, Unknown):
            for n, reading in enumerate(self.agreed.readings):
                yield f"read as {n + 1}", changed(self, agreed=reading.value)
        cap = Level.CONSULT if self.cap is not Level.CONSULT else Level.NONE
        yield f"cap {cap}", changed(self, cap=cap)
        if self.applies_to is not None:
            yield "for all", changed(self, applies_to=None)
            for n in range(len(self.applies_to)):
                left = self.applies_to[:n] + self.applies_to[n + 1 :]
                if left:
                    yield f"for {list(left)}", changed(self, applies_to=left)
        for name in ("means", "wording"):
            if getattr(self, name) is not None:
                yield f"any {name}", changed(self, **{name: None})
        if self.exceptions:
            yield "no exception to it", changed(self, exceptions=())
        for words, when in wrong_cases(self.when):
            yield words, changed(self, when=when)


def wrong_cases(when: When) -> Iterator[Mistake]:
    """Yield the cases of an exception with one mistake."""
    for field in attrs.fields(When):
        value: Any = getattr(when, field.name)
        if value:
            free = () if isinstance(value, tuple) else None
            yield f"when any {field.name}", changed(when, **{field.name: free})
        if isinstance(value, dt.date):
            later = changed(when, **{field.name: value + DAY})
            yield f"when {field.name} a day later", later
