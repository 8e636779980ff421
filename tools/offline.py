"""Is a built site complete by itself, so that it reads and searches from files alone?

``python tools/offline.py BUILD`` names each page or style that would ask a network for anything,
and says whether the search has its index. Links that a reader may follow are no such requests.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

FETCHED = {
    ("audio", "src"), ("embed", "src"), ("iframe", "src"), ("img", "src"), ("img", "srcset"),
    ("input", "src"), ("link", "href"), ("object", "data"), ("script", "src"), ("source", "src"),
    ("source", "srcset"), ("video", "poster"), ("video", "src"),
}  # fmt: skip
FAR = re.compile(r"^\s*(https?:)?//", flags=re.IGNORECASE)
FAR_STYLE = re.compile(r"(?:url\(\s*|@import\s+)[\"']?\s*((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)
NO_REQUEST = {"canonical", "license", "author"}


class _Page(HTMLParser):
    """Gathers what a browser would ask for when it opens a page."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.style = tag == "style"
        self.asked += FAR_STYLE.findall(given.get("style", ""))
        if tag == "link" and NO_REQUEST & set(given.get("rel", "").split()):
            return
        for name, value in given.items():
            if (tag, name) in FETCHED and FAR.match(value):
                self.asked.append(value)

    def handle_data(self, data: str) -> None:
        if self.style:
            self.asked += FAR_STYLE.findall(data)


def asked_by(path: Path) -> list[str]:
    """Return what a page or a style asks a network for."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return FAR_STYLE.findall(text)
    page = _Page()
    page.feed(text)
    return page.asked


def faults(site: Path) -> list[str]:
    """Return everything that keeps a built site from being complete by itself."""
    files = sorted(each for each in site.rglob("*") if each.suffix in (".html", ".css"))
    found = [f"{path.relative_to(site)}: {what}" for path in files for what in asked_by(path)]
    index = site / "searchindex.js"
    if not index.is_file() or "Search.setIndex(" not in index.read_text(encoding="utf-8"):
        found.append("searchindex.js: missing, so search finds nothing")
    elif "searchindex.js" not in (site / "search.html").read_text(encoding="utf-8"):
        found.append("search.html: does not load searchindex.js")
    return found


if __name__ == "__main__":
    complaints = faults(Path(sys.argv[1]))
    print(
        "\n".join(sorted(set(complaints))) or "nothing is asked of a network; search has its index"
    )
    sys.exit(bool(complaints))
