"""The check of a built site: what asks a network for anything is named, links are not."""

import runpy
from pathlib import Path

import pytest

OFFLINE = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "offline.py"))
INDEX = '<script src="searchindex.js"></script>'


def site(tmp_path, page, index="Search.setIndex({})"):
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "search.html").write_text(INDEX, encoding="utf-8")
    (tmp_path / "searchindex.js").write_text(index, encoding="utf-8")
    return OFFLINE["faults"](tmp_path)


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://example.org/a.js"></script>',
        '<link rel="stylesheet" href="//example.org/a.css">',
        '<img src="a.png" srcset="http://example.org/b.png 2x">',
        '<style>@import "https://example.org/a.css";</style>',
        '<p style="background: url(https://example.org/a.png)">',
    ],
)
def test_a_page_that_asks_a_network_is_named(tmp_path, page):
    (fault,) = site(tmp_path, page)
    assert fault.startswith("page.html: ")
    assert "//example.org/" in fault


def test_links_and_files_of_the_site_are_no_requests(tmp_path):
    page = '<a href="https://example.org">x</a><img src="a.png"><p>https://example.org</p>'
    assert site(tmp_path, page) == []


def test_a_site_without_an_index_cannot_be_searched(tmp_path):
    assert site(tmp_path, "", index="") == ["searchindex.js: missing, so search finds nothing"]
