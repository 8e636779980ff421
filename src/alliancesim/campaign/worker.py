"""What runs in a worker: a block played, reduced and packed, by whoever is given its order."""

from __future__ import annotations

import functools
import hashlib
import platform
from collections import OrderedDict
from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable
from threading import Lock

import attrs

from alliancesim.campaign.plan import Plan
from alliancesim.campaign.reduction import play_block, reduce_block
from alliancesim.campaign.tables import block_files
from alliancesim.comparison import runner
from alliancesim.scenario import RunOptions

__all__ = ["Order", "Packed", "differences", "known", "machine", "play_order"]

SAME = ("version", "sources", "numpy", "numba", "trial")
"""What must be equal where blocks have the same bits; all else about a machine is a record."""
_FOLDERS = ("arrays", "catalogue", "data", "engine", "law", "outcomes", "rules", "scenario")
_MODULES = ("chance.py", "levels.py", "turn.py")
_TRIAL = 2
_KEPT = 4


@attrs.frozen(kw_only=True)
class Order:
    """A block to play.

    Parameters
    ----------
    identity : str
        Of the plan, by which a worker finds it again.
    plan : str
        The plan as text; empty where the worker is thought to have it.
    number : int
        Of the block.
    rows : bool
        Whether the rows of worlds are kept too.
    """

    identity: str
    plan: str
    number: int
    rows: bool = False


@attrs.frozen(kw_only=True)
class Packed:
    """A block as it came from a worker.

    Parameters
    ----------
    number : int
    digest : str
        Empty where the worker does not have the plan, and the order must be sent again with it.
    files : dict of str to bytes
        By the folder that each belongs in.
    machine : dict of str to str
        What the block was made with.
    """

    number: int
    digest: str
    files: dict[str, bytes]
    machine: dict[str, str]


_plans: OrderedDict[str, tuple[Plan, dict[str, str]]] = OrderedDict()
_lock = Lock()


def machine(plan: Plan) -> dict[str, str]:
    """Return the versions, processor and sources here, and a digest of two worlds of a plan.

    The trial is the proof: mathematics may differ between processors with equal versions.
    """
    trial = RunOptions(
        worlds=_TRIAL,
        seed=plan.seed,
        worlds_per_draw=plan.worlds_per_draw,
        priors=plan.priors,
        threads=1,
    )
    return {
        **runner.made_with(),
        "processor": _processor(),
        "sources": sources_digest(),
        "trial": runner.play(plan.scenario, plan.arms, trial).digest,
    }


def differences(one: dict[str, str], other: dict[str, str]) -> tuple[str, ...]:
    """Return in what two machines differ that may change the bits of outcomes."""
    return tuple(
        f"{name} {other.get(name, '')[:12]} for {one.get(name, '')[:12]}"
        for name in SAME
        if one.get(name) != other.get(name)
    )


@functools.cache
def sources_digest() -> str:
    """Return a digest of every source that outcomes depend on, 16 characters."""
    package = files("alliancesim")
    sha = hashlib.sha256()
    for name in _MODULES:
        sha.update(package.joinpath(name).read_bytes())
    for name in _FOLDERS:
        _add_folder(sha, package.joinpath(name))
    return sha.hexdigest()[:16]


def _add_folder(sha: hashlib._Hash, folder: Traversable) -> None:
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir() and each.name != "__pycache__":
            _add_folder(sha, each)
        elif each.name.endswith((".py", ".toml")):
            sha.update(each.name.encode() + b"\0" + each.read_bytes())


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            names = (line.partition(":")[2].strip() for line in lines if "model name" in line)
            return next(names, platform.processor())
    except OSError:
        return platform.processor()


def known(identity: str, plan: Callable[[], Plan]) -> tuple[Plan, dict[str, str]]:
    """Return a plan by its identity and what its blocks are made with here, both found once."""
    with _lock:
        if identity not in _plans:
            made = plan()
            _plans[identity] = (made, machine(made))
            while len(_plans) > _KEPT:
                _plans.popitem(last=False)
        return _plans[identity]


def play_order(order: Order) -> Packed:
    """Play a block, reduce it and pack it; called in a worker."""
    if order.identity not in _plans and not order.plan:
        return Packed(number=order.number, digest="", files={}, machine={})
    plan, here = known(order.identity, lambda: Plan.from_json(order.plan))
    block = reduce_block(plan, order.number, play_block(plan, order.number), rows=order.rows)
    return Packed(
        number=order.number,
        digest=block.digest,
        files=block_files(plan, block),
        machine=here,
    )
