"""What differs between two editions of a scenario, change by change, each a scenario to play."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from alliancesim.data.quantity import Quantity
from alliancesim.errors import InvalidInput
from alliancesim.scenario.arms import CommonShock, Transfer, Umbrella
from alliancesim.scenario.scenario import Scenario

__all__ = ["KINDS", "Change", "changes", "steps"]

KINDS = (
    "span",
    "treaty",
    "arms",
    "totals",
    "state",
    "pair",
    "umbrella",
    "transfer",
    "common shock",
    "circumstances",
    "parameter",
)
"""Kinds of change, in the order in which they are played."""

_SPAN = ("cutoff", "start", "horizon_months", "focus", "preset")
_ARMS = ("treaties", "standing", "arms", "reference")


@attrs.frozen
class Change:
    """One thing that an edition has otherwise than another.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    subject : str
        What it is about, such as ``IRN-SAU`` or ``SMDA``.
    words : tuple of str
        What was and what is, a line for each figure or clause.
    """

    kind: str
    subject: str
    words: tuple[str, ...]


def changes(old: Scenario, new: Scenario) -> tuple[Change, ...]:
    """Return what differs between two editions, in the order in which `steps` plays it.

    Raises
    ------
    InvalidInput
        If the two do not have the same states.
    """
    return tuple(change for change, _ in steps(old, new))


def steps(old: Scenario, new: Scenario) -> Iterator[tuple[Change, Scenario]]:
    """Yield each change with the scenario after it and all before it.

    The last is the newer edition, but for name and title of the older one.

    Raises
    ------
    InvalidInput
        If the two do not have the same states.
    """
    if {each.id for each in old.states} != {each.id for each in new.states}:
        both = {each.id for each in old.states} ^ {each.id for each in new.states}
        raise InvalidInput(
            f"{', '.join(sorted(both))} in one of {old.name} and {new.name} alone",
            where="editions",
            allowed="two scenarios of the same states",
        )
    now, waiting = old, list[Step]()
    for step in _differing(old, new):
        waiting.append(step)
        made = _made(now, waiting)
        if made is None:
            continue
        if made != now:
            names = [each[1] for each in waiting if _made(now, [each]) != now]
            subject = ", ".join(names) or step[1]
            yield Change(waiting[0][0], subject, tuple(_words(now, made))), made
        now, waiting = made, []


def _made(now: Scenario, waiting: list[Step]) -> Scenario | None:
    """Return a scenario after some steps, or None where it makes sense only after more of them."""
    fields: dict[str, Any] = {}
    for _, _, puts in waiting:
        for name, put in puts.items():
            fields[name] = put(fields.get(name, getattr(now, name)))
    try:
        return attrs.evolve(now, **fields)
    except InvalidInput:
        return None


Step = tuple[str, str, dict[str, Callable[[Any], Any]]]


def _differing(old: Scenario, new: Scenario) -> Iterator[Step]:
    """Yield which fields to replace, one subject at a time, whether they differ or not."""
    yield "span", "start", {name: _all(new, name) for name in _SPAN}
    for treaty in new.treaties:
        if treaty.id in {each.id for each in old.treaties}:
            yield "treaty", treaty.id, {"treaties": _one(treaty, "id")}
    yield "arms", "arms and standing treaties", {name: _all(new, name) for name in _ARMS}
    yield "totals", "totals of the world", {"totals": _all(new, "totals")}
    for state in new.states:
        yield "state", state.id, {"states": _one(state, "id")}
    yield "state", "order", {"states": _all(new, "states")}
    for pair in new.pairs:
        yield "pair", f"{pair.a}-{pair.b}", {"pairs": _one(pair, "a", "b")}
    for umbrella in new.umbrellas:
        subject = f"{umbrella.patron} over {umbrella.client}"
        put = _one(umbrella, "patron", "client")
        yield "umbrella", subject, {"umbrellas": put}
    yield "umbrella", "others", {"umbrellas": _all(new, "umbrellas")}
    for transfer in new.transfers:
        subject = f"{transfer.payer} to {transfer.payee} under {transfer.treaty}"
        put = _one(transfer, "treaty", "payer", "payee")
        yield "transfer", subject, {"transfers": put}
    yield "transfer", "others", {"transfers": _all(new, "transfers")}
    yield "common shock", "common shocks", {"common_shocks": _all(new, "common_shocks")}
    yield "circumstances", "circumstances", {"circumstances": _all(new, "circumstances")}
    for parameter in new.parameters:
        yield "parameter", parameter.name, {"parameters": _one(parameter, "name")}


def _all(new: Scenario, name: str) -> Callable[[Any], Any]:
    return lambda _: getattr(new, name)


def _one(value: Any, *keys: str) -> Callable[[Any], Any]:
    """Return what puts a value in the place of that of the same keys, or at the end."""

    def key(each: Any) -> tuple[Any, ...]:
        return tuple(getattr(each, name) for name in keys)

    def put(found: tuple[Any, ...]) -> tuple[Any, ...]:
        if key(value) not in {key(each) for each in found}:
            return (*found, value)
        return tuple(value if key(each) == key(value) else each for each in found)

    return put


def _words(now: Scenario, made: Scenario) -> Iterator[str]:
    """Yield what was and what is, figure by figure."""
    for field in attrs.fields(Scenario):
        before, after = getattr(now, field.name), getattr(made, field.name)
        if before != after:
            yield from _of_field(field.name, before, after)


def _of_field(name: str, before: Any, after: Any) -> Iterator[str]:
    if not isinstance(before, tuple) or not any(attrs.has(type(each)) for each in after):
        yield from _of_value(name, before, after)
        return
    known = {_key(each): each for each in before}
    for each in after:
        old = known.pop(_key(each), None)
        if old is None:
            yield f"{_key(each)}: new{_first(each)}"
        elif old != each:
            yield from _of_value("", old, each)
    yield from (f"{key}: no more" for key in known)


def _key(value: Any) -> str:
    if isinstance(value, Umbrella):
        return f"{value.patron} over {value.client}"
    if isinstance(value, Transfer):
        return f"{value.payer} to {value.payee}"
    if isinstance(value, CommonShock):
        return value.state
    if hasattr(value, "a") and hasattr(value, "b"):
        return f"{value.a}-{value.b}"
    return str(getattr(value, "id", getattr(value, "name", value)))


def _first(value: Any) -> str:
    """Return the first figure of something new, or its title."""
    for field in attrs.fields(type(value)):
        figure = getattr(value, field.name)
        if isinstance(figure, Quantity):
            return f", {field.name} {_plain(figure)}"
    title = getattr(value, "title", "")
    return f", {title}" if title else ""


def _of_value(path: str, before: Any, after: Any) -> Iterator[str]:
    """Yield a line for each figure or clause within a value that is not as it was."""
    same = type(before) is type(after)
    if same and attrs.has(type(before)) and not isinstance(before, Quantity):
        for field in attrs.fields(type(before)):
            one, other = getattr(before, field.name), getattr(after, field.name)
            if one != other:
                inner = f"{path}: {field.name}" if path else field.name
                yield from _of_value(inner, one, other)
    elif same and isinstance(before, tuple) and len(before) == len(after) and before:
        for n, (one, other) in enumerate(zip(before, after, strict=True)):
            if one != other:
                yield from _of_value(f"{path} {n + 1}", one, other)
    elif isinstance(after, Quantity):
        said = after.source.startswith(after.status)
        source = after.source if said else f"{after.status}: {after.source}"
        yield f"{path}: {_plain(before)} → {_plain(after)} ({source})"
    else:
        yield f"{path}: {_plain(before)} → {_plain(after)}"


def _plain(value: Any) -> str:
    if isinstance(value, Quantity):
        year = f" ({value.year})" if value.year else ""
        return f"{value.value:g} {value.unit}{year}"
    if isinstance(value, tuple):
        return ", ".join(_key(each) for each in value) or "none"
    return "none" if value is None else str(value)
