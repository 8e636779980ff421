"""Check that public names have complete types, as pyright reads the package.

Modules that are compiled are left out: the compiler infers their types from what they are called
with, and most of their parameters have none written down.
"""

from __future__ import annotations

import json
import subprocess
import sys

COMPILED = ("alliancesim.rules.", "alliancesim.engine.kernel.", "alliancesim.chance.")
# Its base class is of PettingZoo, which has no types.
UNTYPED_BASE = ("alliancesim.envs.SeatsEnv", "alliancesim.envs.seats_env.SeatsEnv")
COMMAND = ("pyright", "--verifytypes", "alliancesim", "--ignoreexternal", "--outputjson")


def main() -> int:
    """Print the public names whose types are incomplete; return 1 if there are any."""
    ran = subprocess.run(COMMAND, capture_output=True, check=False, text=True)
    found = json.loads(ran.stdout)["typeCompleteness"]
    public = [each for each in found["symbols"] if each["isExported"]]
    if not public:
        print(ran.stdout, file=sys.stderr)
        return 1
    bare = [each for each in public if not each["isTypeKnown"]]
    wrong = [each for each in bare if not each["name"].startswith(COMPILED)]
    wrong = [each for each in wrong if each["name"] not in UNTYPED_BASE]
    for each in wrong:
        for problem in each["diagnostics"] or [{"message": "its type is incomplete"}]:
            print(f"{each['name']}: {problem['message']}")
    checked = len(public) - len(bare) + len(wrong)
    print(
        f"{checked - len(wrong):,} of {checked:,} public names have complete types; "
        f"{len(bare) - len(wrong)} of compiled modules have none"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
