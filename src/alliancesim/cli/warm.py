"""The command ``warm``: the engine compiled before it is needed."""

from __future__ import annotations

import click

__all__ = ["warm"]


@click.command(short_help="Compile the engine now, for later runs.")
def warm() -> None:
    """Compile the engine, which takes about half a minute, and keep it for later runs.

    Without this command the first comparison of many worlds compiles it. It is compiled again
    after an upgrade of this library, of numba or of Python.
    """
    from alliancesim._compile import cache_folder
    from alliancesim.engine.play import warm as compile_engine

    done = compile_engine()
    click.echo(f"The engine {'is now' if done else 'was already'} compiled, in {cache_folder()}.")
