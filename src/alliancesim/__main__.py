"""``python -m alliancesim``: the same as the command ``alliancesim``."""

from alliancesim.cli import main

if __name__ == "__main__":
    main(prog_name="alliancesim")
