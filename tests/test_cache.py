"""Machine code is kept under the name of what it is made of; nothing fails where it cannot be."""

import os
import runpy
import time
from pathlib import Path

import numba
import pytest

from alliancesim import _cache
from alliancesim._compile import _MARKED

ROOT = Path(__file__).parents[1]
EDGES = runpy.run_path(str(ROOT / "tools" / "tree.py"))["edges"]


def double(x):
    return 2 * x


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder of its own for what is kept, once it is said what cannot be."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kept"))
    _cache._say_once.cache_clear()
    return tmp_path / "kept"


def compiled():
    dispatcher = numba.njit(double)
    _cache.keep(dispatcher, double)
    assert dispatcher(3) == 6
    return dispatcher.stats.cache_hits[next(iter(dispatcher.signatures))]


def test_the_name_depends_on_everything_that_machine_code_is_made_of(monkeypatch):
    package = Path(_cache.__file__).parent
    sources = list(_cache._sources())
    named = {str(Path(str(each)).relative_to(package).with_suffix("")) for each in sources}
    for one, other, kind in EDGES():
        if one in named and kind != "type" and other != "_cache":  # it only keeps
            assert other in named, f"{one} imports {other}"
    import alliancesim.engine.play  # noqa: F401 - marks what it compiles

    marked = {function.__module__.removeprefix("alliancesim.") for function in _MARKED}
    marked -= {each for each in marked if each.startswith(("validation", "tests"))}
    assert {each.replace(".", "/") for each in marked} <= named

    before = _cache._fingerprint.__wrapped__()

    class Edited:
        name = sources[0].name

        def read_bytes(self):
            return sources[0].read_bytes() + b"#"

    monkeypatch.setattr(_cache, "_sources", lambda: iter([Edited(), *sources[1:]]))
    assert _cache._fingerprint.__wrapped__() != before


def test_what_is_kept_is_read_again(folder, capfd):
    assert compiled() == 0
    assert _cache.is_kept(double)
    assert compiled() == 1
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("where", ["/proc/nope", "{}/file/below"])
def test_where_nothing_can_be_kept_it_is_compiled_and_said_once(folder, where, monkeypatch, capfd):
    folder.mkdir()
    (folder / "file").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", where.format(folder))
    assert compiled() == compiled() == 0
    assert not _cache.is_kept(double)
    assert capfd.readouterr().err.count("cannot be kept") == 1


def test_what_another_user_keeps_is_read_where_it_cannot_be_written(folder, monkeypatch):
    compiled()

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "makedirs", refused)
    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    assert compiled() == 1


def test_what_is_damaged_is_compiled_again(folder):
    compiled()
    for path in folder.rglob("*.nb?"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert compiled() == 0


def test_old_folders_are_removed_and_recent_ones_are_not(folder):
    folder.mkdir()
    for n in range(_cache._KEPT + 4):
        (folder / f"compiled-{n}").mkdir()
        used = time.time() - (n + 30) * 86400
        os.utime(folder / f"compiled-{n}", (used, used))
    (folder / "other").mkdir()
    compiled()
    left = {each.name for each in folder.iterdir()}
    assert left == {
        *(f"compiled-{n}" for n in range(_cache._KEPT)),
        _cache.cache_folder().name,
        "other",
    }
