"""How do contents become a page? Templates, with every value escaped for its format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from alliancesim.report.contents import Contents

__all__ = ["html", "markdown", "plain_markdown"]

_MARKS = re.compile(r"([\\`*_\[\]|~]|^[#+=-]+(?=\s|$)|^\d+(?=[.)]))")
"""What Markdown would take for mark-up: anywhere, or at the beginning of a line."""


def html(report: Contents) -> str:
    """Return the page as HTML."""
    return _environment().get_template("report.html.j2").render(report=report)


def markdown(report: Contents, folder: str) -> str:
    """Return the page as Markdown whose figures lie in a folder."""
    page = _environment(finalize=_finalized)
    text = page.get_template("report.md.j2").render(report=report, folder=Markup(quote(folder)))
    return re.sub(r"\n{3,}", "\n\n", text)


def plain_markdown(value: object) -> str:
    """Return a value as text that Markdown shows as it is: no mark-up, no tags, one line."""
    text = " ".join(str(value).split())
    return str(escape(_MARKS.sub(r"\\\1", text)))


def _finalized(value: Any) -> Any:
    return value if isinstance(value, Markup) else Markup(plain_markdown(value))


def _environment(**options: Any) -> Environment:
    return Environment(
        loader=PackageLoader("alliancesim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
