"""The folder of a campaign: a manifest, and tables of blocks that are there whole or not at all.

``moments``, ``draws`` and ``totals`` are folders of Parquet files, which pandas, R and others read
as one table each. Files with one name belong together, and hold consecutive blocks. They count once
``blocks`` has a marker of that name, which is written last: it has the digest of each block and of
each file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from alliancesim.campaign.documents import read_document, write_document
from alliancesim.campaign.extras import filelock
from alliancesim.campaign.plan import Plan
from alliancesim.campaign.worker import Packed
from alliancesim.data.files import as_path, make_folder, write_bytes
from alliancesim.errors import InvalidInput

__all__ = ["FOLDERS", "ROWS", "Segment", "Store", "about_file", "digests_of", "store_of"]

FORMAT = 1
"""Of the folder; raised where an older version could not read it."""
FOLDERS = ("draws", "totals", "moments")
ROWS = ("rows-world", "rows-focus", "rows-adversary")
_MARKERS = "blocks"
_MANIFEST = "campaign.json"
_MACHINE = "machine.json"
_OURS = re.compile(r"\d{8,}-\d{8,}\.(json|parquet)|\.alliancesim-.*")


@attrs.frozen(kw_only=True)
class Segment:
    """Consecutive blocks that are kept in files of one name.

    Parameters
    ----------
    first : int
        Number of the first block.
    digests : tuple of str
        Of each block.
    files : dict of str to tuple of int and str
        Size and SHA-256 of the file in each folder.
    identity : str
        Of the plan that was played.
    others : tuple of str
        In what the machine differed that played them; see `Campaign.play`.
    """

    first: int
    digests: tuple[str, ...]
    files: dict[str, tuple[int, str]]
    identity: str
    others: tuple[str, ...] = ()

    @property
    def blocks(self) -> range:
        """Numbers of its blocks."""
        return range(self.first, self.first + len(self.digests))

    @property
    def name(self) -> str:
        """Name of its files, without their ends."""
        return f"{self.first:08d}-{self.blocks.stop - 1:08d}"


def _segment(content: dict[str, Any]) -> Segment:
    return Segment(
        first=content["first"],
        digests=tuple(content["digests"]),
        files={name: (size, sha) for name, (size, sha) in content["files"].items()},
        identity=content["identity"],
        others=tuple(content["others"]),
    )


@attrs.frozen(eq=False)
class Store:
    """The folder of a campaign.

    Parameters
    ----------
    path : path
    """

    path: Path

    @property
    def exists(self) -> bool:
        """Whether there is a campaign."""
        return (self.path / _MANIFEST).exists()

    def create(self, plan: Plan, made_with: dict[str, str]) -> None:
        """Make the folder and its manifest; the folder must be new or empty."""
        if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise InvalidInput(
                "holds something else", where=str(self.path), allowed="a new or an empty folder"
            )
        try:
            for name in (*FOLDERS, _MARKERS):
                (self.path / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidInput(
                f"cannot be made: {error.strerror}", where=str(self.path), allowed="a new folder"
            ) from None
        content = {"format": FORMAT, "made_with": made_with, "plan": plan.to_json()}
        write_document(self.path / _MANIFEST, content)

    def plan(self) -> Plan:
        """Return what is played, from the manifest."""
        if not self.exists:
            allowed = "the folder of a campaign; a scenario begins one"
            raise InvalidInput("no campaign here", where=str(self.path), allowed=allowed)
        content = read_document(self.path / _MANIFEST, "manifest of a campaign")
        by = f"alliancesim {content.get('made_with', {}).get('version', 'unknown')}"
        if content.get("format") != FORMAT:
            raise InvalidInput(
                f"was begun by {by}, in a format that this version does not read",
                where=str(self.path),
                allowed=f"format {FORMAT}; {by} reads it",
            )
        try:
            return Plan.from_json(content["plan"])
        except (InvalidInput, KeyError, ValueError) as problem:
            raise InvalidInput(
                f"was begun by {by}, whose scenario this version cannot read ({problem})"[:400],
                where=str(self.path),
                allowed=f"a campaign of this version; {by} reads it",
            ) from problem

    def identity(self) -> str:
        """Return the identity of the plan, without reading its scenario."""
        content = read_document(self.path / _MANIFEST, "manifest of a campaign")
        return hashlib.sha256(content["plan"].encode()).hexdigest()

    def made_with(self) -> dict[str, str]:
        """Return the versions of the manifest."""
        content = read_document(self.path / _MANIFEST, "manifest of a campaign")
        return dict(content["made_with"])

    def machine(self) -> dict[str, str] | None:
        """Return what the first blocks were made with; None if nothing was played."""
        path = self.path / _MACHINE
        return dict(read_document(path, "record of a machine")) if path.exists() else None

    def set_machine(self, found: dict[str, str]) -> None:
        """Record what blocks are made with."""
        write_document(self.path / _MACHINE, found)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other writers out, in this process or another, until the end."""
        lock = filelock().FileLock(self.path / ".lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except filelock().Timeout:
            raise InvalidInput(
                "another process is writing to it", where=str(self.path), allowed="one at a time"
            ) from None
        try:
            yield
        finally:
            lock.release()

    def file(self, segment: Segment, folder: str) -> Path:
        """Return the path of a segment's file."""
        return self.path / folder / f"{segment.name}.parquet"

    def marker(self, segment: Segment) -> Path:
        """Return the path of a segment's marker."""
        return self.path / _MARKERS / f"{segment.name}.json"

    def markers(self) -> Iterator[tuple[Path, Segment | None]]:
        """Yield every marker with its segment, or with None where it is damaged or foreign."""
        identity = self.identity()
        for path in sorted((self.path / _MARKERS).glob("*.json")):
            try:
                segment = _segment(read_document(path, "marker of blocks"))
            except (InvalidInput, KeyError, TypeError, ValueError):
                yield path, None
                continue
            mine = segment.identity == identity and path == self.marker(segment)
            yield path, segment if mine and segment.digests else None

    def segments(self) -> list[Segment]:
        """Return segments that are whole by the size of their files, in order, none twice.

        Where segments overlap, which an interrupted `compact` leaves, the longest counts.
        """
        found = [each for _, each in self.markers() if each is not None and self._sized(each)]
        held: set[int] = set()
        chosen = []
        for each in sorted(found, key=lambda one: (-len(one.digests), one.first)):
            if held.isdisjoint(each.blocks):
                held.update(each.blocks)
                chosen.append(each)
        return sorted(chosen, key=lambda one: one.first)

    def _sized(self, segment: Segment) -> bool:
        try:
            sizes = {name: self.file(segment, name).stat().st_size for name in segment.files}
        except OSError:
            return False
        return sizes == {name: size for name, (size, _) in segment.files.items()}

    def fault(self, segment: Segment) -> str:
        """Return what is wrong with a segment's files by their digests; empty if nothing is."""
        for folder, (size, sha) in segment.files.items():
            path = self.file(segment, folder)
            try:
                found = path.stat().st_size
            except OSError:
                return f"{folder}/{path.name} is missing"
            if found != size:
                return f"{folder}/{path.name} was cut short or overwritten"
            if _file_digest(path) != sha:
                return f"{folder}/{path.name} was changed since"
        return ""

    def write_block(self, identity: str, packed: Packed, others: tuple[str, ...]) -> Segment:
        """Write a block: its tables, then the marker by which it counts."""
        segment = Segment(
            first=packed.number,
            digests=(packed.digest,),
            files={
                name: (len(b), hashlib.sha256(b).hexdigest()) for name, b in packed.files.items()
            },
            identity=identity,
            others=others,
        )
        for folder, content in packed.files.items():
            make_folder(self.path / folder)
            write_bytes(self.file(segment, folder), content)
        self.mark(segment)
        return segment

    def mark(self, segment: Segment) -> None:
        """Write the marker of a segment whose files are there."""
        write_document(self.marker(segment), attrs.asdict(segment))

    def remove(self, segments: Iterable[Segment]) -> None:
        """Remove segments: each marker first, so that no half of one counts."""
        for segment in segments:
            self.marker(segment).unlink(missing_ok=True)
            for folder in segment.files:
                self.file(segment, folder).unlink(missing_ok=True)

    def stray(self) -> list[Path]:
        """Return files of the campaign that do not count: leftovers, damaged and foreign ones."""
        kept = {each.name for each in self.segments()}
        return [
            path
            for folder in (_MARKERS, *FOLDERS, *ROWS)
            for path in sorted((self.path / folder).glob("*"))
            if _OURS.fullmatch(path.name) and path.stem not in kept
        ]

    def tidy(self) -> list[Path]:
        """Remove the files that do not count, and return them; other files are left alone."""
        stray = self.stray()
        for path in stray:
            path.unlink(missing_ok=True)
        return stray

    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file())


def store_of(folder: object) -> Store:
    """Return the store of a folder by its name."""
    return Store(as_path(folder, "folder"))


def digests_of(segments: Iterable[Segment]) -> dict[int, str]:
    """Return the digest of every block of some segments, by its number."""
    return {
        number: digest
        for each in segments
        for number, digest in zip(each.blocks, each.digests, strict=True)
    }


def about_file(path: Path) -> tuple[int, str]:
    """Return the size and the SHA-256 of a file."""
    return path.stat().st_size, _file_digest(path)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
