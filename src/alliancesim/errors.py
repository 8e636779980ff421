"""The one error a user of the library can cause."""

from __future__ import annotations

import unicodedata

__all__ = ["InvalidInput"]


def escaped(text: str, keep: str = "\n\t") -> str:
    r"""Return a text whose control characters are written out, as ``\x1b``; some are kept.

    Characters that change the direction of what follows are escaped too.
    """
    if text.isprintable():
        return text
    return "".join(
        each if each in keep or not _is_control(each) else each.encode("unicode_escape").decode()
        for each in text
    )


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _DIRECTIONS


_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def printable(text: str, most: int) -> str:
    """Return a text cut at so many characters, its control characters escaped."""
    whole = escaped(str(text))
    return whole if len(whole) <= most else f"{whole[:most]}…"


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
    without the documentation. Each part is cut at some hundred characters, and characters that a
    terminal would obey are escaped: what is wrong may come from a file of anybody's.
    """

    def __init__(self, problem: str, *, where: str = "", allowed: str = "") -> None:
        self.problem: str = printable(problem, 500)
        self.where: str = printable(where, 300)
        self.allowed: str = printable(allowed, 900)
        text = f"{self.where}: {self.problem}" if where else self.problem
        super().__init__(f"{text}; allowed: {self.allowed}" if allowed else text)

    def inside(self, outer: str) -> InvalidInput:
        """Return the same error seen from one level further out, such as the file's name."""
        where = f"{outer}: {self.where}" if self.where else outer
        return InvalidInput(self.problem, where=where, allowed=self.allowed)
