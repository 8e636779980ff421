"""Keep what the pages on the record show: scores of the hindcast and of pacts, and the figure.

Run with ``python tools/hindcasts.py FOLDER past pacts`` where the authors' data are; no row of
them is kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alliancesim.figures import hindcasts
from alliancesim.history import hindcast, read_record, what_pacts_did
from alliancesim.history.capabilities import capability_file
from alliancesim.history.summary import hindcast_in_sentences, pacts_in_sentences

STATIC = Path(__file__).parents[1] / "docs" / "_static"
FIRST, LAST, EVERY, WINDOW, WORLDS = 1960, 1994, 10, 5, 400
PACT_WORLDS = 400


def report(what: str) -> None:
    """Say on standard error what is about to be played."""
    print(what, file=sys.stderr)


def past(folder: str) -> None:
    """Keep the scores from four origins, and the figure."""
    found = hindcast(
        folder, FIRST, LAST, window=WINDOW, every=EVERY, worlds=WORLDS, progress=report
    )
    (STATIC / "hindcast.txt").write_text(f"{found}\n", encoding="utf-8")
    sentences = hindcast_in_sentences(found)
    (STATIC / "hindcast-summary.md").write_text(f"{sentences}\n", encoding="utf-8")
    hindcasts(found).savefig(STATIC / "hindcast.png", dpi=200)


def pacts(folder: str) -> None:
    """Keep what pacts did by the record and by the model."""
    found = what_pacts_did(
        read_record(folder),
        nmc=capability_file(folder),
        worlds=PACT_WORLDS,
        worlds_per_draw=4,
        progress=report,
    )
    (STATIC / "what-pacts-did.txt").write_text(f"{found}\n", encoding="utf-8")
    sentences = pacts_in_sentences(found)
    (STATIC / "what-pacts-did-summary.md").write_text(f"{sentences}\n", encoding="utf-8")


if __name__ == "__main__":
    for make in (past, pacts):
        if make.__name__ in sys.argv[2:]:
            make(sys.argv[1])
