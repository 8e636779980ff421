"""Treaties as TOML files, both ways, strictly.

Beside what `alliancesim.toml` reads by itself, an unknown clause is a table
``{unknown = [{weight, words, value}, ...]}``, one that is public and disputed
``{disputed = [{weight, words, held_by, source, value}, ...]}``; a level is written by its name; a
party, or a protected state, of which nothing but the name is given is a bare id. What a file does
not say takes its default, and what has its default is not written.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from alliancesim.data import toml
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.law.clauses import Obligation
from alliancesim.law.grades import Level
from alliancesim.law.places import Place
from alliancesim.law.terms import Party, Protected
from alliancesim.law.treaty import Treaty
from alliancesim.law.unknown import Unknown

__all__ = ["dump_treaty", "dumps_treaty", "load_treaty", "loads_treaty"]

LAW = __package__ or "alliancesim.law"


def plain(cls: Any) -> Any:
    """Return a class without its type arguments."""
    return typing.get_origin(cls) or cls


def of_law(cls: Any) -> bool:
    """Tell whether a class is a value of the law."""
    return attrs.has(plain(cls)) and plain(cls).__module__.startswith(LAW)


def names_of(cls: Any) -> dict[str, Any]:
    """Return how files call the fields that they call otherwise."""
    if plain(cls) is Treaty:
        return {"code": override(omit_if_default=False)}
    return {"readings": override(rename="unknown")} if plain(cls) is Unknown else {}


@toml.converter.register_unstructure_hook_factory(of_law)
def write_class(cls: Any) -> Callable[[Any], Any]:
    """Return how a value of the law is written: without what has its default."""
    fields = make_dict_unstructure_fn(
        cls, toml.converter, _cattrs_omit_if_default=True, **names_of(cls)
    )
    if plain(cls) in (Party, Protected):
        return lambda party: bare_or_table(party, fields(party))
    if plain(cls) is Unknown:
        return lambda unknown: tagged(fields(unknown))
    return fields


def tagged(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a clause with readings under the tag that says whether it is disputed."""
    if fields.pop("disputed", False):
        fields = {"disputed": fields.pop("unknown"), **fields}
    return fields


def bare_or_table(party: Party | Protected, fields: dict[str, Any]) -> Any:
    """Return a party as a bare id where nothing else is known of it."""
    return party.state if set(fields) == {"state"} else fields


def plain_rule(value: Any, _: Any) -> Any:
    """Refuse a rule in plain Python: a file cannot hold it."""
    raise InvalidInput("a rule is Python, not data", allowed="clauses, or a treaty made in Python")


def written_rule(obligation: Obligation) -> Any:
    """Write an obligation, unless it holds a rule in plain Python."""
    if obligation.rule is not None:
        raise InvalidInput(
            "a rule in plain Python cannot be written to a file",
            where=f"{obligation.article}: rule",
            allowed="clauses",
        )
    return write_obligation(obligation)


write_obligation: Callable[[Obligation], dict[str, Any]] = make_dict_unstructure_fn(
    Obligation, toml.converter, _cattrs_omit_if_default=True, rule=override(omit=True)
)
toml.converter.register_unstructure_hook(Obligation, written_rule)


def is_rule(cls: Any) -> bool:
    """Tell whether a field may hold a rule in plain Python."""
    return any(typing.get_origin(one) is Callable for one in typing.get_args(cls)) or (
        "collections.abc.Callable" in str(cls)
    )


toml.converter.register_structure_hook_func(is_rule, plain_rule)


@toml.converter.register_structure_hook
def read_level(value: Any, _: Any) -> Level:
    """Read a level by its name."""
    names = {str(level): level for level in Level}
    if not isinstance(value, str) or value not in names:
        raise InvalidInput(f"{value!r} is not known"[:80], allowed=", ".join(names))
    return names[value]


toml.converter.register_unstructure_hook(Level, str)


def party_like(cls: Any) -> Callable[[Any, Any], Any]:
    """Return how a party, or a protected state, is read from a bare id or a table."""
    table = make_dict_structure_fn(cls, toml.converter, _cattrs_forbid_extra_keys=True)
    keys = ", ".join(field.name for field in attrs.fields(cls))

    def read(value: Any, _: Any) -> Any:
        if isinstance(value, str):
            return cls(value)
        if not isinstance(value, Mapping):
            raise InvalidInput(
                f"expected a state's id or a table, got {value!r}"[:80],
                allowed=f"an id such as PAK, or {{{keys}}}",
            )
        return table(value, cls)

    return read


for _class in (Party, Protected):
    toml.converter.register_structure_hook(_class, party_like(_class))


def is_place(cls: Any) -> bool:
    """Tell whether a field holds a named place or a place written out."""
    return set(typing.get_args(cls)) == {str, Place}


def read_place(value: Any, _: Any) -> Any:
    """Read a place: its name, or a table that writes it out."""
    return toml.converter.structure(value, Place if isinstance(value, Mapping) else str)


toml.converter.register_structure_hook_func(is_place, read_place)


def clause_of(cls: Any) -> Any:
    """Return the known clause of a union ``clause | Unknown[clause]``, or None."""
    if typing.get_origin(cls) not in (typing.Union, types.UnionType):
        return None
    members = [one for one in typing.get_args(cls) if one is not type(None)]
    unknown = [one for one in members if typing.get_origin(one) is Unknown]
    rest = [one for one in members if typing.get_origin(one) is not Unknown]
    return rest[0] if len(unknown) == 1 and len(rest) == 1 else None


@toml.converter.register_structure_hook_factory(lambda cls: clause_of(cls) is not None)
def read_clause(cls: Any) -> Callable[[Any, Any], Any]:
    """Return how a clause that may be unknown is read."""
    known = clause_of(cls)
    unknown = typing.cast(Any, Unknown)[known]

    def hook(value: Any, _: Any) -> Any:
        marked = isinstance(value, Mapping) and ("unknown" in value or "disputed" in value)
        return toml.converter.structure(value, unknown if marked else known)

    return hook


@toml.converter.register_structure_hook_factory(lambda cls: plain(cls) is Unknown)
def read_unknown(cls: Any) -> Callable[[Any, Any], Any]:
    """Return how an unknown clause is read."""
    fields = make_dict_structure_fn(
        cls, toml.converter, _cattrs_forbid_extra_keys=True, **names_of(cls)
    )

    def hook(value: Any, _: Any) -> Any:
        readings = value.get("disputed") if isinstance(value, Mapping) else None
        if isinstance(readings, list):
            value = {**value, "unknown": readings, "disputed": True}
        return fields(value, cls)

    return hook


@checked
def loads_treaty(text: str, where: str = "text") -> Treaty:
    """Return the treaty in a TOML text.

    Parameters
    ----------
    text : str
        The treaty's TOML.
    where : str
        What to call it in messages.

    Raises
    ------
    InvalidInput
        When it is not TOML, or not a treaty; names the table and the key.
    """
    return toml.structure(toml.loads(text, where), Treaty, where)


@checked
def load_treaty(path: str | Path) -> Treaty:
    """Return the treaty in a TOML file; see `loads_treaty`."""
    return toml.structure(toml.read(path), Treaty, Path(path).name)


@checked
def dumps_treaty(treaty: Treaty) -> str:
    """Return a treaty as TOML, from which reading makes the same treaty.

    Raises
    ------
    InvalidInput
        When an obligation is a rule in plain Python.
    """
    return toml.dumps(treaty)


@checked
def dump_treaty(treaty: Treaty, path: str | Path) -> None:
    """Write a treaty to a TOML file; see `dumps_treaty`."""
    toml.write(treaty, path)
