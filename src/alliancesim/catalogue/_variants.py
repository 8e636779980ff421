"""Variants of submodels: which parameters each holds, by submodel and name."""

from __future__ import annotations

import attrs

from alliancesim.catalogue._files import read
from alliancesim.catalogue._parameters import Preset, parameters, read_preset
from alliancesim.data.arguments import checked
from alliancesim.data.names import hint, listed
from alliancesim.data.quantity import Parameter
from alliancesim.errors import InvalidInput

__all__ = ["variant", "variants", "with_variant"]


@checked
def variants() -> dict[str, tuple[str, ...]]:
    """Return the names of the variants by submodel, the default first."""
    return {submodel: tuple(tables) for submodel, tables in read("variants.toml").items()}


@checked
def variant(submodel: str, name: str) -> Preset:
    """Return what a variant of a submodel holds; the default holds nothing.

    Raises
    ------
    InvalidInput
        If there is no such submodel, or no such variant of it.
    """
    known = variants()
    if submodel not in known:
        problem = f"{submodel!r} has no variants{hint(submodel, known)}"
        raise InvalidInput(problem, where="variant", allowed=listed(known))
    if name not in known[submodel]:
        problem = f"{name!r} is not a variant of {submodel}{hint(name, known[submodel])}"
        raise InvalidInput(problem, where=f"variant: {submodel}", allowed=listed(known[submodel]))
    return read_preset(
        name, read("variants.toml")[submodel][name], f"variants.toml: '{submodel}.{name}'"
    )


@checked
def with_variant(given: tuple[Parameter, ...], submodel: str, name: str) -> tuple[Parameter, ...]:
    """Return parameters with what a variant holds fixed, and what its rivals hold at default."""
    chosen = variant(submodel, name)
    held = dict(chosen.values)
    rivals = {key for other in variants()[submodel] for key, _ in variant(submodel, other).values}
    default = {parameter.name: parameter for parameter in parameters()}
    return tuple(
        attrs.evolve(each.fixed_at(held[each.name]), source=chosen.meaning)
        if each.name in held
        else default[each.name]
        if each.name in rivals
        else each
        for each in given
    )
