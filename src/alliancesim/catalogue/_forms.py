"""Rival forms of submodels: which parameters each holds, by submodel and name."""

from __future__ import annotations

import attrs

from alliancesim.catalogue._files import read
from alliancesim.catalogue._parameters import Preset, parameters, read_preset
from alliancesim.data.quantity import Parameter
from alliancesim.errors import InvalidInput

__all__ = ["form", "forms"]


def forms() -> dict[str, tuple[str, ...]]:
    """Return the names of the rival forms by submodel, the default first."""
    return {submodel: tuple(tables) for submodel, tables in read("forms.toml").items()}


def form(submodel: str, name: str) -> Preset:
    """Return what a rival form of a submodel holds; the default form holds nothing.

    Raises
    ------
    InvalidInput
        If there is no such submodel, or no such form of it.
    """
    known = forms()
    if submodel not in known:
        problem = f"{submodel!r} has no rival forms"
        raise InvalidInput(problem, where="form", allowed=", ".join(known))
    if name not in known[submodel]:
        problem = f"{name!r} is not a form of {submodel}"
        raise InvalidInput(problem, where=f"form: {submodel}", allowed=", ".join(known[submodel]))
    return read_preset(name, read("forms.toml")[submodel][name], f"forms.toml: '{submodel}.{name}'")


def formed(given: tuple[Parameter, ...], submodel: str, name: str) -> tuple[Parameter, ...]:
    """Return parameters under a form: what it holds is fixed, what its rivals hold is default."""
    chosen = form(submodel, name)
    held = dict(chosen.values)
    rivals = {key for other in forms()[submodel] for key, _ in form(submodel, other).values}
    default = {parameter.name: parameter for parameter in parameters()}
    return tuple(
        attrs.evolve(each.fixed_at(held[each.name]), source=chosen.meaning)
        if each.name in held
        else default[each.name]
        if each.name in rivals
        else each
        for each in given
    )
