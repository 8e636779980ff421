"""The model's parameters and their presets, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import attrs

from alliancesim.catalogue._files import read
from alliancesim.data import toml
from alliancesim.data.arguments import checked
from alliancesim.data.names import hint, listed
from alliancesim.data.priors import TwoNormals
from alliancesim.data.quantity import Parameter
from alliancesim.errors import InvalidInput

__all__ = ["Preset", "parameters", "preset", "read_parameters", "read_preset"]


@attrs.frozen
@checked
class Preset:
    """A named bundle of parameter values.

    Parameters
    ----------
    name, meaning : str
        Its name, and what it stands for in words.
    values : tuple of (str, float)
        The parameters it sets. None stands for the catalogue's own values, whatever another preset
        had set.
    """

    name: str
    meaning: str
    values: tuple[tuple[str, float], ...]

    def applied(self, given: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        """Return the parameters with the bundle's values; the rest as they are."""
        values = dict(self.values)
        default = {parameter.name: parameter for parameter in parameters()}
        return tuple(
            self._set(default[parameter.name], values.get(parameter.name))
            if parameter.name in values or (not values and parameter.name in _preset_names())
            else parameter
            for parameter in given
        )

    def _set(self, default: Parameter, value: float | None) -> Parameter:
        """Return a parameter at a value, with that part of its prior which is around it."""
        if value is None:
            return default
        mixed = default.prior if isinstance(default.prior, TwoNormals) else None
        if default.value == value and mixed is None:
            return default
        mark = "fixed" if default.mark == "J" else default.mark
        prior = None if mixed is None else mixed.around(value)
        return attrs.evolve(default, value=value, prior=prior, mark=mark, source=self.meaning)


@cache
def parameters() -> tuple[Parameter, ...]:
    """Return every parameter of the model at its default, in the order of their codes.

    Raises
    ------
    InvalidInput
        If two share a code, or one breaks the rules of `Parameter`.
    """
    return read_parameters(read("parameters.toml"), "parameters.toml")


def read_parameters(tables: Mapping[str, Any], where: str) -> tuple[Parameter, ...]:
    """Return parameters from one table each, refusing codes that are not unique."""
    found: dict[int, Parameter] = {}
    for name, table in tables.items():
        named = {"name": name, **table} if isinstance(table, Mapping) else table
        parameter = toml.structure(named, Parameter, f"{where}: '{name}'")
        if parameter.code in found:
            problem = f"{parameter.code} is the code of {found[parameter.code].name}"
            place = f"{where}: '{name}': code"
            raise InvalidInput(problem, where=place, allowed="a code that no other has")
        found[parameter.code] = parameter
    return tuple(found[code] for code in sorted(found))


@cache
def _preset_names() -> frozenset[str]:
    """Return the parameters that any preset sets."""
    tables = read("presets.toml").values()
    return frozenset(key for table in tables for key in table if key != "meaning")


@cache
def preset(name: str) -> Preset:
    """Return a named bundle of parameter values.

    Raises
    ------
    InvalidInput
        If there is none of that name, or it sets what is no parameter or out of range.
    """
    tables = read("presets.toml")
    if not isinstance(name, str) or name not in tables:
        problem = f"{name!r} is not a preset{hint(name, tables)}"
        raise InvalidInput(problem, where="preset", allowed=listed(tables))
    return read_preset(name, tables[name], f"presets.toml: '{name}'")


def read_preset(name: str, table: Mapping[str, Any], where: str) -> Preset:
    """Return a bundle from its table, each value checked against its parameter."""
    known = {parameter.name: parameter for parameter in parameters()}
    values = {key: value for key, value in table.items() if key != "meaning"}
    for key, value in values.items():
        if key not in known:
            problem = f"not a parameter{hint(key, known)}"
            raise InvalidInput(problem, where=f"{where}: {key}", allowed=listed(known))
        try:
            known[key].fixed_at(value)
        except InvalidInput as error:
            raise error.inside(where) from None
    meaning = toml.structure(table.get("meaning"), str, f"{where}: meaning")
    return Preset(name, meaning, tuple((key, float(value)) for key, value in values.items()))
