import os
import subprocess
import sys

# A short world in which wars are cheap and allies eager, so that every rule is called.
PROGRAM = """
import attrs, hashlib, os
from alliancesim import load
from alliancesim.engine.play import play
interpreted = os.environ["NUMBA_DISABLE_JIT"] == "1"
scenario = attrs.evolve(load("smda"), horizon_months=14)
scenario = scenario.fixing(cost_base=0.1, cost_base_rival=0.05, response_intercept=1.0)
tally = play(scenario, worlds=1, first_world=14, seed=11, threads=1, interpreted=interpreted)
outcomes = tally.world, tally.focus, tally.adversary, tally.pair_square, tally.durations
world = tally.world
print(os.environ["NUMBA_DISABLE_JIT"], world["wars"].sum(), world["answered_force"].sum())
print(world["answers_raised"].sum())
print(*(hashlib.sha256(each.tobytes()).hexdigest() for each in outcomes))
"""


def test_plain_python_plays_the_compiled_world_to_the_last_bit():
    compiled, plain = (played(NUMBA_DISABLE_JIT=value) for value in ("0", "1"))
    assert (compiled[0], plain[0]) == ("0", "1")
    assert float(plain[1]) > 0.0
    assert float(plain[2]) > 0.0
    assert float(plain[3]) > 0.0
    assert plain[1:] == compiled[1:]


def played(**environment):
    command = [sys.executable, "-W", "error", "-c", PROGRAM]
    environment = {**os.environ, **environment}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()
