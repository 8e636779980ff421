"""Files are read if they are plain, and replaced whole or not at all."""

import os
import signal
import stat
import subprocess
import sys
import time

import pytest

from alliancesim.data import toml
from alliancesim.data.files import (
    check_target,
    make_folder,
    read_bytes,
    replace_file,
    write_bytes,
)
from alliancesim.errors import InvalidInput


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path):
    path = tmp_path / "a.txt"
    write_bytes(path, "old\n")
    path.chmod(0o640)
    write_bytes(path, b"new\n")
    assert path.read_bytes() == b"new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("below", ["file", "file/below", "x" * 5000, "a\0b"])
def test_a_folder_that_cannot_be_made_is_rejected_by_its_name(below, tmp_path):
    write_bytes(tmp_path / "file", "")
    assert make_folder(tmp_path / "new" / "one").is_dir()
    with pytest.raises(InvalidInput):
        make_folder(tmp_path / below)


def test_the_file_behind_a_link_is_replaced(tmp_path):
    (tmp_path / "real").mkdir()
    write_bytes(tmp_path / "real" / "a.txt", "old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real" / "a.txt")
    write_bytes(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real" / "a.txt").read_text() == "new"


@pytest.mark.parametrize("failure", [OSError(28, "No space left"), RuntimeError, KeyboardInterrupt])
def test_a_write_that_fails_leaves_the_old_file_alone(tmp_path, failure):
    path = tmp_path / "a.txt"
    write_bytes(path, "old")

    def write(beside):
        beside.write_text("half of it")
        raise failure

    expected = InvalidInput if isinstance(failure, OSError) else failure
    with pytest.raises(expected):
        replace_file(path, write)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_place_that_cannot_hold_a_file_is_rejected(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "file").write_text("")
    places = (
        (tmp_path, "a folder"),
        (tmp_path / "pipe.txt", "a pipe"),
        ("/dev/null", "a device"),
        (tmp_path / "none" / "a.txt", "no such folder"),
        (tmp_path / "file" / "a.txt", "no such folder"),
        (tmp_path / ("x" * 300), "too long"),
        ("a\0b", "not a path"),
        ("", "not a path"),
        (5, "not a path"),
        (None, "not a path"),
    )
    for path, said in places:
        for ask in (check_target, lambda where: write_bytes(where, "x")):
            with pytest.raises(InvalidInput, match=said):
                ask(path)


def test_what_is_no_plain_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    for name in ("pipe.toml", "zero.toml", ".", "none.toml", "x" * 300):
        with pytest.raises(InvalidInput, match="cannot be read"):
            read_bytes(tmp_path / name)
        with pytest.raises(InvalidInput, match=r"cannot be (read|used)"):
            toml.read(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_toml_is_read_from_every_encoding_that_names_itself(tmp_path, encoding):
    path = tmp_path / "a.toml"
    path.write_bytes('title = "Türkiye"\r\n'.encode(encoding))
    if encoding == "utf-16-le":  # without a mark nothing says so
        with pytest.raises(InvalidInput, match="not"):
            toml.read(path)
    else:
        assert toml.read(path) == {"title": "Türkiye"}


def test_the_line_is_named_that_is_not_utf_8(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b'a = 1\ntitle = "T\xfcrkiye"\n')
    with pytest.raises(InvalidInput, match="line 2 is not UTF-8"):
        toml.read(path)


WRITER = """
import sys
from alliancesim.data.files import write_bytes
print("ready", flush=True)
n = 0
while True:
    n += 1
    write_bytes(sys.argv[1], f"{n}\\n" * 200_000)
"""


def test_a_process_that_is_killed_leaves_one_whole_file(tmp_path):
    path = tmp_path / "a.txt"
    write_bytes(path, "0\n" * 200_000)
    for n in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE
        ) as writer:
            writer.stdout.readline()
            time.sleep(0.013 * (n + 1))
            writer.send_signal(signal.SIGKILL)
        lines = path.read_text().splitlines()
        assert len(lines) == 200_000
        assert len(set(lines)) == 1
