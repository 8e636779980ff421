"""The one error a user of the library can cause."""

from __future__ import annotations

__all__ = ["InvalidInput"]


class InvalidInput(ValueError):  # noqa: N818 - it names what is wrong, not that something is
    """Something the user gave cannot be used.

    Parameters
    ----------
    problem : str
        What is wrong, in words.
    where : str, optional
        The place: file, table, key, or the argument's name.
    allowed : str, optional
        What would be accepted there.

    Notes
    -----
    The message always reads ``where: problem; allowed: ...``, so that it can be acted on
    without the documentation.
    """

    def __init__(self, problem: str, *, where: str = "", allowed: str = "") -> None:
        self.problem = problem
        self.where = where
        self.allowed = allowed
        text = f"{where}: {problem}" if where else problem
        super().__init__(f"{text}; allowed: {allowed}" if allowed else text)

    def inside(self, outer: str) -> InvalidInput:
        """Return the same error seen from one level further out, such as the file's name."""
        where = f"{outer}: {self.where}" if self.where else outer
        return InvalidInput(self.problem, where=where, allowed=self.allowed)
