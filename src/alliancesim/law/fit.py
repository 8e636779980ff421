"""Whether the parts of a treaty fit together: sides, strangers, and clauses read together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliancesim.errors import InvalidInput
from alliancesim.law.checks import distinct

if TYPE_CHECKING:
    from alliancesim.law.clauses import Obligation
    from alliancesim.law.treaty import Treaty

__all__ = ["refuse_unfit"]


def refuse_unfit(treaty: Treaty) -> None:
    """Refuse a treaty whose parts do not fit together.

    Raises
    ------
    InvalidInput
        At the first part that does not; names the place.
    """
    refuse_unfit_sides(treaty)
    refuse_unfit_groups(treaty)


def refuse_unfit_sides(treaty: Treaty) -> None:
    """Refuse sides that name nobody, somebody twice, or a stranger."""
    distinct(treaty.members, "parties")
    distinct(treaty.protected_states, "protected")
    if not treaty.obligations and not treaty.provides:
        raise InvalidInput(
            "no obligation",
            where="obligations",
            allowed="at least one; or provides, for an arrangement without such duties",
        )
    if treaty.id in (*treaty.primacy.over, *treaty.primacy.under):
        raise InvalidInput(
            f"{treaty.id} would rank over or under itself", where="primacy", allowed="others"
        )
    if len(treaty.concerned) < 2:
        raise InvalidInput(
            "fewer than two states", where="parties", allowed="two, or a party and a protected"
        )
    both = sorted(set(treaty.members) & set(treaty.protected_states))
    if both:
        raise InvalidInput(
            f"{', '.join(both)} is a party already", where="protected", allowed="non-parties"
        )
    for n, obligation in enumerate(treaty.obligations):
        refuse_strangers(treaty, obligation, f"obligations: [{n + 1}]")


def refuse_unfit_groups(treaty: Treaty) -> None:
    """Refuse clauses that are to be read together and have not the same weights."""
    weights: dict[str, tuple[float, ...]] = {}
    for n, obligation in enumerate(treaty.obligations):
        for name, unknown in obligation.unknowns.items():
            first = weights.setdefault(unknown.group, unknown.weights)
            if unknown.group and unknown.weights != first:
                raise InvalidInput(
                    f"clauses of the group {unknown.group!r} differ in their weights",
                    where=f"obligations: [{n + 1}]: {name}: group",
                    allowed=f"the weights {list(first)}",
                )


def refuse_strangers(treaty: Treaty, obligation: Obligation, where: str) -> None:
    """Refuse an obligation, or an exception, that names who is not of the treaty."""
    sides = {
        "obligors": (obligation.obligors or (), treaty.members, "parties"),
        "beneficiaries": (obligation.beneficiaries or (), treaty.concerned, "parties, protected"),
    }
    for proviso in obligation.exceptions:
        sides[f"exceptions: {proviso.article}: applies_to"] = (
            proviso.applies_to or (),
            treaty.members,
            "parties",
        )
    for side, (named, known, allowed) in sides.items():
        strangers = sorted(set(named) - set(known))
        if strangers:
            raise InvalidInput(
                f"{', '.join(strangers)} is not among the {allowed}",
                where=f"{where}: {side}",
                allowed=", ".join(known),
            )
