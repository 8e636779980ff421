"""The rules of behaviour: one small function a question, and what binds it to the parameters.

An equation takes numbers and returns a number. Its binding, named ``…_given``, takes rows of state
and the parameters ``theta``, and calls it; kernel and agents call bindings, so that each parameter
is read here alone. All are plain Python that the engine compiles; :func:`over` applies an equation
to arrays, to draw its curve.
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
