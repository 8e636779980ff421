"""Files as whole things: read if they are plain files, and replaced at once when written.

A file is written beside the one that it replaces, flushed to the disk, and put in its place in one
step. A full disk, an interrupt or a crash in between leaves the old file as it was.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

from alliancesim.data.checks import kind_of
from alliancesim.errors import InvalidInput

__all__ = [
    "as_path",
    "check_file",
    "check_target",
    "is_file",
    "make_folder",
    "read_bytes",
    "replace_file",
    "write_bytes",
]

Name = str | os.PathLike[str]


def as_path(path: object, where: str = "path") -> Path:
    """Return a path that was given as a text or a path; reject what cannot be one."""
    try:
        found = os.fspath(path)  # type: ignore[call-overload]
    except TypeError:
        found = None
    if not isinstance(found, str) or not found or "\0" in found:
        raise InvalidInput(f"{kind_of(path)} is not a path", where=where, allowed="a file's path")
    return Path(found)


def _refusal(problem: str, path: Path, allowed: str) -> InvalidInput:
    name = str(path)
    short = name if len(name) <= 200 else f"{name[:200]}…"
    return InvalidInput(problem, where=short, allowed=allowed)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def read_bytes(path: Name, allowed: str = "a file that can be read") -> bytes:
    """Return what a plain file holds.

    Raises
    ------
    InvalidInput
        If there is none, it cannot be read, or it is a folder, a pipe or a device.
    """
    file = check_file(path, allowed)
    try:
        return file.read_bytes()
    except OSError as error:
        raise _refusal(f"cannot be read: {_reason(error)}", file, allowed) from None


def check_file(path: Name, allowed: str = "a file that can be read") -> Path:
    """Return the path of a plain file; reject what is none, before it is opened."""
    file = as_path(path)
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise _refusal(f"cannot be read: {_kind(file)}", file, allowed)
    except OSError as error:
        raise _refusal(f"cannot be read: {_reason(error)}", file, allowed) from None
    return file


def _kind(path: Path) -> str:
    mode = path.stat().st_mode
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return f"it is {kinds.get(stat.S_IFMT(mode), 'a device')}, not a file"


def is_file(path: Name) -> bool:
    """Whether there is a file of this name; no name is too long to ask."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def check_target(path: Name) -> Path:
    """Return where a file is to be written, links followed; reject a place that cannot hold one.

    Raises
    ------
    InvalidInput
        If the folder is missing or cannot be written to, or the file is a folder, a pipe or a
        device, cannot be written, or has a name that cannot be.
    """
    file = as_path(path)
    try:
        real = Path(os.path.realpath(file))
        if not real.parent.is_dir():
            raise _refusal("no such folder", real.parent, "a folder that is there")
        if not os.access(real.parent, os.W_OK | os.X_OK):
            raise _refusal("the folder cannot be written to", real.parent, "a folder of your own")
        try:
            mode = real.stat().st_mode
        except FileNotFoundError:
            return real
        if not stat.S_ISREG(mode):
            raise _refusal(f"cannot be written: {_kind(real)}", file, "a file")
        if not os.access(real, os.W_OK):
            raise _refusal("cannot be written: it is read-only", file, "a file of your own")
    except OSError as error:
        raise _refusal(f"cannot be written: {_reason(error)}", file, "a file's path") from None
    return real


def make_folder(path: Name) -> Path:
    """Return a folder, made with those above it where they are missing.

    Raises
    ------
    InvalidInput
        If it cannot be made.
    """
    folder = as_path(path, "folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"the folder cannot be made: {_reason(error)}"
        raise _refusal(problem, folder, "a folder of your own") from None
    return folder


def replace_file(path: Name, write: Callable[[Path], object]) -> None:
    """Put a new file in a place at once, whole or not at all.

    Parameters
    ----------
    path : str or path
        The file, replaced if it exists; the file behind it, if it is a link.
    write : callable
        Writes the new file at the path that it is given, which ends as `path` does.

    Raises
    ------
    InvalidInput
        As `check_target`, or if the disk refuses; the old file is then as it was.
    """
    target = check_target(path)
    beside = target.with_name(f".alliancesim-{secrets.token_hex(6)}{target.suffix[:20]}")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            write(beside)
            if target.exists():
                os.chmod(beside, stat.S_IMODE(target.stat().st_mode))
            _flush(beside, os.O_RDWR)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
        _flush(target.parent, os.O_RDONLY)
    except OSError as error:
        allowed = "a place with room that can be written to"
        raise _refusal(f"cannot be written: {_reason(error)}", as_path(path), allowed) from None


def _flush(path: Path, flags: int) -> None:
    """Flush a file, or the names in a folder, to the disk; not all systems open folders."""
    try:
        opened = os.open(path, flags)
    except OSError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def write_bytes(path: Name, content: bytes | str) -> None:
    """Write a file at once, as `replace_file`; a text in UTF-8, its line ends as they are."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    replace_file(path, lambda beside: beside.write_bytes(data))
