"""A process that is killed while it writes leaves the old file or the new one, whole."""

import json
import random
import signal
import subprocess
import sys
import time

import pytest

from alliancesim.comparison import Comparison
from tests.fuzz.sizes import size

KILLS = size(100, 1)
WAYS = [("save", "nc"), ("json", "json"), ("report", "html")][: size(3, 2)]
WRITER = """
import sys
from pathlib import Path
import alliancesim as al
from alliancesim.cli._files import write_json
from alliancesim.comparison import Comparison
from alliancesim.report import write_report

what, folder = sys.argv[1], Path(sys.argv[2])
runs = [Comparison.load(folder / f"{n}.nc") for n in (0, 1)]
write = {
    "save": lambda run: run.save(folder / "out.nc"),
    "json": lambda run: write_json(run, folder / "out.json"),
    "report": lambda run: write_report(run, folder / "out.html"),
}[what]
print("ready", flush=True)
while True:
    for run in runs:
        write(run)
        print("written", flush=True)
"""


@pytest.mark.parametrize(("what", "end"), WAYS)
def test_the_old_or_the_new_file_is_there_whole(what, end, made, tmp_path):
    for n in (0, 1):
        made(12, seed=n).save(tmp_path / f"{n}.nc")
    rng, path = random.Random(12), tmp_path / f"out.{end}"
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, what, str(tmp_path)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout.readline() == b"ready\n"
            writer.stdout.readline()
            time.sleep(rng.random() * (0.02 if what != "report" else 0.5))
            writer.send_signal(signal.SIGKILL)
        content = path.read_bytes()
        if what == "save":
            Comparison.load(path)
        elif what == "json":
            assert json.loads(content)["worlds"] == 12
        else:
            assert content.rstrip().endswith(b"</html>")
