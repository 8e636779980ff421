"""Can a learning program do better in a seat than one that says no to everything?

A bandit by successive halving (Jamieson and Talwalkar 2016, arXiv:1502.07943): every arm is a plain
rule, all play the same worlds, the worse half is dropped, the rest play on. What is left is
compared with "never" in worlds that it was not trained on, on common random numbers.

The reward is the model's welfare, and leaves out much; illustrative, not predictive, and the
three-member arm is hypothetical. Needs the extra ``envs``. Run it with the number of worlds to
compare in: ``python examples/train_a_seat.py 200``.
"""

import math
import sys
from itertools import product

import alliancesim as al
from alliancesim.envs import FEATURES, features
from alliancesim.seats import effect, never

STATE, ARM, SEED = "TUR", "three-member", 1
FIRST, TRAINED_FROM = 2, 1_000_000  # worlds of the first round; worlds to train in begin far away
SHARE = FEATURES.index("challenger_to_target")
# The share of strength from which to challenge (above 1: never), whether to fight if refused, and
# whether to refuse demands.
RULES = tuple(product((0.7, 2.0), (0, 1), (0, 1)))


def choose(rule, kind, seen) -> int:
    """Return what a rule does at a kind of decision, by the features seen."""
    share, fights, refuses = rule
    if kind == "challenge":
        return int(seen[SHARE] >= share)
    return {"resist": refuses, "refuse": refuses, "fight": fights}.get(kind, 0)


def episode(env, rule, world: int) -> float:
    """Play a world by a rule; return the sum of rewards."""
    seen, info = env.reset(options={"world": world})
    total, over = 0.0, False
    while not over:
        seen, reward, over, _, info = env.step(choose(rule, info["kind"], seen))
        total += reward
    return total


def train(env, first: int = FIRST):
    """Return the rule that is left when worse ones are dropped, half of them a round."""
    returns = {rule: [] for rule in RULES}
    left, played, more = list(RULES), TRAINED_FROM, first
    while len(left) > 1:
        for rule in left:
            returns[rule] += [episode(env, rule, world) for world in range(played, played + more)]
        left.sort(key=lambda rule: -sum(returns[rule]) / len(returns[rule]))
        left, played, more = left[: len(left) // 2], played + more, 2 * more
    return left[0]


def main(worlds: int, first: int = FIRST) -> None:
    env = al.envs.SeatEnv("smda", ARM, STATE, seed=SEED, beliefs=False)
    rule = train(env, first)
    print(
        f"Left of {len(RULES)} rules: challenge from {rule[0]}, fight {rule[1]}, refuse {rule[2]}"
    )

    def trained(decision):
        return choose(rule, decision.kind, features(decision, env.scenario))

    found = effect("smda", ARM, {STATE: trained}, against={STATE: never}, worlds=worlds, seed=SEED)
    row = found.table.loc["welfare"]
    interval = f"95 % interval {row.low:.4f} to {row.high:.4f}"
    if math.isnan(row.low):
        interval = "95 % interval absent, as few worlds make the difference"
    print(
        f"Welfare of {STATE}, mean of {worlds} worlds: {row.played:.4f}, with never "
        f"{row.against:.4f}; difference {row.difference:.4f}, {interval}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or ("200",)))
