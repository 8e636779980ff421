"""The command line, thin: each command loads what it needs, calls it, and prints.

Exit codes: 0 done, 1 the conformance suite has misses, an oracle is missed or a width asked for
is not reached, 2 something given cannot be used, 130 interrupted after printing what was finished.
"""

from __future__ import annotations

import io
import sys

import click

from alliancesim import __version__
from alliancesim.cli._group import Commands
from alliancesim.cli.campaign import campaign
from alliancesim.cli.compare import compare
from alliancesim.cli.conformance import conformance
from alliancesim.cli.duties import duties
from alliancesim.cli.editions import editions
from alliancesim.cli.gains import gains
from alliancesim.cli.hindcast import hindcast, score_predictions
from alliancesim.cli.listing import listing
from alliancesim.cli.play import play
from alliancesim.cli.replay import replay
from alliancesim.cli.score import score
from alliancesim.cli.sources import sources
from alliancesim.cli.validate import validate
from alliancesim.cli.verify import verify
from alliancesim.cli.warm import warm
from alliancesim.data.plain_text import ERRORS

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="alliancesim")
def main() -> None:
    """Play treaties as law and compare what a pact changes. Illustrative, not predictive."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=ERRORS)


COMMANDS = (
    *(compare, replay, duties, conformance, sources, editions, gains, validate, verify, warm),
    *(hindcast, score_predictions, score, campaign, listing, play),
)
for _command in COMMANDS:
    main.add_command(_command)
