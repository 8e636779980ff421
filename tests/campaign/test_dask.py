"""Workers of Dask that are killed: ``ALLIANCESIM_KILLS=20`` asks for as many, by default two."""

import os
import random
import signal

import attrs
import pytest

import alliancesim as al

pytest.importorskip("pyarrow")
pytest.importorskip("filelock")
distributed = pytest.importorskip("distributed")

KILLS = int(os.environ.get("ALLIANCESIM_KILLS", "2"))
BLOCKS, BLOCK = 24, 8


def begin(folder, seed=1):
    short = attrs.evolve(al.load("smda"), horizon_months=13)
    arms = ["no-smda", "two-member"]
    return al.Campaign(folder, short, arms, seed=seed, worlds_per_draw=4, block=BLOCK)


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as cluster,
        distributed.Client(cluster) as opened,
    ):
        yield opened


def kill_a_worker(client, random):
    found = client.run(os.getpid)
    os.kill(random.choice(sorted(found.values())), signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
def test_a_worker_killed_at_a_random_block_moves_no_bit_of_the_digest(tmp_path, client):
    whole = begin(tmp_path / "whole")
    whole.play(to=BLOCKS * BLOCK, workers=1)
    moments = random.Random(11)
    for kill in range(KILLS):
        made = begin(tmp_path / f"killed-{kill}")
        at, finished, killed = moments.randrange(1, BLOCKS - 4), [], []

        def progress(worlds, at=at, finished=finished, killed=killed):
            finished.append(worlds)
            if len(finished) == at:
                kill_a_worker(client, moments)
                killed.append(at)

        made.play(to=BLOCKS * BLOCK, executor=client.get_executor(), progress=progress)
        assert killed
        assert len(finished) == BLOCKS
        assert made.digest == whole.digest
    assert made.verify(1).sound
