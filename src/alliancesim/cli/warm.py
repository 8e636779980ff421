"""The command ``warm``: the engine compiled before it is needed."""

from __future__ import annotations

import click

from alliancesim.cli._group import Unusable

__all__ = ["warm"]


@click.command(short_help="Compile the engine now, for later runs.")
def warm() -> None:
    """Compile the engine, which takes about half a minute, and keep it for later runs.

    Without this command the first comparison of many worlds compiles it. It is compiled again
    after an upgrade of this library, of numba or of Python.
    """
    from alliancesim._cache import cache_folder
    from alliancesim._compile import is_cached
    from alliancesim.engine.kernel.world import play_chunk
    from alliancesim.engine.play import warm as compile_engine

    done = compile_engine()
    if not is_cached(play_chunk):
        raise Unusable(f"{cache_folder()}: compiled code cannot be kept here; see NUMBA_CACHE_DIR")
    click.echo(f"The engine {'is now' if done else 'was already'} compiled, in {cache_folder()}.")
