"""A draft under examination, the checks there are, and the faults that they find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import attrs

from alliancesim.law import Attack, Obligation, Party, Place, Treaty, members_on
from alliancesim.law.force import started
from alliancesim.testing.drafts.bench import Bench
from alliancesim.testing.drafts.search import Ask
from alliancesim.testing.drafts.space import ALSO, NEWCOMER, STRANGER
from alliancesim.testing.drafts.vocabulary import vocabulary

__all__ = ["Draft", "Fault", "Find", "enacted", "example"]

SOME_DAY = dt.date(2000, 1, 1)


@attrs.frozen(kw_only=True)
class Fault:
    """Something in a draft that cannot be meant.

    Attributes
    ----------
    check : str
        The check that found it.
    where : str
        The place in the treaty, in words.
    words : str
        What is wrong, with an example where there is one.
    remark : bool
        Whether it is worth a look and no more: words that add nothing to what others say.
    """

    check: str
    where: str
    words: str
    remark: bool = False

    @property
    def key(self) -> str:
        """What to call it where it is meant."""
        return f"{self.check}: {self.where}"

    def __str__(self) -> str:
        """Return the fault as one sentence."""
        return f"{self.where}: {self.words}"


class Draft:
    """A treaty under examination, with what several checks need of it.

    Parameters
    ----------
    treaty : Treaty
        The treaty.
    ask : callable
        Returns who owes what under a treaty in an attack.
    places : iterable of Place
        Places of the author's own, in which attacks may fall.
    meant_mutual : bool
        Whether every member is meant to be protected alike.
    """

    def __init__(
        self,
        treaty: Treaty,
        ask: Ask,
        *,
        places: Iterable[Place] = (),
        meant_mutual: bool = False,
    ) -> None:
        self.given: Treaty = treaty
        self.ask: Ask = ask
        self.places: tuple[Place, ...] = tuple(places)
        self.meant_mutual: bool = meant_mutual
        self.treaty: Treaty = enacted(treaty)

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """The days on which something about the treaty may change."""
        return vocabulary(self.treaty).days

    @cached_property
    def bound(self) -> dict[dt.date | None, tuple[str, ...]]:
        """Who is bound, on each day on which that may change; on None where nothing has a date."""
        days: tuple[dt.date | None, ...] = self.days or (None,)
        return {day: members_on(self.treaty, day) for day in days}

    @cached_property
    def is_ever_binding(self) -> bool:
        """Whether there is a day on which somebody is bound to somebody."""
        protected = len(self.treaty.concerned) - len(self.treaty.members)
        return any(bound and len(bound) + protected > 1 for bound in self.bound.values())

    @cached_property
    def benches(self) -> tuple[Bench, ...]:
        """Each obligation on the bench, between the states that the treaty concerns."""
        return tuple(self.bench(self.treaty, one) for one in self.treaty.obligations)

    @cached_property
    def open_benches(self) -> tuple[Bench, ...]:
        """Each obligation on the bench, with one more party where it binds every party."""
        larger = with_newcomer(self.treaty)
        return tuple(
            self.bench(larger if one.obligors is None else self.treaty, one)
            for one in self.treaty.obligations
        )

    def bench(self, treaty: Treaty, obligation: Obligation) -> Bench:
        """Return one obligation on the bench."""
        return Bench(treaty, obligation, self.ask, places=self.places)

    @cached_property
    def living(self) -> tuple[bool, ...]:
        """Whether each obligation can be owed."""
        return tuple(bench.found.reached for bench in self.benches)

    def label(self, obligation: Obligation) -> str:
        """Return what an obligation is called."""
        alike = [
            one
            for one in self.treaty.obligations
            if (one.article, one.kind) == (obligation.article, obligation.kind)
        ]
        number = f", no. {alike.index(obligation) + 1}" if len(alike) > 1 else ""
        plain = obligation.article[:1].isdigit() or obligation.article[:1] in "IVXL"
        article = f"Article {obligation.article}" if plain else f"'{obligation.article}'"
        return f"{article} ({obligation.kind}{number})"


def enacted(treaty: Treaty) -> Treaty:
    """Return a treaty as it will be once all have signed and ratified, where it waits for that."""
    if treaty.entry.rule == "dates":
        return treaty
    dates = [d for one in treaty.parties for d in (one.signed, one.ratified, treaty.signed) if d]
    day = max(dates, default=treaty.entry.on or SOME_DAY)
    parties = tuple(
        one
        if one.since is not None
        else attrs.evolve(
            one, signed=one.signed or one.ratified or day, ratified=one.ratified or day
        )
        for one in treaty.parties
    )
    return attrs.evolve(treaty, parties=parties)


def with_newcomer(treaty: Treaty) -> Treaty:
    """Return a treaty with one more party, bound as long as the treaty lasts."""
    newcomer = Party(NEWCOMER, since=started(treaty))
    return attrs.evolve(treaty, parties=(*treaty.parties, newcomer))


def example(attack: Attack) -> str:
    """Return an attack as one sentence, with what the made-up names in it stand for."""
    notes = {
        STRANGER: "is any state that the treaty does not name",
        ALSO: "is another such state",
        NEWCOMER: "is any state that joins later",
    }
    named = {*attack.victims, *attack.aggressors}
    told = "; ".join(f"{state} {note}" for state, note in notes.items() if state in named)
    return f"{attack}" + (f" ({told})" if told else "")


Find = Callable[[Draft], Iterator[Fault]]
"""A check: it takes a draft and yields its faults; its docstring says what holds of a sound one."""
