"""The command ``conformance``: the law held against the numbered situations."""

from __future__ import annotations

import click

from alliancesim.cli._group import MISSED

__all__ = ["conformance"]


@click.command(short_help="Check the law against numbered situations.")
def conformance() -> None:
    """Check the law against the numbered situations, and print each miss."""
    from alliancesim.testing.conformance import run

    outcome = run()
    click.echo(str(outcome))
    if outcome.misses:
        click.get_current_context().exit(MISSED)
