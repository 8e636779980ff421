"""Who gains: shares of made-up games, arms of coalitions, contributions, verdicts."""

import json
from fractions import Fraction
from itertools import permutations
from math import factorial

import attrs
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import alliancesim as al
from alliancesim import cli
from alliancesim.coalition_value import games, stability
from alliancesim.coalition_value.coalitions import pact_of
from alliancesim.coalition_value.contributions import Contribution, contributions, levelled
from alliancesim.coalition_value.result import Gains, Worth
from alliancesim.comparison import runner
from alliancesim.errors import InvalidInput
from alliancesim.figures.gains import members, report, shapley, worth
from alliancesim.stats.paired import Design

SMDA = al.load("smda")
ALL = ("PAK", "SAU", "TUR")
fractions = st.fractions(min_value=-9, max_value=9, max_denominator=12)


def game(values):
    return np.array(values, dtype=object)


def of(n):
    return st.lists(fractions, min_size=2**n, max_size=2**n)


@given(st.integers(1, 4).flatmap(of))
def test_shapley_values_sum_exactly_to_what_all_add_to_nobody(values):
    assert sum(games.shapley(game(values))) == values[-1] - values[0]


@given(of(3))
def test_a_shapley_value_is_the_mean_over_all_orders_of_joining(values):
    shares = [Fraction(0)] * 3
    for order in permutations(range(3)):
        place = 0
        for player in order:
            shares[player] += values[place | 1 << player] - values[place]
            place |= 1 << player
    assert list(games.shapley(game(values))) == [each / factorial(3) for each in shares]


@given(of(2), fractions)
def test_a_dummy_gets_what_it_adds_alone(values, alone):
    with_dummy = [*values, *(each + alone for each in values)]
    shares = games.shapley(game(with_dummy))
    assert shares[2] == alone
    assert list(shares[:2]) == list(games.shapley(game(values)))


@given(of(3))
def test_players_that_add_the_same_to_every_coalition_get_the_same(values):
    values[0b010] = values[0b001]
    values[0b110] = values[0b101]
    shares = games.shapley(game(values))
    assert shares[0] == shares[1]


@given(of(3), of(3))
def test_the_shares_of_a_sum_of_games_are_the_sums_of_shares(one, other):
    both = games.shapley(game([a + b for a, b in zip(one, other, strict=True)]))
    assert list(both) == list(games.shapley(game(one)) + games.shapley(game(other)))


def test_games_of_many_worlds_are_shared_out_side_by_side():
    values = np.random.default_rng(1).normal(size=(5, 8))
    assert games.shapley(values).shape == (5, 3)
    assert games.shapley(values)[2] == pytest.approx(games.shapley(values[2]))


def test_what_is_no_game_is_refused():
    with pytest.raises(InvalidInput, match="3 coalitions"):
        games.shapley(np.zeros(3))


# -- arms ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pact():
    return pact_of(SMDA, "SMDA", None, ())


def test_by_default_those_who_join_in_an_arm_are_members(pact):
    assert pact.parties == ("PAK", "SAU")
    assert pact.members == ALL


@pytest.mark.parametrize(
    ("coalition", "supposed"),
    [({"PAK", "SAU"}, False), ({"PAK", "TUR"}, True), ({"SAU", "TUR"}, True), (set(ALL), True)],
)
def test_a_coalition_is_an_arm_in_which_these_alone_are_in_the_pact(pact, coalition, supposed):
    coalition = frozenset(coalition)
    played = pact.playable([coalition], SMDA)
    arm = pact.arm(coalition)
    found = {each.id: each for each in played.treaties_in(arm.name)}
    assert set(found["SMDA"].members) == coalition
    assert arm.hypothetical is supposed
    assert ("Hypothetical" in arm.title) is supposed
    assert played.reference == SMDA.reference


@pytest.mark.parametrize("few", [(), ("PAK",), ("TUR",)])
def test_a_pact_of_fewer_than_two_is_the_arm_without_it(pact, few):
    assert pact.arm(frozenset(few)) == SMDA.arm("no-smda")


def test_a_reference_that_has_the_pact_is_played_without_it():
    turned = attrs.evolve(SMDA, reference="two-member")
    without = pact_of(turned, "SMDA", None, ()).without
    assert without.adds == ()
    assert without.hypothetical


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"pact": "NATO"}, "in force in every arm"),
        ({"pact": "WEU"}, "no treaty"),
        ({"members": ("SAU", "TUR")}, "PAK is a party and left out"),
        ({"members": ("SAU", "PAK", "XXX")}, "no state 'XXX'"),
        ({"members": ("SAU", "PAK", "SAU")}, "named twice"),
        ({"candidates": ("TUR",)}, "TUR is a member already"),
        ({"members": ("SAU", "PAK", "TUR", "EGY", "QAT", "ARE", "IRQ")}, "7 members"),
        ({"contributions": {"IND": ["money"]}}, "no member"),
        ({"contributions": {"SAU": ["oil"]}}, "no contribution 'oil'"),
        ({"levels": ("lowest",)}, "levels: .*median, others"),
        ({"worlds": 1}, "1"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_played(wrong, message):
    with pytest.raises(InvalidInput, match=message):
        al.gains(SMDA, **{"pact": "SMDA"} | wrong)


# -- contributions -------------------------------------------------------------------------------


def test_a_contribution_is_set_to_the_median_and_nothing_else_moves():
    what = Contribution("PAK", "manpower")
    changed, words = levelled(SMDA, what, ALL, "median")
    assert changed.state("PAK").active_personnel.value == 355.2
    assert changed.state("PAK").active_personnel.prior is None
    assert "660 → 355.2" in words
    back = attrs.evolve(changed.state("PAK"), active_personnel=SMDA.state("PAK").active_personnel)
    assert back == SMDA.state("PAK")
    assert (changed.umbrellas, changed.pairs) == (SMDA.umbrellas, SMDA.pairs)


def test_a_member_that_is_the_median_leaves_the_scenario_as_it_is():
    changed, words = levelled(SMDA, Contribution("SAU", "money"), ALL, "median")
    assert changed is SMDA
    assert words == "is the median"
    assert levelled(SMDA, Contribution("SAU", "money"), ALL, "others")[0] is not SMDA


def test_without_warheads_the_beliefs_in_their_cover_go():
    changed, _ = levelled(SMDA, Contribution("PAK", "deterrent"), ALL, "median")
    assert changed.state("PAK").nuclear_warheads.value == 0
    assert {each.patron for each in changed.umbrellas} == {"USA"}


def test_members_of_whom_nothing_is_commonly_said_are_valued_in_all():
    kinds = [each.kind for each in contributions(("EGY",), None)]
    assert len(kinds) == 7
    assert contributions(("EGY",), {}) == ()


# -- verdicts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (["gains"], "fails"),
        (["gains", "gains", "unclear"], "unclear"),
        (["gains", "unclear", "does not gain"], "holds"),
    ],
)
def test_an_admission_needs_all_to_gain(answers, verdict):
    assert stability.does_not(answers) == verdict


def made(worlds=400, effect=0.5, worlds_per_draw=8):
    """Return gains of made-up welfare: each pact of two or more gives each of its members more."""
    noise = np.random.default_rng(3).normal(size=(worlds, 4))
    pact = pact_of(SMDA, "SMDA", None, ("EGY",))
    given = {
        each: noise
        + [effect * (len(each) - 1) * (state in each and len(each) > 1) for state in pact.followed]
        for each in pact.coalitions()
    }
    less = {each: values - 0.1 * noise**2 * bool(each) for each, values in given.items()}
    worths = (
        Worth(Contribution("PAK", "manpower"), "others", "active_personnel 660 → 306", less),
        Worth(Contribution("SAU", "money"), "others", "is the median", None),
    )
    return Gains(pact, 1, Design(worlds, worlds_per_draw), given, worths, worlds)


def test_a_pact_that_all_gain_by_holds_within_and_fails_without():
    table = made().stability().set_index(["coalition", "condition"])["verdict"]
    grand = table["PAK+SAU+TUR"]
    assert grand["PAK does not gain by leaving"] == "holds"
    assert grand["EGY does not gain by joining, or is not wanted"] == "fails"
    assert grand["stable: all of these"] == "fails"


def test_a_pact_that_all_lose_by_fails_within_and_holds_without():
    table = made(effect=-0.5).stability().set_index(["coalition", "condition"])["verdict"]
    assert table["PAK+SAU"]["SAU does not gain by leaving"] == "fails"
    assert table["PAK+SAU"]["TUR does not gain by joining, or is not wanted"] == "holds"


def test_tables_say_what_was_put_in():
    found = made()
    values = found.values().set_index("coalition")["mean"]
    assert values["PAK"] == values["nobody"] == 0
    assert values["PAK+SAU"] == pytest.approx(1.0)
    assert values["PAK+SAU+TUR"] == pytest.approx(3.0)
    assert list(found.shapley()["mean"]) == pytest.approx([1.0, 1.0, 1.0])
    welfare = found.welfare()
    outside = welfare[(welfare["state"] == "EGY") & ~welfare["within"]]
    assert (outside["mean"] == 0).all()


def test_a_contribution_at_the_median_already_is_worth_nothing_exactly():
    rows = made().worth()
    money = rows[rows["contribution"] == "money"]
    assert (money["mean"] == 0).all()
    assert money[["low", "high"]].isna().all(axis=None)
    manpower = rows[(rows["contribution"] == "manpower") & (rows["outcome"] == "value")]
    assert manpower["mean"].iloc[0] > 0


def test_what_is_printed_fits_the_page_and_says_what_is_hypothetical():
    text = str(made())
    assert max(map(len, text.splitlines())) <= 100
    assert "PAK+SAU+TUR (hyp.)" in text
    assert "weights of welfare are priors" in text


def test_figures_have_a_row_for_each_and_mark_what_is_hypothetical():
    found = made()
    ax = members(found)
    assert len(ax.get_yticks()) == 8
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == 4
    assert "(hypothetical)" in shapley(found).get_title(loc="left")
    assert [text.get_text() for text in worth(found).get_yticklabels()] == [
        "PAK: manpower",
        "SAU: money",
    ]
    assert len(report(found).axes) == 3
    with pytest.raises(InvalidInput, match="no contributions"):
        worth(found, level="median")


# -- played --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def played():
    return al.gains("smda", "SMDA", contributions={"SAU": ["money"]}, worlds=64, seed=5)


def test_shapley_values_of_play_sum_to_the_value_of_all(played):
    shares = games.shapley(played.game)
    assert shares.sum(axis=1) == pytest.approx(played.game[:, -1], abs=1e-14)
    assert played.shapley()["mean"].sum() == pytest.approx(played.values()["mean"].iloc[-1])


def test_nobody_and_one_alone_are_worth_nothing(played):
    inert = played.values()[lambda table: table["inert"]]
    assert list(inert["coalition"]) == ["nobody", "PAK", "SAU", "TUR"]
    assert (inert["mean"] == 0).all()


def test_arms_of_coalitions_are_those_of_a_comparison(played):
    compared = al.compare("smda", worlds=64, seed=5, worlds_per_draw=8)
    wanted = compared.tally.values("welfare")
    for name, coalition in (("two-member", {"PAK", "SAU"}), ("three-member", set(ALL))):
        row = compared.arms.index(name)
        assert np.array_equal(played.played[frozenset(coalition)], wanted[:, row])


def stopped(monkeypatch, run, finished):
    """Let the keyboard interrupt a run of the engine after so many of its worlds."""
    fair, runs = runner.play, []

    def play(scenario, arms, options, progress=None):
        runs.append(arms)
        if len(runs) - 1 < run:
            return fair(scenario, arms, options, progress)
        if not finished:
            raise KeyboardInterrupt
        return fair(scenario, arms, attrs.evolve(options, worlds=finished), progress)

    monkeypatch.setattr(runner, "play", play)
    return runs


BRINGS = {"SAU": ["money"], "PAK": ["manpower"]}


def test_interrupted_among_coalitions_it_tells_of_the_worlds_finished(monkeypatch, played):
    runs = stopped(monkeypatch, 0, 24)
    found = al.gains("smda", "SMDA", contributions=BRINGS, worlds=64, seed=5)
    assert len(runs) == 1
    assert found.interrupted
    assert found.game == pytest.approx(played.game[:24], abs=0)
    assert found.worths == ()
    assert len(found.left_out) == 4
    assert "interrupted: 24 of 64 worlds; contributions not played: " in str(found)
    assert found.to_dict()["interrupted"] is True


@pytest.mark.parametrize("finished", [0, 8])
def test_interrupted_among_contributions_it_keeps_those_that_were_played(monkeypatch, finished):
    stopped(monkeypatch, 2, finished)
    found = al.gains("smda", "SMDA", contributions=BRINGS, worlds=16, seed=5, levels=["others"])
    assert found.design.worlds == found.asked == 16
    assert [each.what.state for each in found.worths] == ["SAU"]
    assert len(found.left_out) == 1
    assert found.interrupted


def test_interrupted_at_once_there_is_nothing(monkeypatch):
    stopped(monkeypatch, 0, 1)
    with pytest.raises(KeyboardInterrupt):
        al.gains("smda", "SMDA", contributions={}, worlds=16)


def test_the_command_interrupted_prints_what_was_finished_and_says_so_by_its_code(monkeypatch):
    stopped(monkeypatch, 0, 8)
    given = ["gains", "smda", "--pact", "SMDA", "--worlds", "16"]
    done = CliRunner().invoke(cli.main, given)
    assert done.exit_code == 130
    assert "interrupted: 8 of 16 worlds" in " ".join(done.stdout.split())


def test_what_was_played_in_full_says_nothing_of_it(played):
    assert not played.interrupted
    assert "interrupted" not in str(played)


def test_the_command_prints_the_report_and_writes_tables_and_a_figure(tmp_path):
    files = [tmp_path / "it.json", tmp_path / "it.png"]
    done = CliRunner().invoke(
        cli.main,
        [
            *("gains", "smda", "--pact", "SMDA", "--worlds", "16", "--no-contributions"),
            *("--json", str(files[0]), "--figure", str(files[1])),
        ],
    )
    assert done.exit_code == 0, done.output
    assert "Shapley value" in done.stdout
    kept = json.loads(files[0].read_text(encoding="utf-8"))
    assert (kept["worlds"], kept["worlds_per_draw"]) == (16, 8)
    assert {row["state"] for row in kept["shapley"]} == set(ALL)
    assert files[1].stat().st_size > 5000
