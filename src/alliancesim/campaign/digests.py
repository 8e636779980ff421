"""Digests of blocks and of campaigns: a tree, so that it does not matter who played what when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from alliancesim.outcomes import Tally
from alliancesim.outcomes.tally import names_of

__all__ = ["block_digest", "tree_digest"]

_SUMS = ("pair_sum", "pair_square", "durations")


def block_digest(tally: Tally) -> str:
    """Return the SHA-256 of a block's rows and of its sums over worlds, in hex.

    The sums are added up world by world from the first on, so they have the same bits wherever the
    block is played.
    """
    sha = hashlib.sha256(tally.digest.encode())
    for name in _SUMS:
        array = getattr(tally, name)
        for field in names_of(array) or (...,):
            values = np.ascontiguousarray(array[field])
            sha.update(values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes())
    return sha.hexdigest()


def tree_digest(blocks: Mapping[int, str]) -> str:
    """Return the digest of blocks by number: the root of a tree of SHA-256 over them, in hex.

    A leaf is a block's number and digest; a node is its two halves, of which the left one has the
    largest power of two of leaves (as in RFC 6962). Equal for equal blocks, whatever the order in
    which they were played, the files that hold them and the machines that played them.
    """
    leaves = [
        hashlib.sha256(b"\x00" + number.to_bytes(8, "little") + bytes.fromhex(blocks[number]))
        for number in sorted(blocks)
    ]
    return _root([leaf.digest() for leaf in leaves]).hex()


def _root(level: Sequence[bytes]) -> bytes:
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = [level[k : k + 2] for k in range(0, len(level), 2)]
        level = [
            hashlib.sha256(b"\x01" + b"".join(pair)).digest() if len(pair) == 2 else pair[0]
            for pair in pairs
        ]
    return level[0]
