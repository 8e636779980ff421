"""Junk in every argument and option of every command: a message and exit code 2, or it works."""

import contextlib
import random

import click
import pytest
from click.testing import CliRunner

from alliancesim.cli import main
from tests.fuzz.sizes import size

CALLS = size(3000, 100)
JUNK = (
    "",
    " ",
    "x",
    "-1",
    "0",
    "1e999",
    "nan",
    "99999999999999999999",
    "x" * 5000,
    "../..",
    "/",
    ".",
)
JUNK += ("/dev/null", "no/such/x.toml", "x.png", "a,b", "a=b", "=", "a=", "\x1b[2J", "Türkiye", "-")
JUNK += ("smda", "SMDA", "two-member", "PAK", "KSA", "970", "2026-13-01", "\u2212 1", "--help")
GOOD = {
    "compare": ["smda", "--worlds", "2"],
    "replay": ["smda", "--arm", "two-member"],
    "duties": ["SMDA", "--attacker", "IRN", "--victim", "SAU"],
    "sources": ["PAK"],
    "gains": ["smda", "--pact", "SMDA", "--worlds", "2"],
}
LONG = ("--worlds", "--most", "--batch", "--draws", "--threads", "--chunk")


def tries(rng):
    """Yield command lines, one or two of whose words are junk."""
    while True:
        name = rng.choice([*GOOD, *GOOD, *main.commands])
        words = list(GOOD.get(name, []))
        options = [each for each in main.commands[name].params if isinstance(each, click.Option)]
        for _ in range(rng.choice((1, 1, 2))):
            if words and rng.random() < 0.4:
                words[rng.randrange(len(words))] = rng.choice(JUNK)
            elif options:
                option = rng.choice(options)
                words.append(option.opts[0])
                if not option.is_flag:
                    words.append(rng.choice(JUNK))
        yield [name, *words]


def plays(words):
    """Tell whether a command line may play at length, since nothing in it is wrong."""
    long = [words[n + 1] for n, each in enumerate(words[:-1]) if each in LONG]
    heavy = {"validate", "verify", "conformance", "warm", "hindcast"} | {"score-predictions"}
    return words[0] in heavy or any(each.isdigit() and int(each) > 4 for each in long)


def test_junk_on_the_command_line_is_a_message(tmp_path, monkeypatch, played):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with contextlib.suppress(ModuleNotFoundError):
        monkeypatch.setattr("alliancesim.room.server.serve", lambda *_, **__: None)
    rng, faults, done = random.Random(12), [], 0
    for words in tries(rng):
        if plays(words):
            continue
        found = CliRunner().invoke(main, words)
        told = found.output
        foreign = found.exception is not None and not isinstance(found.exception, SystemExit)
        if foreign or found.exit_code not in (0, 1, 2):
            faults.append(f"{words!r:.120}: {found.exception!r}"[:240])
        elif "\x1b" in told or (found.exit_code and len(told) > 4000):
            faults.append(f"{words!r:.120}: {told[:80]!r}")
        done += 1
        if done == CALLS:
            break
    assert not faults, f"{len(faults)} of {CALLS}\n" + "\n".join(faults[:60])


def test_every_command_has_been_thought_of():
    assert set(GOOD) <= set(main.commands)
    with pytest.raises(SystemExit):
        main(["--help"])
