import hashlib

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancesim.errors import InvalidInput
from alliancesim.outcomes import concatenate
from alliancesim.outcomes.dataset import from_dataset, to_dataset
from alliancesim.outcomes.metrics import (
    ADVERSARY,
    FOCUS,
    FOCUS_HEADLINES,
    HEADLINES,
    METRICS,
    WORLD,
)
from tests import synthetic


def test_every_field_of_every_row_is_a_metric_once():
    fields = [(metric.level, metric.field) for metric in METRICS.values()]
    rows = {"world": WORLD, "focus": FOCUS, "adversary": ADVERSARY}
    assert sorted(fields) == sorted((level, f) for level in rows for f in rows[level].names)


@pytest.mark.parametrize("metric", METRICS.values(), ids=list(METRICS))
def test_a_metric_says_what_it_is(metric):
    assert metric.unit
    assert metric.label
    assert metric.definition.endswith(".")
    assert metric.kind != "expectation" or metric.name.removesuffix("_expected") in METRICS


def test_what_the_table_shows_are_metrics():
    assert all(METRICS[name].level == "world" for name in HEADLINES)
    assert all(METRICS[name].level == "focus" for name in FOCUS_HEADLINES)


@given(st.integers(1, 5), st.lists(st.integers(1, 5), min_size=1, max_size=4), st.randoms())
def test_chunks_in_any_order_are_the_whole_run(size, sizes, random_draw):
    starts = np.cumsum([0, *sizes])
    parts = [
        synthetic.tally(n, first_world=int(first), worlds_per_draw=size)
        for first, n in zip(starts, sizes, strict=False)
    ]
    random_draw.shuffle(parts)
    whole = synthetic.tally(sum(sizes), worlds_per_draw=size)
    joined = concatenate(parts)
    assert joined.digest == whole.digest
    np.testing.assert_array_equal(joined.draws, whole.draws)
    np.testing.assert_array_equal(joined.durations, whole.durations)
    np.testing.assert_array_equal(joined.pair_sum, whole.pair_sum)


def test_with_fixed_parameters_chunks_share_the_one_set():
    parts = [synthetic.tally(2, first_world=k, priors=False) for k in (0, 2)]
    assert len(concatenate(parts).draws) == 1


def test_a_missing_world_is_refused():
    parts = [synthetic.tally(2), synthetic.tally(2, first_world=3)]
    with pytest.raises(InvalidInput, match="world 3 follows world 1"):
        concatenate(parts)


def test_parts_of_different_runs_are_refused():
    with pytest.raises(InvalidInput, match="different seed"):
        concatenate([synthetic.tally(2), synthetic.tally(2, first_world=2, seed=5)])


def test_nothing_to_join_is_refused():
    with pytest.raises(InvalidInput, match="one or more"):
        concatenate([])


def test_the_digest_is_of_names_and_of_little_endian_rows_and_sums():
    tally = synthetic.tally(3)
    plain = hashlib.sha256()
    for names in (tally.arms, tally.focus_states, tally.states):
        plain.update(("\x1f".join(names) + "\x1e").encode())
    tables = (tally.world, tally.focus, tally.adversary, tally.pair_sum, tally.pair_square)
    for rows in tables:
        numbers = np.ascontiguousarray(rows).view(np.float64)
        plain.update(numbers.astype("<f8").tobytes())
    plain.update(tally.durations.astype("<i8").tobytes())
    assert tally.digest == plain.hexdigest()


def test_the_digest_changes_with_the_last_bit_of_any_number():
    tally = synthetic.tally(3)
    changed = tally.focus.copy()
    changed["welfare"][2, 1, 0] = np.nextafter(changed["welfare"][2, 1, 0], np.inf)
    assert attrs.evolve(tally, focus=changed).digest != tally.digest


def test_a_world_is_the_same_in_a_long_run():
    short, long = synthetic.tally(20), synthetic.tally(60)
    for level, rows in short.part(17, 18).items():
        np.testing.assert_array_equal(rows, long.part(17, 18)[level])


def test_an_array_of_another_shape_is_refused():
    tally = synthetic.tally(3)
    with pytest.raises(InvalidInput, match="focus"):
        attrs.evolve(tally, focus=tally.focus[:2])


def test_a_number_that_is_not_finite_is_refused():
    tally = synthetic.tally(3)
    broken = tally.world.copy()
    broken["wars"][1, 1] = np.nan
    with pytest.raises(InvalidInput, match="not finite"):
        attrs.evolve(tally, world=broken)


def test_the_data_set_has_a_variable_a_metric_with_its_unit(smda):
    tally = synthetic.tally(4)
    dataset = to_dataset(tally, smda)
    for name, metric in METRICS.items():
        variable = dataset[name]
        assert variable.dims == metric.dims
        assert variable.attrs["units"] == metric.unit
        np.testing.assert_array_equal(np.swapaxes(variable, 0, 1), tally.values(name))


def test_the_data_set_names_states_and_marks_hypothetical_arms(smda):
    dataset = to_dataset(synthetic.tally(2), smda)
    assert str(dataset["focus_name"].sel(focus="SAU").item()) == "Saudi Arabia"
    assert dataset["arm_hypothetical"].sel(arm="three-member").item() is True
    assert dataset["arm_hypothetical"].sel(arm="no-smda").item() is False


def test_a_data_set_gives_its_tally_back(smda):
    tally = synthetic.tally(5, first_world=7, worlds_per_draw=2, seed=2**64 - 1)
    back = from_dataset(to_dataset(tally, smda))
    for field in attrs.fields(type(tally)):
        ours, theirs = getattr(tally, field.name), getattr(back, field.name)
        if isinstance(ours, np.ndarray):
            np.testing.assert_array_equal(ours, theirs)
            assert ours.dtype == theirs.dtype
        else:
            assert ours == theirs
