"""Same seed, same outcomes: whatever the chunks, the threads, the length of the run."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alliancesim as al
from alliancesim.engine.play import play
from alliancesim.errors import InvalidInput
from alliancesim.testing import strategies


@settings(max_examples=15)
@given(
    scenario=strategies.scenarios(max_states=4),
    seed=st.integers(0, 2**64 - 1),
    chunk=st.integers(1, 9),
    per_draw=st.integers(1, 4),
    priors=st.booleans(),
)
def test_chunks_and_threads_change_no_bit(scenario, seed, chunk, per_draw, priors):
    how = {"worlds": 8, "seed": seed, "worlds_per_draw": per_draw, "priors": priors}
    whole = play(scenario, threads=1, chunk=8, **how)
    parts = play(scenario, threads=2, chunk=chunk, **how)
    assert whole.digest == parts.digest
    assert np.array_equal(whole.draws, parts.draws)
    assert np.array_equal(whole.durations, parts.durations)


@pytest.mark.slow
def test_many_worlds_have_one_digest_at_any_chunk_and_thread_count():
    scenario, arms = al.load("smda"), ["no-smda", "three-member"]
    digests = {
        play(scenario, arms, worlds=1000, seed=9, chunk=chunk, threads=threads).digest
        for chunk, threads in ((5, 2), (63, 2), (300, 1), (1000, 2))
    }
    assert len(digests) == 1


def test_another_seed_gives_another_digest():
    scenario = al.load("smda")
    one, other = (play(scenario, worlds=5, seed=seed).digest for seed in (1, 2))
    assert one != other


def test_world_17_is_the_same_in_a_short_and_in_a_long_run():
    scenario, arms = al.load("smda"), ["two-member"]
    short = play(scenario, arms, worlds=20, seed=4)
    long = play(scenario, arms, worlds=2000, seed=4)
    for level, row in short.part(17, 18).items():
        assert row.tobytes() == long.part(17, 18)[level].tobytes()


def test_an_arm_is_the_same_alone_and_beside_others():
    scenario = al.load("smda")
    beside = play(scenario, worlds=12, seed=6)
    alone = play(scenario, ["three-member"], worlds=12, seed=6)
    assert np.array_equal(beside.world[:, 2], alone.world[:, 0])
    assert np.array_equal(beside.adversary[:, 2], alone.adversary[:, 0])


SCRIPT = """
import alliancesim as al
from alliancesim.engine.play import play
print(play(al.load("smda"), ["two-member"], worlds=1, seed=11).digest)
"""


def test_the_kernel_as_plain_python_gives_the_same_bits():
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    plain = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
    )
    compiled = play(al.load("smda"), ["two-member"], worlds=1, seed=11).digest
    assert plain.stdout.strip() == compiled


def test_with_defaults_all_worlds_share_one_draw():
    tally = play(al.load("smda"), ["no-smda"], worlds=4, seed=1, priors=False)
    assert len(tally.draws) == 1
    assert tally.draws["insured_share"][0] == 0.5


def test_worlds_of_one_draw_share_its_parameters():
    tally = play(al.load("smda"), ["no-smda"], worlds=12, seed=1, worlds_per_draw=5)
    assert len(tally.draws) == 3
    one_by_one = play(al.load("smda"), ["no-smda"], worlds=3, seed=1, worlds_per_draw=1)
    assert np.array_equal(tally.draws, one_by_one.draws)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"worlds": 0}, "worlds"),
        ({"worlds": 2.0}, "worlds"),
        ({"worlds": 2, "seed": 2**64}, "seed"),
        ({"worlds": 2, "threads": 0}, "threads"),
        ({"worlds": 2, "chunk": 0}, "chunk"),
        ({"worlds": 2, "worlds_per_draw": 0}, "worlds_per_draw"),
        ({"worlds": 2, "arms": ["none"]}, "arm"),
    ],
)
def test_numbers_out_of_range_are_refused_before_any_work(given, place):
    with pytest.raises(InvalidInput) as caught:
        play(al.load("smda"), **given)
    assert caught.value.where == place


def test_a_run_that_cannot_fit_the_memory_is_rejected_before_it_starts():
    with pytest.raises(InvalidInput, match=r"worlds in 3 arms take [\d,.]+ GB"):
        play(al.load("smda"), worlds=2**36, seed=1)
