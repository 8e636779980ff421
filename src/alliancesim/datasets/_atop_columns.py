"""The columns of ATOP's files that are read, what they stand for, and those that are not."""

from __future__ import annotations

from typing import TypeVar

from alliancesim.law.grades import DutyKind
from alliancesim.law.unknown import Reading, Unknown

__all__ = [
    "ALLIANCE_COLUMNS",
    "KINDS",
    "LIMITS",
    "MEMBER_COLUMNS",
    "NAMED",
    "NOT_READ",
    "SOURCE",
    "not_coded",
]

T = TypeVar("T")

SOURCE = "Alliance Treaty Obligations and Provisions"
NAMED = "named-in-the-treaty"
"""The tag, or region, of an adversary or a place that the treaty names and ATOP does not."""

KINDS: dict[DutyKind, tuple[str, str]] = {
    "defence": ("defense", "def"),
    "offence": ("offense", "off"),
    "neutrality": ("neutral", "neu"),
    "non-aggression": ("nonagg", ""),
    "consultation": ("consul", "con"),
}
"""By kind of duty: its column, and the beginning of the columns of its conditions."""

ALLIANCE_COLUMNS = (
    *("atopid", "begyr", "begmo", "begday", "endyr", "endmo", "endday", "length"),
    *("renounce", "proren"),
)
CONDITION_COLUMNS = (
    *("defcoadv", "defcoloc", "defcocon", "defconum", "defcodem", "defconpr"),
    *("offcoadv", "offcoloc", "offcocon", "offconum", "offcodem"),
    *("neucoadv", "neucoloc", "neucocon", "neuconum", "neucodem", "neuconpr", "neucoatt"),
    *("concoadv", "concoloc", "concocon", "concoreq"),
)
MEMBER_COLUMNS = (
    *("atopid", "member", "phase", "maxphase", "yrent", "moent", "dayent"),
    *("yrexit", "moexit", "dayexit", "statthr1", "statthr2"),
    *(column for column, _ in KINDS.values()),
    *CONDITION_COLUMNS,
)
NOT_READ = (
    *("olimob", "obvary", "notaiden", "seppeace", "noothall", "specthrt", "active", "conwtin"),
    *("dipaid", "terrres", "thirdcom", "medarb", "milcon", "milaid", "intcom", "subord"),
    *("organ1", "organ2", "base", "contrib", "armred", "acqterr", "divgains", "demwith"),
    *("reflnun", "refothio", "natrefal", "compag", "nomicoop", "conres", "agprois", "conmen"),
    *("ecaid", "interv", "wartime", "pubsecr", "futmem"),
)
"""Columns of provisions that no clause here expresses; a status names those coded in its treaty."""

LIMITS = {
    "cocon": ("in-the-ongoing-conflict", "only in a conflict that was going on at signature"),
    "conum": ("in-the-number-named", "only against the number of adversaries that it names"),
    "codem": ("demands-refused", "only once the adversary has refused the demands it names"),
}
"""Conditions that ATOP codes as such: how the column ends, the attack's tag, and the words."""


def not_coded(what: str, *values: T) -> Unknown[T]:
    """Return what ATOP does not code: the readings, all as likely."""
    readings = tuple(
        Reading(value=value, weight=1 / len(values), words=f"{what} not coded: reading {n}")
        for n, value in enumerate(values, start=1)
    )
    return Unknown(readings=readings, article="ATOP", source=f"{SOURCE}: not coded")
