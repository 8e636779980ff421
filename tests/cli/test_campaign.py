import json

import pytest
from click.testing import CliRunner

from alliancesim import cli
from alliancesim.campaign import worker
from alliancesim.comparison import runner
from tests import synthetic

pytest.importorskip("pyarrow")
pytest.importorskip("filelock")


@pytest.fixture
def run(monkeypatch):
    def play(scenario, arms, options, progress=None):
        return synthetic.played(arms, options)

    def invoke(*arguments):
        return CliRunner().invoke(cli.main, ["campaign", *(str(each) for each in arguments)])

    monkeypatch.setattr(runner, "play", play)
    worker._plans.clear()
    yield invoke
    worker._plans.clear()


@pytest.fixture
def begun(run, tmp_path):
    def begin(name, seed=1):
        arms = "no-smda,two-member"
        words = ("--seed", seed, "--arms", arms, "--block", 16, "--worlds-per-draw", 8)
        done = run("begin", tmp_path / name, "smda", *words)
        assert done.exit_code == 0, done.output
        return tmp_path / name

    return begin


def status(run, folder, tmp_path):
    done = run("status", folder, "--json", tmp_path / "status.json")
    assert done.exit_code == 0, done.output
    return json.loads((tmp_path / "status.json").read_text(encoding="utf-8"))


def test_a_campaign_is_begun_played_continued_and_put_together(run, begun, tmp_path):
    whole, parts = begun("whole"), begun("parts")
    assert run("play", whole, "--to", 64, "--workers", 1).exit_code == 0
    for to in (16, 64):
        assert run("play", parts, "--to", to, "--workers", 1).exit_code == 0
    one, other = (status(run, each, tmp_path) for each in (whole, parts))
    assert one["worlds"] == other["worlds"] == 64
    assert one["digest"] == other["digest"]
    assert "1 files" in run("compact", parts).stdout
    assert status(run, parts, tmp_path)["digest"] == one["digest"]
    assert run("verify", parts, "--sample", 1).exit_code == 0


def test_folders_are_merged_and_one_of_another_seed_is_rejected(run, begun, tmp_path):
    first, second, other = begun("first"), begun("second"), begun("other", seed=2)
    run("play", first, "--to", 16, "--workers", 1)
    run("play", second, "--from", 16, "--to", 32, "--workers", 1)
    run("play", other, "--to", 16, "--workers", 1)
    assert run("merge", first, second).exit_code == 0
    assert status(run, first, tmp_path)["worlds"] == 32
    done = run("merge", first, other)
    assert done.exit_code != 0
    assert "something else" in done.stderr


def test_damage_is_said_repaired_and_played_again(run, begun, tmp_path):
    folder = begun("gulf")
    run("play", folder, "--to", 32, "--workers", 1)
    digest = status(run, folder, tmp_path)["digest"]
    path = sorted((folder / "moments").iterdir())[0]
    path.write_bytes(path.read_bytes()[:-9])
    done = run("verify", folder, "--sample", 0, "--repair")
    assert done.exit_code == 1
    assert "does not count" in done.stdout
    assert run("play", folder, "--to", 32, "--workers", 1).exit_code == 0
    assert status(run, folder, tmp_path)["digest"] == digest
    assert run("verify", folder, "--sample", 0).exit_code == 0


def test_a_folder_without_a_campaign_is_rejected(run, tmp_path):
    done = run("status", tmp_path)
    assert done.exit_code != 0
    assert "no campaign here" in done.stderr
