"""Arguments are what their annotations say, or rejected by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

    from alliancesim.law import Attack


@checked
def everything(
    whole: int = 0,
    number: float = 0.0,
    flag: bool = True,
    text: str | None = None,
    word: Literal["near", "far"] = "near",
    many: Sequence[str] | None = None,
    any_order: Iterable[int] = (),
    two: tuple[str, str] | None = None,
    named: Mapping[str, float] | None = None,
    day: dt.date | None = None,
    path: str | Path | None = None,
    call: Callable[[int], int] | None = None,
    frame: pd.DataFrame | xr.Dataset | None = None,
    attack: Attack | None = None,
    anything: Any = None,
    **others: float,
) -> dict[str, Any]:
    return {**locals(), **others}


@pytest.mark.parametrize(
    ("name", "given", "taken"),
    [
        ("whole", np.int64(3), 3),
        ("number", np.float32(0.5), 0.5),
        ("number", 3, 3),
        ("flag", np.True_, True),
        ("text", np.str_("x"), "x"),
        ("many", ["a", "b"], ("a", "b")),
        ("many", pd.Series(["a"]), ("a",)),
        ("many", np.array(["a"]), ("a",)),
        ("any_order", {1}, (1,)),
        ("two", ["a", "b"], ("a", "b")),
        ("named", {"a": np.float64(1)}, {"a": 1.0}),
        ("day", dt.date(2026, 1, 1), dt.date(2026, 1, 1)),
        ("call", abs, abs),
        ("anything", object, object),
        ("other", np.int8(1), 1),
    ],
)
def test_what_fits_is_taken_as_python_has_it(name, given, taken):
    found = everything(**{name: given})[name]
    assert found == taken
    assert type(found) is type(taken)


@pytest.mark.parametrize(
    ("name", "given", "allowed"),
    [
        ("whole", True, "a whole number"),
        ("whole", 1.5, "a whole number"),
        ("number", "1", "a number"),
        ("number", float("nan"), "a number"),
        ("flag", 1, "true or false"),
        ("flag", "no", "true or false"),
        ("text", b"x", "a text or None"),
        ("word", "nera", "near, far"),
        ("word", ["near"], "near, far"),
        ("many", "ab", "a list or None"),
        ("many", {"a"}, "order"),
        ("many", ["a", 5], "each of which is a text"),
        ("any_order", 5, "a list"),
        ("two", ["a"], "2 values"),
        ("named", ["a"], "by name"),
        ("day", dt.datetime(2026, 1, 1), "a date"),
        ("path", 5, "path"),
        ("path", "a\0b", "path"),
        ("call", 5, "a function"),
        ("frame", 5, "DataFrame"),
        ("attack", "x", "an Attack"),
        ("other", "x", "a number"),
    ],
)
def test_what_does_not_fit_is_rejected_by_the_name_of_the_argument(name, given, allowed):
    with pytest.raises(InvalidInput) as caught:
        everything(**{name: given})
    assert caught.value.where == name
    assert allowed in caught.value.allowed


def test_types_of_other_libraries_and_those_imported_for_types_alone_are_known():
    table = pd.DataFrame({"a": [1]})
    assert everything(frame=table)["frame"] is table
    assert everything(frame=xr.Dataset())["frame"] is not None


def test_a_misspelt_word_is_answered_with_the_nearest():
    with pytest.raises(InvalidInput, match="did you mean near"):
        everything(word="nera")


def test_a_wrong_call_is_pythons_own_error():
    with pytest.raises(TypeError, match="everything"):
        everything(0, 0.0, True, "x", "near", None, (), *[None] * 12)


def test_all_public_methods_of_a_class_are_checked():
    @checked
    class Kind:
        def take(self, n: int) -> int:
            return n

        @classmethod
        def make(cls, n: int) -> int:
            return n

        @staticmethod
        def plain(n: int) -> int:
            return n

        def _own(self, n: int) -> int:
            return n

    for call in (Kind().take, Kind.make, Kind.plain):
        assert call(np.int64(2)) == 2
        with pytest.raises(InvalidInput, match="n: 'x'"):
            call("x")
    assert Kind()._own("x") == "x"
