"""Patterns of history: in band at the defaults, and out of it when the model is broken."""

import json
import math

import attrs
import pytest
from click.testing import CliRunner

from alliancesim import cli
from alliancesim.data.quantity import Quantity
from alliancesim.errors import InvalidInput
from alliancesim.validation.calibration import STRICT, TARGETS
from alliancesim.validation.generic import generic, members, provoking
from alliancesim.validation.geography import RECORDED_PAIR_YEARS
from alliancesim.validation.patterns import Finding, _verdict, patterns, simulated, validate

GATED = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P16", "P18", "P19")
# A war of the SMDA world calls two allies that owe defence too seldom to tell how they go together
# at this size.
# In both worlds more allies use force short of war than did: the model's own miss, on its page.
KNOWN = {
    ("smda", "allies fail together: correlation of answers within a war"),
    ("generic", "allies seldom use force in disputes short of war"),
    ("smda", "allies seldom use force in disputes short of war"),
}


@pytest.fixture(scope="module")
def found():
    """What both worlds show."""
    return validate(480, seed=3, only=GATED)


@pytest.mark.slow
@pytest.mark.parametrize("pattern", GATED)
def test_a_pattern_is_in_band(found, pattern):
    findings = found.of(pattern)
    assert findings
    missed = [each for each in findings if each.verdict == "missed"]
    assert {(each.world, each.pattern.claim) for each in missed} <= KNOWN


@pytest.mark.slow
def test_intervals_are_narrow_enough_to_tell(found):
    for each in filter(lambda each: each.pattern.banded, found.of("P1", "P2", "P3", "P4", "P5")):
        width = each.pattern.high - each.pattern.low
        assert each.high - each.low < width, each.pattern.claim


def doubled(scenario):
    twice = Quantity(2.0, "ratio", None, "twice as often, to break it", "derived")
    pairs = (
        attrs.evolve(pair, rate_multiplier_a=twice, rate_multiplier_b=twice)
        for pair in scenario.pairs
    )
    return attrs.evolve(scenario, pairs=tuple(pairs))


def held(**values):
    return lambda scenario: scenario.fixing(**values)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "change"),
    [
        ("P1", doubled),
        ("P2", held(rate_rival=0.05)),
        ("P3", held(rate_land=0.15)),
        ("P4", held(concession_chance=0.5)),
        ("P5", held(resistance_base=0.9)),
        ("P6", held(initiator_advantage=3.0)),
        ("P7", held(attrition=0.1)),
        ("P8", held(term_severity=8.0)),
        ("P9", held(shock_sd=10.0)),
        ("P16", held(duration_log_sd=0.1)),
        ("P18", held(cost_base=0.25)),
        ("P19", held(audience_cost=0.3)),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_broken_model_falls_out_of_band(pattern, change):
    place = "smda" if pattern == "P8" else "generic"
    worlds = 240 if pattern in ("P9", "P19") else 72
    found = validate(worlds, seed=1, only=(pattern,), places=(place,), change=change)
    assert found.missed


def test_findings_as_json_give_value_interval_and_band_of_each():
    told = json.loads(validate(4, only=("P1", "P7", "P13"), places=("generic", "smda")).to_json())
    assert (told["worlds"], told["seed"], told["preset"]) == (4, 0, "post-1945")
    assert told["worlds_answers_smda"] == 16
    assert {each["pattern"] for each in told["findings"]} == {"P1", "P7", "P13"}
    for each in told["findings"]:
        assert set(each) == {
            *("pattern", "claim", "world", "unit", "band", "source", "role", "value"),
            *("interval", "verdict", "note"),
        }
        assert len(each["band"]) == len(each["interval"]) == 2
        counted = each["verdict"] in ("in band", "not shown", "missed", "reported")
        assert counted == (each["interval"][0] is not None)


def test_what_has_no_value_has_no_verdict():
    first = patterns()[0]
    assert _verdict(first, math.nan, math.nan, True) == "not computed"
    found = Finding(first, "generic", math.nan, math.nan, math.nan, "not computed")
    assert simulated(found) == "–"
    assert found.to_dict()["value"] is None


def test_nothing_that_was_fitted_is_called_a_test():
    fitted = {each.measure for each in (*TARGETS, *STRICT)}
    roles = {each.measure: each.role for each in patterns()}
    assert {roles[measure] for measure in fitted} == {"fitted"}


def test_what_the_priors_decide_is_called_an_input():
    # Without a share of risk that the pact insures, the sign of the unconditional pact turns.
    roles = {each.measure: each.role for each in patterns()}
    assert roles["unconditional_involving"] == roles["conditional_involving"] == "input"
    assert roles["deterred"] == "cannot fail"


def test_on_the_strict_preset_what_is_judged_after_1945_alone_is_reported():
    found = validate(8, preset="strict", only=("P5",), places=("generic",))
    assert {each.verdict for each in found.findings} <= {"reported", "not computed"}


def test_a_number_without_a_band_is_reported_and_not_judged():
    found = validate(24, only=("P17",), places=("generic",)).findings
    assert [each.verdict for each in found if not each.pattern.banded] == ["reported"]


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(-0.2, -0.1, "in band"), (-0.1, 0.1, "not shown"), (0.1, 0.2, "missed")],
)
def test_a_sign_is_shown_by_a_whole_interval_alone(low, high, verdict):
    (sign,) = (each for each in patterns() if each.measure == "bigger_less_reliable")
    assert sign.sign
    assert _verdict(sign, low, high, True) == verdict
    assert _verdict(sign, low, high, False) == "reported"
    band = attrs.evolve(sign, sign=False)
    assert _verdict(band, -0.1, 0.1, True) == "in band"


def test_every_pattern_is_there_and_says_what_it_is():
    assert [*dict.fromkeys(each.id for each in patterns())] == [f"P{n}" for n in range(1, 20)]
    assert all(each.source and each.note for each in patterns())


def test_too_few_worlds_are_refused():
    with pytest.raises(InvalidInput, match="from 4 to"):
        validate(3, only=("P1",))


@pytest.mark.slow
def test_the_command_prints_the_table_and_draws_the_figure(tmp_path):
    files = tmp_path / "found.json", tmp_path / "found.svg"
    given = ["validate", "--worlds", "4", "--json", str(files[0]), "--figure", str(files[1])]
    done = CliRunner().invoke(cli.main, given)
    assert done.exit_code == 0
    told = json.loads(files[0].read_text(encoding="utf-8"))
    assert all(each["claim"] in done.stdout for each in told["findings"])
    assert "<svg" in files[1].read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [0, 7])
def test_classes_of_pairs_in_the_generic_world_are_in_the_proportions_of_the_record(number):
    pairs = generic(number).pairs
    total = sum(RECORDED_PAIR_YEARS.values())
    for name, years in RECORDED_PAIR_YEARS.items():
        count = sum(pair.dispute_class == name for pair in pairs)
        assert abs(count - len(pairs) * years / total) <= 0.5


def test_a_map_of_the_generic_world_is_always_the_same_and_maps_differ():
    first, again = generic(2), generic.__wrapped__(2)
    assert first == again
    assert first.pairs != generic(3).pairs


def test_pacts_of_the_generic_world_share_no_member_and_join_no_rivals():
    scenario = generic(1)
    sides = [members(scenario, pact) for pact in (*scenario.standing, "PACT-COND")]
    everyone = [state for side in sides for state in side]
    assert len(everyone) == len(set(everyone)) == 4 * 2 + 5 + 6 + 4
    rivals = {(pair.a, pair.b) for pair in scenario.pairs if pair.rivalry == "open"}
    assert not any(a in side and b in side for side in sides for a, b in rivals)


def test_a_provoking_state_is_multiplied_in_its_own_direction_alone():
    scenario = provoking(generic(), "S05", 3.0)
    first, last = scenario.pair("S05", "S06"), scenario.pair("S04", "S05")
    assert first.rate_multiplier_a.value == last.rate_multiplier_b.value == 3.0
    assert first.rate_multiplier_b is last.rate_multiplier_a is None
