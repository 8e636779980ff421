"""A numbered situation as data: treaties, what is done to them, an attack, who then owes what."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Literal

import attrs

from alliancesim.data import toml
from alliancesim.data.arguments import checked
from alliancesim.data.checks import as_tuple
from alliancesim.law import Attack

__all__ = ["Expectation", "Situation", "Step", "situations"]

Act = Literal["accede", "withdraw", "suspend", "expire", "sign", "ratify"]


@attrs.frozen(kw_only=True)
class Step:
    """Something done to a treaty before the attack.

    Attributes
    ----------
    act : str
        accede, withdraw, suspend, expire, sign or ratify.
    treaty : str
        To which treaty.
    state : str or None
        By whom.
    on : date or None
        When; for a withdrawal the day of notice.
    refused : bool
        Whether the treaty's own rule must refuse it; it then changes nothing.
    """

    act: Act
    treaty: str
    state: str | None = None
    on: dt.date | None = None
    refused: bool = False


@attrs.frozen(kw_only=True)
class Expectation:
    """What must follow.

    Attributes
    ----------
    owed : dict of str to list of str
        By level, who owes it as the strongest duty; ``*`` is every bound party not named
        elsewhere that does not fight already. Whoever is not named owes nothing.
    count : int or None
        How many owe help.
    gate : str or None
        What must still happen, for those who owe the highest level.
    binding : float or None
        How binding it is for them.
    means : tuple of str or None
        By what means they owe it.
    article : str or None
        Under which article.
    treaty : str or None
        Under which treaty.
    why : str or None
        The step at which the others' duty of defence fails.
    conflicts : tuple of str or None
        The kinds of conflict, each once, in the order of the alphabet.
    levels : dict of str to dict of str to float
        Where clauses are unknown: the probability of each level, by obligor. It stands for
        ``owed``.
    means_of : dict of str to list of str
        By what means an obligor owes what it owes.
    also, never : tuple of str
        Duties that are owed, and that are not, each as ``kind obligor beneficiary``; where they
        are owed, ``at`` and how binding may follow.
    reading : int
        Which joint reading is asked, from 0; ``levels`` asks all.
    """

    owed: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    count: int | None = None
    gate: str | None = None
    binding: float | None = None
    means: tuple[str, ...] | None = attrs.field(default=None, converter=as_tuple)
    article: str | None = None
    treaty: str | None = None
    why: str | None = None
    conflicts: tuple[str, ...] | None = attrs.field(default=None, converter=as_tuple)
    levels: dict[str, dict[str, float]] = attrs.field(factory=dict)
    means_of: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    reading: int = 0


@attrs.frozen(kw_only=True)
class Situation:
    """One numbered situation.

    Attributes
    ----------
    number : int
        Its number, which it keeps.
    group : str
        What it probes.
    title : str
        What happens, in words.
    historical : bool
        Whether it happened.
    treaties : tuple of str
        The treaties of the catalogue that are asked.
    before : tuple of Step
        What is done to them first.
    attack : Attack
        The attack.
    expect : Expectation
        What must follow.
    source : str
        Where the expectation comes from.
    practice : str
        What governments or organs did, where that differs from the text or adds to it.
    """

    number: int
    group: str
    title: str
    historical: bool = False
    treaties: tuple[str, ...]
    before: tuple[Step, ...] = ()
    attack: Attack
    expect: Expectation
    source: str
    practice: str = ""


@attrs.frozen(kw_only=True)
class _File:
    """One data file."""

    situation: tuple[Situation, ...]


@checked
@cache
def situations() -> tuple[Situation, ...]:
    """Return all situations, by number."""
    found: list[Situation] = []
    folder = files(__package__).joinpath("situations")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            raw = toml.loads(file.read_text(encoding="utf-8"), file.name)
            found.extend(toml.structure(raw, _File, file.name).situation)
    return tuple(sorted(found, key=lambda one: one.number))
