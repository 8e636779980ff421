"""``python -m alliancesim``: the same as the command ``alliancesim``."""

import os
import signal

__all__ = ["main"]


def main() -> None:
    """Run the command line; an interrupt while it is being loaded ends it in one line too."""

    def stop(*_: object) -> None:
        os.write(2, b"interrupted before anything was finished\n")
        os._exit(130)

    mine = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if mine:
        signal.signal(signal.SIGINT, stop)
    from alliancesim.cli import main as commands

    if mine:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    commands(prog_name="alliancesim")


if __name__ == "__main__":
    main()
