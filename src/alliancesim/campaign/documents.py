"""Small JSON files that say whether they were changed since: manifests and markers of blocks."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from alliancesim.data.files import read_bytes, write_bytes
from alliancesim.errors import InvalidInput

__all__ = ["read_document", "write_document"]


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def write_document(path: Path, content: dict[str, Any]) -> None:
    """Write plain values at once, with a checksum of them."""
    text = json.dumps({**content, "checksum": _checksum(content)}, indent=1, ensure_ascii=False)
    write_bytes(path, f"{text}\n")


def read_document(path: Path, what: str) -> dict[str, Any]:
    """Return what `write_document` was given.

    Raises
    ------
    InvalidInput
        If the file cannot be read, is none of these, or was changed since.
    """
    allowed = f"the {what} as it was written"
    try:
        content = json.loads(read_bytes(path, allowed))
        said = content.pop("checksum")
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as problem:
        if isinstance(problem, InvalidInput):
            raise
        raise InvalidInput(f"is no {what}", where=str(path), allowed=allowed) from None
    if said != _checksum(content):
        raise InvalidInput("was edited or damaged since", where=str(path), allowed=allowed)
    return dict(content)
