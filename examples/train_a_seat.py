"""Can a learning program do better in a seat than one that says no to everything?

A bandit by successive halving (Jamieson and Talwalkar 2016, arXiv:1502.07943): every arm is a plain
rule, all play the same worlds, the worse half is dropped, the rest play on. What is left is compared
with "never" in worlds that it was not trained on, on common random numbers.

The reward is the model's welfare, and leaves out much; illustrative, not predictive, and the
three-member arm is hypothetical. Needs the extra ``envs``. Run it with the number of worlds to
compare in: ``python examples/train_a_seat.py 200``.
"""

import sys
from itertools import product

import alliancesim as al
from alliancesim.seats import effect, never

STATE, ARM, SEED = "PAK", "three-member", 1
FIRST, TRAINED_FROM = 4, 1_000_000  # worlds of the first round; worlds to train in begin far away
RULES = tuple(
    product((0, 1), (0, 2, 4), (0, 1))
)  # whether to challenge; answers; whether to resist


def choose(rule: tuple[int, int, int], kind: str) -> int:
    """Return what a rule does at a kind of decision."""
    challenges, answers, resists = rule
    if kind in ("resist", "refuse", "fight"):
        return resists
    return challenges if kind == "challenge" else answers


def episode(env, rule: tuple[int, int, int], world: int) -> float:
    """Play a world by a rule; return the sum of rewards."""
    _, info = env.reset(options={"world": world})
    total, over = 0.0, False
    while not over:
        _, reward, over, _, info = env.step(choose(rule, info["kind"]))
        total += reward
    return total


def train(env, first: int = FIRST) -> tuple[int, int, int]:
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
    rule = train(al.envs.SeatEnv("smda", ARM, STATE, seed=SEED, beliefs=False), first)
    print(f"Left of {len(RULES)} rules: challenge {rule[0]}, answer {rule[1]}, resist {rule[2]}")

    def trained(decision):
        return min(choose(rule, decision.kind), decision.options[-1])

    found = effect("smda", ARM, {STATE: trained}, against={STATE: never}, worlds=worlds, seed=SEED)
    row = found.table.loc["welfare"]
    print(
        f"Welfare of {STATE}, mean of {worlds} worlds: {row.played:.4f}, with never {row.against:.4f}; "
        f"difference {row.difference:.4f}, 95 % interval {row.low:.4f} to {row.high:.4f}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or ("200",)))
