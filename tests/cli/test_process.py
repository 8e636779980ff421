"""The command as a process of its own: terminals, pipes and interrupts."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import time

import pytest

termios = pytest.importorskip("termios", reason="needs a terminal of Unix")

COMMAND = (sys.executable, "-m", "alliancesim")
COMPILING = 300
"""Seconds that a first use, which compiles the engine, may take."""


def test_json_can_be_piped():
    made = subprocess.run(
        [*COMMAND, "compare", "smda", "--worlds", "4", "--json", "-"],
        capture_output=True,
        check=True,
        timeout=COMPILING,
    )
    assert json.loads(made.stdout)["worlds"] == 4
    assert made.stderr == b""


@pytest.mark.parametrize("form", [(), ("--json", "-")])
def test_a_terminal_without_unicode_is_no_crash(form):
    made = subprocess.run(
        [*COMMAND, "compare", "smda", "--worlds", "4", *form],
        capture_output=True,
        check=True,
        timeout=COMPILING,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert b"smda" in made.stdout


def test_a_minus_stays_a_minus_where_a_terminal_has_no_other():
    said = {}
    for encoding in ("utf-8", "cp1252", "ascii", "latin-1"):
        made = subprocess.run(
            [*COMMAND, "duties", "NATO", "--attacker", "SYR", "--victim", "TUR"],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        said[encoding] = made.stdout.decode(encoding)
    assert all("?" not in text for text in said.values())
    shown = subprocess.run(
        [
            sys.executable,
            "-c",
            "from alliancesim.data.plain_text import fitting as f; "
            "print(f('\u22120.37 Türkiye \u2265 \u6771'))",
        ],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert shown.stdout.split() == [b"-0.37", b"Turkiye", b">=", b"\\u6771"]


def test_an_interrupt_while_it_is_loaded_ends_it_in_one_line():
    code = (
        "import os, signal, sys, alliancesim.__main__ as m\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "m.main()"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert made.returncode == 130
    assert made.stderr == b"interrupted before anything was finished\n"


def test_whoever_reads_the_first_line_alone_is_no_failure():
    command = f"{sys.executable} -u -m alliancesim sources PAK | head -1; exit ${{PIPESTATUS[0]}}"
    made = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (made.returncode, made.stderr) == (0, b"")


def test_a_reader_that_leaves_early_is_no_crash():
    with subprocess.Popen(
        [*COMMAND, "compare", "smda", "--worlds", "4"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        told = process.stderr.read()
        process.wait(COMPILING)
    assert b"Traceback" not in told


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from alliancesim.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'mesa', 'numba', 'numpy', 'matplotlib', 'pandas', 'scipy', 'xarray'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def long_run():
    """Start a run far too long, its standard error a terminal; yield it and the terminal."""
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    process = subprocess.Popen(
        [*COMMAND, "compare", "smda", "--worlds", "1000000", "--chunk", "8", "--threads", "1"],
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    yield process, ours
    process.kill()
    process.communicate()
    os.close(ours)


def _wait_for_worlds(terminal):
    told = ""
    deadline = time.monotonic() + COMPILING
    while not re.search(r"\d worlds/s", told):
        assert time.monotonic() < deadline, told
        if select.select([terminal], [], [], 1.0)[0]:
            told += os.read(terminal, 4096).decode()


def test_an_interrupt_prints_what_was_finished(long_run):
    process, terminal = long_run
    _wait_for_worlds(terminal)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "of 1,000,000 worlds" in printed.decode()
    assert "disputes begun against them" in printed.decode()
