import numpy as np
import pytest
from matplotlib.figure import Figure

from alliancesim.arrays.board import board
from alliancesim.errors import InvalidInput
from alliancesim.figures._arranged import apart, arranged
from alliancesim.figures.network import links, network
from alliancesim.validation.generic import generic


@pytest.fixture(scope="module")
def drawn(smda):
    return network(smda, arm="three-member")


def named(ax, start):
    return [each for each in ax.lines if str(each.get_gid()).startswith(start)]


def whom(ax, start):
    return {line.get_gid().split()[-1] for line in named(ax, start)}


def test_what_lies_near_is_drawn_near(smda):
    ids = [state.id for state in smda.states]
    places = np.array(list(arranged(smda).values()))
    drawn = np.hypot(*np.moveaxis(places[:, None] - places[None], -1, 0))
    above = np.triu_indices(len(ids), 1)
    assert np.corrcoef(drawn[above], apart(smda, ids)[above])[0, 1] > 0.9
    assert np.abs(places).max() == pytest.approx(1)


def test_the_map_is_turned_and_mirrored_as_the_globe_is(smda):
    east, north = ({name: at[axis] for name, at in arranged(smda).items()} for axis in (0, 1))
    assert east["GRC"] < east["TUR"] < east["IRN"] < east["PAK"] < east["IND"]
    assert east["EGY"] < east["SAU"] < east["ARE"]
    assert north["YEM"] < north["SAU"] < north["IRQ"] < north["TUR"] < north["USA"]


def test_states_without_a_region_lie_along_the_longer_side():
    places = arranged(generic())
    x, y = np.array(list(places.values())).T
    assert x.std() > y.std()
    assert x[0] < 0 < y[0]


def test_links_are_what_the_law_owes(smda):
    found = links(board(smda), "three-member")
    mutual = next(x for x in found if (x.treaty, x.a, x.b) == ("NATO", "GRC", "USA"))
    assert (mutual.level, mutual.surely, mutual.obligors) == (3, 3, ("GRC", "USA"))
    one_sided = next(x for x in found if x.treaty == "US-QAT")
    assert one_sided.obligors == ("USA",)
    assert not any(x.treaty == "SIMLA" for x in found)  # non-aggression is no help
    unknown = next(x for x in found if (x.treaty, x.a, x.b) == ("SMDA", "PAK", "SAU"))
    assert unknown.surely < unknown.level == 3


def test_only_what_no_real_arm_has_is_hypothetical(smda):
    supposed = {(x.treaty, x.a, x.b) for x in links(board(smda), "three-member") if x.hypothetical}
    assert supposed == {("SMDA", "PAK", "TUR"), ("SMDA", "SAU", "TUR")}
    assert not any(x.hypothetical for x in links(board(smda), "two-member"))


def test_every_state_and_rivalry_is_drawn(drawn, smda):
    assert whom(drawn, "state ") == {state.id for state in smda.states}
    open_ones = {f"{p.a}-{p.b}" for p in smda.pairs if p.rivalry == "open"}
    assert whom(drawn, "rivals ") == open_ones
    assert all(line.get_linestyle() == "--" for line in named(drawn, "rivals "))


def test_every_duty_is_a_line_and_what_is_hypothetical_is_hollow(drawn, smda):
    owed = links(board(smda), "three-member")
    assert whom(drawn, "SMDA ") == {f"{x.a}-{x.b}" for x in owed if x.treaty == "SMDA"}
    assert whom(drawn, "hollow ") == {"PAK-TUR", "SAU-TUR"}
    assert {line.get_color() for line in named(drawn, "hollow ")} == {"white"}


def test_a_treaty_of_many_is_a_band_that_reaches_every_member(drawn):
    ends = {state for pair in whom(drawn, "band ARABLG") for state in pair.split("-")}
    assert ends == {"ARE", "EGY", "IRQ", "QAT", "SAU", "SYR", "YEM"}
    assert len(whom(drawn, "band ARABLG")) == len(ends) - 1


def test_lines_end_where_states_lie(drawn):
    discs = {line.get_gid()[6:]: line.get_xydata()[0] for line in named(drawn, "state ")}
    for line in named(drawn, "rivals "):
        a, b = line.get_gid().split()[-1].split("-")
        assert line.get_xydata()[0] == pytest.approx(discs[a])
        assert line.get_xydata()[-1] == pytest.approx(discs[b])


def test_discs_of_the_stronger_are_larger(drawn):
    size = {line.get_gid()[6:]: line.get_markersize() for line in named(drawn, "state ")}
    assert size["USA"] > size["CHN"] > size["IND"] > size["SAU"] > size["YEM"]


def test_labels_lie_apart(drawn):
    drawn.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in drawn.texts]
    assert len(boxes) == 16 + 7
    over = [(a, b) for n, a in enumerate(boxes) for b in boxes[:n] if a.overlaps(b)]
    assert len(over) == 0


def test_the_title_and_the_key_say_what_is_hypothetical(drawn):
    assert "Hypothetical" in drawn.get_title(loc="left")
    said = [text.get_text() for text in drawn.get_legend().get_texts()]
    assert {"hypothetical", "added by this arm", "rivals"} <= set(said)


def test_narrow_axes_have_identifiers_for_names(smda):
    mine = Figure(figsize=(3.3, 3.2), layout="constrained").add_subplot()
    assert network(smda, mine, "two-member") is mine
    assert {"SAU", "USA"} <= {text.get_text() for text in mine.texts}
    assert mine.get_title(loc="left") == "two-member"


def test_it_can_be_drawn_into_a_part_of_a_figure(smda):
    whole = Figure(figsize=(8, 3), layout="constrained")
    mine = whole.subfigures(1, 2)[1].subplots()
    assert network(smda, mine) is mine


def test_an_unknown_arm_is_refused(smda):
    with pytest.raises(InvalidInput, match="no arm"):
        network(smda, arm="five-member")
