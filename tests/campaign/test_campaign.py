import functools
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from alliancesim import Campaign, InvalidInput
from alliancesim.campaign import Plan, combine_blocks, play_blocks, worker
from alliancesim.campaign.digests import tree_digest
from alliancesim.comparison import compare, runner
from alliancesim.data import files
from tests import synthetic

pytest.importorskip("pyarrow")
pytest.importorskip("filelock")

BLOCK = 40
ARMS = synthetic.ARMS


@functools.cache
def outcomes(arms, options):
    return synthetic.played(arms, options)


@pytest.fixture(autouse=True)
def made_up(monkeypatch):
    def play(scenario, arms, options, progress=None):
        return outcomes(arms, options)

    monkeypatch.setattr(runner, "play", play)
    worker._plans.clear()
    yield
    worker._plans.clear()


@pytest.fixture
def campaign(tmp_path):
    def make(name="gulf", **given):
        return Campaign(tmp_path / name, "smda", ARMS, **{"seed": 1, "block": BLOCK, **given})

    return make


@pytest.fixture
def whole(campaign):
    made = campaign("whole")
    made.play(to=400)
    return made


def test_a_campaign_that_is_stopped_and_continued_has_the_digest_of_one_that_is_not(
    campaign, whole
):
    made = campaign()
    for to in (40, 130, 400):
        made.play(to=to)
    assert made.digest == whole.digest
    assert made.worlds == whole.worlds == 400


def test_neither_order_nor_executor_nor_files_change_the_digest(campaign, whole):
    made = campaign()
    made.play(first=200, to=400)
    assert made.status().missing == ((0, 4),)
    with ThreadPoolExecutor(3) as pool:
        made.play(to=200, executor=pool)
    assert made.compact() == 1
    assert made.digest == whole.digest
    assert str(made.comparison()) == str(whole.comparison())


def test_ends_are_moved_outwards_to_whole_blocks(campaign):
    made = campaign()
    made.play(first=50, to=90)
    assert [list(each.blocks) for each in made.segments()] == [[1], [2]]


def test_tables_drivers_and_flips_are_those_of_rows(whole, campaign):
    rows = compare("smda", ARMS, 400, 1, worlds_per_draw=8)
    found = whole.comparison()
    assert found.digest == whole.digest
    for one, other in (
        (found.differences(), rows.differences()),
        (found.differences(["adversary_wars"]), rows.differences(["adversary_wars"])),
        (found.means(), rows.means()),
        (found.drivers("wars_expected"), rows.drivers("wars_expected")),
        (found.flips("wars_expected"), rows.flips("wars_expected")),
    ):
        assert list(one.columns) == list(other.columns)
        for name in one.select_dtypes("number").columns.difference(["worlds_needed"]):
            np.testing.assert_allclose(one[name], other[name], rtol=1e-9, atol=1e-12)
        words = one.select_dtypes(exclude="number").columns
        assert one[words].equals(other[words])
    assert found.warnings == rows.warnings
    assert found.answer().sentences == rows.answer().sentences
    assert len(found.table().splitlines()) == len(rows.table().splitlines())


def test_what_needs_single_worlds_says_that_they_were_not_kept(whole):
    with pytest.raises(InvalidInput, match="not kept"):
        whole.comparison().worlds_that_differ("wars")


def test_ranges_of_blocks_are_played_and_combined_without_a_folder(smda, whole):
    plan = Plan(scenario=smda, arms=ARMS, seed=1, worlds_per_draw=8, block=BLOCK)
    later, earlier = list(play_blocks(plan, 5, 10)), list(play_blocks(plan, 0, 5))
    found = combine_blocks(plan, [*later, *earlier])
    assert found.digest == whole.digest
    one, other = found.differences(), whole.comparison().differences()
    assert one.equals(other)
    with pytest.raises(InvalidInput, match="consecutive"):
        combine_blocks(plan, [*earlier, *later[1:]])


def test_sums_and_their_order_are_part_of_the_digest():
    first, second = "00" * 32, "11" * 32
    assert tree_digest({0: first, 1: second}) != tree_digest({0: second, 1: first})
    assert tree_digest({0: first}) != tree_digest({1: first})
    assert tree_digest({2: first, 1: second}) == tree_digest({1: second, 2: first})


def test_three_machines_merged_have_the_digest_of_one(campaign, whole, tmp_path):
    for k, name in enumerate("abc"):
        campaign(name).play(first=k * 160, to=min(400, (k + 1) * 160))
    merged = Campaign.merge(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert merged.digest == whole.digest
    assert merged.comparison().differences().equals(whole.comparison().differences())
    assert Campaign.merge(tmp_path / "a", tmp_path / "b").digest == whole.digest


def test_campaigns_of_another_plan_are_not_merged(campaign, whole, tmp_path):
    campaign("other", seed=2).play(to=80)
    with pytest.raises(InvalidInput, match="something else"):
        Campaign.merge(tmp_path / "whole", tmp_path / "other")


def test_an_opened_campaign_needs_no_scenario_and_rejects_another(whole, tmp_path):
    assert Campaign(tmp_path / "whole").digest == whole.digest
    with pytest.raises(InvalidInput, match="something else"):
        Campaign(tmp_path / "whole", "smda", ARMS, seed=3, block=BLOCK)
    with pytest.raises(InvalidInput, match="no campaign here"):
        Campaign(tmp_path)


def test_a_folder_with_something_else_is_left_alone(campaign, tmp_path):
    (tmp_path / "gulf").mkdir()
    (tmp_path / "gulf" / "notes.txt").write_text("mine")
    with pytest.raises(InvalidInput, match="something else"):
        campaign()


def test_an_edited_manifest_is_rejected(whole, tmp_path):
    path = tmp_path / "whole" / "campaign.json"
    path.write_text(path.read_text().replace("smda", "mine", 1))
    with pytest.raises(InvalidInput, match="edited"):
        Campaign(tmp_path / "whole")


@pytest.mark.parametrize("folder", ["moments", "draws", "totals", "blocks"])
def test_a_file_cut_short_is_played_again(whole, tmp_path, folder):
    digest = whole.digest
    path = sorted((tmp_path / "whole" / folder).iterdir())[3]
    path.write_bytes(path.read_bytes()[:-20])
    assert whole.worlds == 360
    assert whole.status().stray
    with pytest.raises(InvalidInput, match="missing"):
        whole.comparison()
    whole.play(to=400)
    assert whole.digest == digest
    assert whole.verify().sound


def test_a_file_that_was_changed_is_found_and_repaired(whole, tmp_path):
    digest = whole.digest
    path = sorted((tmp_path / "whole" / "moments").iterdir())[3]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match="changed since"):
        whole.comparison()
    assert not whole.verify(0).sound
    assert whole.verify(0, repair=True).repaired
    whole.play(to=400)
    assert whole.digest == digest
    assert whole.verify().sound


def test_a_block_of_another_seed_does_not_count(whole, campaign, tmp_path):
    digest = whole.digest
    campaign("other", seed=2).play(to=80)
    for folder in ("moments", "draws", "totals", "blocks"):
        name = sorted((tmp_path / "other" / folder).iterdir())[0].name
        source = tmp_path / "other" / folder / name
        (tmp_path / "whole" / folder / name).write_bytes(source.read_bytes())
    assert whole.worlds == 360
    assert "foreign" in str(whole.verify(0))
    whole.play(to=400)
    assert whole.digest == digest


def test_a_block_whose_digest_was_forged_is_found_by_a_replay(whole, tmp_path):
    from alliancesim.campaign.documents import read_document, write_document

    path = sorted((tmp_path / "whole" / "blocks").iterdir())[0]
    content = read_document(path, "marker")
    write_document(path, {**content, "digests": ["00" * 32]})
    assert whole.verify(0).sound
    assert "other outcomes" in str(whole.verify(1))


def test_a_full_disk_loses_the_block_in_progress_alone(campaign, whole, monkeypatch):
    made, written = campaign(), []
    real = files.os.fsync

    def fsync(opened):
        written.append(opened)
        if len(written) > 40:
            raise OSError(28, "No space left on device")
        real(opened)

    with monkeypatch.context() as full:
        full.setattr(files.os, "fsync", fsync)
        with pytest.raises(InvalidInput, match="No space left"):
            made.play(to=400, workers=1)
    assert 0 < made.worlds < 400
    made.play(to=400)
    assert made.digest == whole.digest


def test_two_writers_are_kept_apart(campaign, whole):
    with whole._store.writing(), pytest.raises(InvalidInput, match="another process"):
        whole.play(to=800)


def test_a_machine_that_differs_is_rejected_or_marked(whole, monkeypatch):
    from alliancesim.campaign import campaign as module

    def other(identity, plan):
        return plan(), {**whole._store.machine(), "trial": "0" * 64}

    monkeypatch.setattr(module, "known", other)
    with pytest.raises(InvalidInput, match="differs from what the first blocks"):
        whole.play(to=440)
    assert whole.worlds == 400


def test_blocks_of_a_worker_that_differs_are_marked_if_asked(whole, monkeypatch):
    real = worker.machine
    worker._plans.clear()
    monkeypatch.setattr(worker, "machine", lambda plan: {**real(plan), "numba": "0.0"})
    with pytest.raises(InvalidInput, match="numba"):
        whole.play(to=440)
    whole.play(to=440, others="mark")
    assert len(whole.status().marked) == 1
    assert "marked: numba" in str(whole.status())


def test_play_until_stops_by_the_rule_of_play_until(campaign):
    from alliancesim.comparison import play_until

    asked = {"width": 0.5, "contrast": ("two-member", "no-smda")}
    rows = play_until("smda", "wars", arms=ARMS, seed=1, worlds_per_draw=8, batch=400, **asked)
    made = campaign()
    looks = made.play(until="wars", batch=400, **asked)
    assert [look.worlds for look in looks] == [look.worlds for look in rows.looks]
    for one, other in zip(looks, rows.looks, strict=True):
        assert one.lacking == other.lacking
        assert (one.mean, one.low, one.high) == pytest.approx((other.mean, other.low, other.high))
    assert made.worlds == looks[-1].worlds


def test_files_are_put_together_by_64_blocks_and_read_by_pandas(campaign, tmp_path):
    import pandas as pd

    made = campaign(block=8)
    made.play(to=8 * 70)
    assert sorted(len(each.blocks) for each in made.segments()) == [1] * 6 + [64]
    table = pd.read_parquet(tmp_path / "gulf" / "moments")
    wars = table[table["metric"] == "wars"]
    assert len(wars) == 70
    shown = made.comparison().means(["wars"])
    expected = wars["total two-member"].sum() / (8 * 70)
    assert shown.set_index("arm")["mean"]["two-member"] == pytest.approx(expected)
    assert len(pd.read_parquet(tmp_path / "gulf" / "draws")) == 70


def test_fixed_parameters_are_kept_world_by_world(campaign):
    made = campaign(priors=False)
    made.play(to=80)
    rows = compare("smda", ARMS, 80, 1, worlds_per_draw=8, priors=False)
    found = made.comparison()
    for name in ("mean", "low", "high"):
        np.testing.assert_allclose(found.differences()[name], rows.differences()[name], atol=1e-9)
    assert made.verify().sound


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"block": 12}, "multiple of 8"),
        ({"block": 0}, "block"),
        ({"seed": -1}, "seed"),
        ({"worlds_per_draw": 0}, "worlds_per_draw"),
    ],
)
def test_what_cannot_be_a_campaign_is_rejected_before_a_folder_is_made(
    campaign, tmp_path, given, message
):
    with pytest.raises(InvalidInput, match=message):
        campaign(**given)
    assert not (tmp_path / "gulf").exists()


@pytest.mark.parametrize(
    "given",
    [{}, {"to": 0}, {"to": 10, "first": 50}, {"to": 40, "executor": "gpu"}, {"until": "wars"}],
)
def test_what_cannot_be_played_is_rejected(campaign, given):
    made = campaign()
    with pytest.raises(InvalidInput):
        made.play(**given)
    assert made.worlds == 0


def test_a_status_is_plain_values(whole):
    found = json.loads(json.dumps(whole.status().to_dict()))
    assert found["worlds"] == 400
    assert found["digest"] == whole.digest
