"""The rules of behaviour: one small pure function a question, of numbers only.

Each is plain Python that the engine compiles. It is called alike by the engine's kernel, by a
Mesa agent with its own scalars, and, through :func:`over`, with an array to draw its curve.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["over"]


def over(rule: Callable[..., float], *arguments: Any) -> np.ndarray[Any, Any]:
    """Apply a scalar rule to arrays, broadcast against one another.

    Parameters
    ----------
    rule : callable
        Any function of this package that returns one number.
    *arguments : array_like
        Its arguments, numbers or arrays.

    Returns
    -------
    ndarray of float64
        The broadcast shape of the arguments.
    """
    return np.vectorize(rule, otypes=[np.float64])(*arguments)  # type: ignore[no-any-return]
