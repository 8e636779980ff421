"""Campaigns that are killed: ``ALLIANCESIM_KILLS=100`` asks for as many kills, by default two."""

import os
import random
import signal
import subprocess
import sys
import time

import attrs
import pytest

import alliancesim as al
from alliancesim.data.files import write_bytes
from alliancesim.scenario import dumps

pytest.importorskip("pyarrow")
pytest.importorskip("filelock")

KILLS = int(os.environ.get("ALLIANCESIM_KILLS", "2"))
BLOCKS, BLOCK = 30 + KILLS, 8
PLAY = """
import sys
import alliancesim as al

if __name__ == "__main__":
    campaign = al.Campaign(sys.argv[1])
    print("ready", flush=True)
    campaign.play(to=int(sys.argv[2]), workers=2, executor=sys.argv[3])
"""


def begin(folder, scenario):
    return al.Campaign(
        folder, scenario, ["no-smda", "two-member"], seed=1, worlds_per_draw=4, block=BLOCK
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
def test_a_campaign_killed_at_random_moments_loses_nothing_but_the_block_in_progress(tmp_path):
    short = attrs.evolve(al.load("smda"), horizon_months=13)
    write_bytes(tmp_path / "short.toml", dumps(short))
    write_bytes(tmp_path / "play.py", PLAY)
    whole = begin(tmp_path / "whole", tmp_path / "short.toml")
    whole.play(to=BLOCKS * BLOCK, workers=2)
    killed = begin(tmp_path / "killed", tmp_path / "short.toml")
    moments = random.Random(7)
    words = [sys.executable, str(tmp_path / "play.py"), str(killed.folder), str(BLOCKS * BLOCK)]
    hits = 0
    for _ in range(KILLS):
        before = killed.worlds
        with subprocess.Popen([*words, "threads"], stdout=subprocess.PIPE) as child:
            child.stdout.readline()
            time.sleep(moments.uniform(0, 1.2))
            hits += child.poll() is None
            child.send_signal(signal.SIGKILL)
        assert before <= killed.worlds <= whole.worlds
    killed.play(to=BLOCKS * BLOCK)
    assert killed.digest == whole.digest
    killed.verify(0, repair=True)  # removes what kills left over
    assert killed.verify(1).sound
    assert killed.digest == whole.digest
    print(f"{hits} of {KILLS} kills while it played")


def test_processes_give_the_bits_of_threads(tmp_path):
    short = attrs.evolve(al.load("smda"), horizon_months=13)
    for name in ("threads", "processes"):
        begin(tmp_path / name, short).play(to=4 * BLOCK, executor=name, workers=2)
    digests = {al.Campaign(tmp_path / name).digest for name in ("threads", "processes")}
    assert len(digests) == 1
