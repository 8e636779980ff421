"""Write the golden chronicles anew, from the root of the project::

    python -m tests.narrative.regenerate

Read the difference before keeping it: it is what a change of the rules, the facts or the words
does to a world that was told before.
"""

from pathlib import Path

from alliancesim.narrative.chronicle import tell
from alliancesim.narrative.wording import wrapped

GOLDEN = Path(__file__).parent / "golden"
WORLDS = {"smda-three-member": {"scenario": "smda", "arm": "three-member", "seed": 1, "world": 4}}


def told(name):
    """Return the lines of a chronicle as the command line prints them."""
    return [line for paragraph in tell(**WORLDS[name]) for line in wrapped(paragraph)]


def kept(name):
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def main():
    for name in WORLDS:
        text = "\n".join(told(name)) + "\n"
        (GOLDEN / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
