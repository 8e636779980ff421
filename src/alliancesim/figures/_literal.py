"""Text of figures as it is written: a dollar sign is a dollar sign."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import matplotlib as mpl

__all__ = ["LITERAL", "literal"]

LITERAL: Any = {"text.parse_math": False, "text.usetex": False}
"""Settings under which text is no formula, and needs no LaTeX, whatever the user's are."""

_T = TypeVar("_T", bound=Callable[..., Any])


def literal(draw: _T) -> _T:
    """Return a function that draws titles and names letter by letter, never as formulas.

    They come from scenarios of anybody's, in which ``$5 and $6`` is an amount of money.
    """

    @functools.wraps(draw)
    def drawn(*arguments: Any, **named: Any) -> Any:
        with mpl.rc_context(LITERAL):
            return draw(*arguments, **named)

    return drawn  # type: ignore[return-value]
