"""What do ready-made policies change for one state, against what the model does in its seat?

Illustrative, not predictive; the three-member arm is hypothetical.

Run it with a number of worlds, and, if you like, a scenario, an arm and a state:
``python examples/policies_for_a_seat.py 200 smda three-member PAK``.
"""

import sys

from alliancesim.seats import POLICIES, tournament


def main(worlds: int, scenario: str, arm: str, state: str) -> None:
    others = {name: policy for name, policy in POLICIES.items() if name != "model"}
    table = tournament(scenario, arm, state, others, worlds=worlds, seed=1)
    print(f"{state} in {scenario}, arm {arm}: {worlds} worlds, against the model in its seat\n")
    print(table.drop(columns="differing").round(4).to_string())


if __name__ == "__main__":
    given = sys.argv[1:]
    default = ("200", "smda", "three-member", "PAK")
    worlds, scenario, arm, state = (*given, *default[len(given) :])
    main(int(worlds), scenario, arm, state)
