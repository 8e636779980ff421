"""Which arms tell who gains: the scenario without the pact, and the pact of each coalition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from alliancesim.data.names import known_name
from alliancesim.errors import InvalidInput
from alliancesim.law import Treaty, accede, withdraw
from alliancesim.scenario import Scenario
from alliancesim.scenario.arms import Accession, Arm, Exit

__all__ = ["MOST_MEMBERS", "Coalition", "Pact", "pact_of"]

MOST_MEMBERS = 6
"""Members for whom every coalition is still played: 64 arms."""

Coalition = frozenset[str]


@attrs.frozen
class Pact:
    """A pact in a scenario, and who is asked about.

    Parameters
    ----------
    scenario : Scenario
    treaty : Treaty
    parties : tuple of str
        Its parties that are in the scenario, as the treaty stands.
    members : tuple of str
        Those among whom its value is shared, in alphabetical order: the parties, and others whose
        membership is supposed.
    candidates : tuple of str
        Outsiders who might join.
    """

    scenario: Scenario
    treaty: Treaty
    parties: tuple[str, ...]
    members: tuple[str, ...]
    candidates: tuple[str, ...]

    @property
    def followed(self) -> tuple[str, ...]:
        """Members and candidates."""
        return (*self.members, *self.candidates)

    @property
    def judged(self) -> tuple[Coalition, ...]:
        """The coalitions whose stability is asked about: the parties, and all members."""
        return tuple(dict.fromkeys((Coalition(self.parties), Coalition(self.members))))

    def outsiders(self, coalition: Coalition) -> tuple[str, ...]:
        """Return members and candidates who are not in a coalition."""
        return tuple(state for state in self.followed if state not in coalition)

    def coalitions(self) -> tuple[Coalition, ...]:
        """Return all that are played: those of members, in the order of their places, and more.

        More are the coalitions judged with a candidate in them.
        """
        ordered = [
            Coalition(m for k, m in enumerate(self.members) if place >> k & 1)
            for place in range(2 ** len(self.members))
        ]
        joined = [one | {state} for one in self.judged for state in self.candidates]
        return tuple(dict.fromkeys((*ordered, *joined)))

    def hypothetical(self, coalition: Coalition) -> bool:
        """Tell whether a coalition is another than the parties, or the treaty itself supposed."""
        return bool(coalition) and (self.treaty.hypothetical or coalition != set(self.parties))

    def words(self, coalition: Iterable[str]) -> str:
        """Return how a coalition is called, such as ``PAK+SAU``; the empty one is ``nobody``."""
        return "+".join(sorted(coalition)) or "nobody"

    def is_inert(self, coalition: Coalition) -> bool:
        """Tell whether nothing is left of the treaty with these alone in it."""
        if not coalition:
            return True
        treaty = self.treaty
        for state in sorted(coalition - set(self.parties)):
            treaty = accede(treaty, state)
        try:
            for state in self._leaving(coalition):
                treaty = withdraw(treaty, state)
        except InvalidInput:
            return True
        return False

    def _leaving(self, coalition: Coalition) -> list[str]:
        return [state for state in self.parties if state not in coalition]

    @property
    def without(self) -> Arm:
        """The arm without the pact: the reference, with the pact taken out if it has it."""
        base, pact = self.scenario.arm(self.scenario.reference), self.treaty.id
        if pact not in base.adds:
            return base
        return attrs.evolve(
            base,
            name=f"without {pact}",
            title=f"Hypothetical: as the arm {base.name}, without {pact}",
            adds=tuple(each for each in base.adds if each != pact),
            accessions=tuple(each for each in base.accessions if each.treaty != pact),
            exits=tuple(each for each in base.exits if each.treaty != pact),
            hypothetical=True,
        )

    def arm(self, coalition: Coalition) -> Arm:
        """Return the arm in which these alone are in the pact; all else as in `without`."""
        if self.is_inert(coalition):
            return self.without
        base, pact = self.without, self.treaty.id
        joining = sorted(coalition - set(self.parties))
        supposed = self.hypothetical(coalition)
        title = f"{pact} of {', '.join(sorted(coalition))}"
        return Arm(
            name=self.words(coalition),
            title=f"Hypothetical: {title}" if supposed else title,
            adds=(*base.adds, pact),
            accessions=(*base.accessions, *(Accession(pact, state) for state in joining)),
            exits=(*base.exits, *(Exit(pact, state) for state in self._leaving(coalition))),
            hypothetical=supposed,
        )

    def playable(self, coalitions: Iterable[Coalition], scenario: Scenario) -> Scenario:
        """Return a scenario with the arms of some coalitions, following all who are asked about.

        Parameters
        ----------
        coalitions : iterable of frozenset
        scenario : Scenario
            The pact's own, or one whose states bring other things.
        """
        own = scenario.arm(scenario.reference)
        arms = dict.fromkeys((own, self.without, *(self.arm(each) for each in coalitions)))
        return attrs.evolve(scenario, arms=tuple(arms), focus=self.followed)


def pact_of(
    scenario: Scenario, pact: str, members: Sequence[str] | None, candidates: Sequence[str]
) -> Pact:
    """Return a pact with those asked about; refuse what cannot be asked.

    Parameters
    ----------
    scenario : Scenario
    pact : str
        The treaty's id; it must not stand in every arm.
    members : sequence of str or None
        By default its parties and all who join it in an arm of the scenario.
    candidates : sequence of str
        Outsiders who might join, beside them.

    Raises
    ------
    InvalidInput
        If a name is unknown or given twice, a party is left out, the treaty stands in every arm
        or admits nobody, or the members are fewer than two or more than six.
    """
    treaty = scenario.treaty(pact)
    if pact in scenario.standing:
        others = ", ".join(
            each.id for each in scenario.treaties if each.id not in scenario.standing
        )
        problem = f"{pact} is in force in every arm"
        raise InvalidInput(problem, where="pact", allowed=others or "a treaty that arms add")
    present = {state.id for state in scenario.states}
    parties = tuple(sorted(present & set(treaty.members)))
    joining = [
        each.state for arm in scenario.arms for each in arm.accessions if each.treaty == pact
    ]
    asked = (*parties, *dict.fromkeys(joining)) if members is None else _names(members, "members")
    more = _names(candidates, "candidates")
    _refuse(asked, more, parties, sorted(present))
    found = Pact(scenario, treaty, parties, tuple(sorted(asked)), more)
    for coalition in found.coalitions():
        found.is_inert(coalition)  # raises where the treaty does not let somebody in
    return found


def _names(given: Sequence[str], where: str) -> tuple[str, ...]:
    names = (given,) if isinstance(given, str) else tuple(given)
    if len(set(names)) != len(names):
        raise InvalidInput("a state is named twice", where=where, allowed="each once")
    return names


def _refuse(
    members: Sequence[str], candidates: Sequence[str], parties: Sequence[str], known: Sequence[str]
) -> None:
    for where, names in (("members", members), ("candidates", candidates)):
        for name in names:
            known_name(name, known, what="state", where=where)
    both = sorted(set(members) & set(candidates))
    if both:
        problem = f"{both[0]} is a member already"
        raise InvalidInput(problem, where="candidates", allowed="states that are no members")
    missing = sorted(set(parties) - set(members))
    if missing:
        problem = f"{missing[0]} is a party and left out"
        raise InvalidInput(problem, where="members", allowed=f"{', '.join(parties)} and others")
    if not 2 <= len(members) <= MOST_MEMBERS:
        problem = f"{len(members)} members"
        raise InvalidInput(problem, where="members", allowed=f"2 to {MOST_MEMBERS}")
