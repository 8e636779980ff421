"""The command ``play``: the room, in which people take seats in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from alliancesim.errors import InvalidInput

__all__ = ["play"]


@click.command(short_help="Open the room: take seats in a world, in a browser.")
@click.argument("scenario", metavar="NAME_OR_PATH", default="smda-2026")
@click.option("--port", default=0, help="Port to listen on.  [default: a free one]")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on; any but loopback needs --open-to-network.",
)
@click.option("--open-to-network", is_flag=True, help="Let other machines in; see the warning.")
@click.option(
    "--games",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder in which games are saved.  [default: one of your own data]",
)
@click.option("--browser/--no-browser", default=True, help="Whether to open a browser.")
def play(
    scenario: str, port: int, host: str, open_to_network: bool, games: Path | None, browser: bool
) -> None:
    """Take seats in a world, in a browser: open the room until it is interrupted.

    NAME_OR_PATH is the scenario that is offered first, one of the catalogue or a TOML file. The
    page is served to this machine alone, and nothing of it needs a network.
    """
    from alliancesim import catalogue
    from alliancesim.room import Room
    from alliancesim.scenario import load

    try:
        from alliancesim.room.server import is_loopback, serve
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in ("starlette", "uvicorn", "websockets", "anyio"):
            raise
        raise InvalidInput(
            f"{error.name} is not installed", where="play",
            allowed="the extra room: pip install 'alliancesim[room]'",
        ) from None  # fmt: skip
    if not is_loopback(host) and not open_to_network:
        raise InvalidInput(
            f"{host} is not of this machine alone", where="--host",
            allowed="127.0.0.1, or --open-to-network with it",
        )  # fmt: skip
    if open_to_network and is_loopback(host):
        host = "0.0.0.0"
    given = load(scenario)
    known = given.name in catalogue.names("scenarios") and scenario == given.name
    room = Room({} if known else {given.name: given}, _folder(games), first=given.name)

    def shown(address: str) -> None:
        if open_to_network:
            click.echo(
                "Warning: everybody who reaches this machine can watch, take free seats and open "
                "games. What is sent is not encrypted. Use it in a network that you trust.",
                err=True,
            )
        click.echo(f"The room is open at {address}; Ctrl-C closes it. Illustrative, hypothetical.")
        if browser:
            click.launch(address)

    serve(room, host=host, port=port, shown=shown)


def _folder(games: Path | None) -> Path:
    if games is None:
        import platformdirs

        games = Path(platformdirs.user_data_dir("alliancesim", appauthor=False)) / "games"
    try:
        games.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(
            f"cannot be made: {error.strerror}", where="--games", allowed="a folder of your own"
        ) from None
    return games
