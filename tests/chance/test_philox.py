import os
import subprocess
import sys

import numpy as np
import pytest

from alliancesim._compile import compiled
from alliancesim.chance import philox

# Known answers of the generator's authors (Random123, kat_vectors): counter, key, output.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000",
     "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
     "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
     "d16cfe09 94fdcceb 5001e420 24126ea1"),
]  # fmt: skip
each_known = pytest.mark.parametrize(("counter", "key", "output"), KNOWN, ids=["0", "f", "pi"])


def words(text):
    return [np.uint64(int(word, 16)) for word in text.split()]


@each_known
def test_philox_gives_the_known_answers(counter, key, output):
    assert list(philox(*words(counter), *words(key))) == words(output)


@each_known
def test_philox_gives_the_known_answers_in_machine_code(counter, key, output):
    assert list(compiled(philox)(*words(counter), *words(key))) == words(output)


def test_a_process_that_compiles_nothing_draws_the_same():
    program = (
        "from alliancesim import chance\n"
        "from alliancesim._compile import can_compile, compiled\n"
        "assert not can_compile()\n"
        "uniform, uniform_at = compiled(chance.uniform), compiled(chance.uniform_at)\n"
        "normal_quantile = compiled(chance.normal_quantile)\n"
        "draws = [uniform(2**64 - 1, 2**48 - 1, 4095, 255, 255, 65535, 65535, 65535)]\n"
        "draws += [uniform(7, world, 3, 8, 1, 40, 50, 60) for world in range(20)]\n"
        "draws += [uniform_at(7, 17, number, 4, 40, 50, 0) for number in (0, 255, 256)]\n"
        "draws += [normal_quantile(u) for u in draws]\n"
        "print(*(float(x).hex() for x in draws))\n"
    )
    plain = run(program, NUMBA_DISABLE_JIT="1")
    assert plain == run(program.replace("assert not", "assert"), NUMBA_DISABLE_JIT="0")
    assert len(set(plain.split())) == 48


def run(program, **environment):
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
