import pytest
from matplotlib.figure import Figure

from alliancesim.arrays.board import board
from alliancesim.errors import InvalidInput
from alliancesim.figures._forces import DOMAINS, Forces
from alliancesim.figures.strength import coalitions, strength
from alliancesim.rules.strength import aggregate


@pytest.fixture(scope="module")
def forces(smda):
    return Forces.of(board(smda))


@pytest.fixture(scope="module")
def drawn(smda):
    return strength(smda)


def bars(ax, who):
    return [each for each in ax.patches if each.get_gid() in {f"{name} {who}" for name in DOMAINS}]


def at(ax, what):
    return next(line.get_xdata()[0] for line in ax.lines if line.get_gid() == what)


def test_strength_alone_is_the_rule_of_the_engine(forces):
    row = forces.row("SAU")
    weights = [getattr(forces.theta, f"weight_{name}") for name in DOMAINS]
    known = aggregate(*forces.parts[row], *weights, forces.theta.substitution)
    assert forces.strength[row] == pytest.approx(known)
    assert forces.together(["SAU"], 1.0) == forces.strength[row]


def test_depth_goes_from_strengths_added_to_strengths_pooled(forces):
    rows = [forces.row(name) for name in ("PAK", "SAU")]
    weights = [getattr(forces.theta, f"weight_{name}") for name in DOMAINS]
    pooled = aggregate(*forces.parts[rows].sum(axis=0), *weights, forces.theta.substitution)
    ends = [forces.together(["PAK", "SAU"], depth) for depth in (0.0, 1.0)]
    assert ends == pytest.approx([forces.strength[rows].sum(), pooled])
    assert forces.together(["PAK", "SAU"], 0.5) == pytest.approx(sum(ends) / 2)
    assert ends[0] < ends[1]


def test_coalitions_are_those_that_arms_add(smda):
    two, three = coalitions(smda)
    assert (two.treaty, two.members, two.hypothetical) == ("SMDA", ("PAK", "SAU"), False)
    assert (three.members, three.hypothetical) == (("PAK", "SAU", "TUR"), True)


def test_a_bar_is_the_weighted_domains_on_top_of_one_another(drawn, forces):
    for who in ("PAK", "PAK+SAU"):
        parts = sum(forces.parts[forces.row(each)] for each in who.split("+"))
        widths = [each.get_width() for each in bars(drawn, who)]
        assert widths == pytest.approx(list(100 * parts * forces.weights))
        ends = [each.get_x() + each.get_width() for each in bars(drawn, who)]
        starts = [each.get_x() for each in bars(drawn, who)]
        assert starts == pytest.approx([0.0, *ends[:-1]])


def test_dots_are_strengths_alone_added_and_pooled(drawn, forces):
    assert at(drawn, "alone TUR") == pytest.approx(100 * forces.strength[forces.row("TUR")])
    both = ["PAK", "SAU"]
    assert at(drawn, "added PAK+SAU") == pytest.approx(100 * forces.together(both, 0.0))
    assert at(drawn, "pooled PAK+SAU") == pytest.approx(100 * forces.together(both, 1.0))


def test_the_mark_of_depth_lies_between(drawn):
    ends = [at(drawn, f"{end} PAK+SAU+TUR") for end in ("added", "depth", "pooled")]
    assert ends == sorted(ends)


def test_the_domains_are_told_apart_without_colour(drawn):
    fills = {(each.get_facecolor(), each.get_hatch()) for each in bars(drawn, "PAK")}
    assert len(fills) == 5


def test_a_hypothetical_coalition_says_so_and_has_a_broken_edge(drawn):
    said = [label.get_text() for label in drawn.get_yticklabels()]
    assert sum("(hypothetical)" in each for each in said) == 1
    assert {each.get_linestyle() for each in bars(drawn, "PAK+SAU+TUR")} == {"--"}
    assert {each.get_linestyle() for each in bars(drawn, "PAK+SAU")} == {"-"}


def test_states_can_be_chosen_and_the_stronger_stand_above(smda):
    mine = Figure(figsize=(3.4, 3.6)).add_subplot()
    assert strength(smda, mine, ["YEM", "USA"]) is mine
    assert [label.get_text() for label in mine.get_yticklabels()][:2] == ["USA", "YEM"]


def test_a_state_that_is_not_there_is_refused(smda):
    with pytest.raises(InvalidInput, match="no state"):
        strength(smda, states=["XXX"])
    with pytest.raises(InvalidInput, match="no state is named"):
        strength(smda, states=[])
