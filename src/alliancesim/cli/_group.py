"""The group of commands, and the codes with which they exit."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from alliancesim.errors import InvalidInput, printable

__all__ = ["INTERRUPTED", "MISSED", "Commands", "Unusable"]

MISSED = 1
UNUSABLE = 2
INTERRUPTED = 130
MOST = 2000
"""Characters of a message."""


class Unusable(click.ClickException):
    """What ends a command whose arguments or files cannot be used."""

    exit_code = UNUSABLE


class Commands(click.Group):
    """A group whose commands turn the library's one error into a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InvalidInput as problem:
            raise Unusable(str(problem)) from problem
        except click.ClickException as problem:
            if printable(problem.message, MOST) == problem.message:
                raise
            raise Unusable(printable(problem.message, MOST)) from problem
        except KeyboardInterrupt:
            click.echo("interrupted before anything was finished", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:  # whoever read has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
