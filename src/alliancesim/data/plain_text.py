"""Text for terminals and files that cannot show every letter: a stand-in for each sign.

A minus that became a question mark would turn a loss into a gain, so signs with a meaning have
stand-ins of ASCII, letters lose their accents, and what is left is written out by its number.
"""

from __future__ import annotations

import codecs
import sys
import unicodedata

__all__ = ["ERRORS", "fitting"]

ERRORS = "alliancesim.plain"
"""The name of the error handler, as ``str.encode(errors=...)`` takes it."""

_STAND_INS = {
    **dict.fromkeys("−–‐‑", "-"),
    **dict.fromkeys("’‘′", "'"),
    **dict.fromkeys("“”″", '"'),
    **dict.fromkeys("·•▪●○", "*"),
    "—": "--",
    "→": "->",
    "←": "<-",
    "≥": ">=",
    "≤": "<=",
    "±": "+/-",
    "×": "x",
    "…": "...",
    "≈": "~",
    "≠": "!=",
    "√": "sqrt",
    "∞": "inf",
    "σ": "sigma",
    "Δ": "Delta",
    "µ": "u",
    **dict.fromkeys("\u00a0\u2009\u202f\u2007", " "),
}


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_stand_in, error.object[error.start : error.end])), error.end


def _stand_in(letter: str) -> str:
    if letter in _STAND_INS:
        return _STAND_INS[letter]
    base = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return base or letter.encode("ascii", "backslashreplace").decode()


codecs.register_error(ERRORS, _plain)


def fitting(text: str) -> str:
    """Return a text as standard output can show it, so that printing it costs no result."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        return text.encode(encoding, ERRORS).decode(encoding)
    except (LookupError, UnicodeError):  # an encoding that nobody knows
        return text
