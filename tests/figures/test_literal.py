"""Names and titles are drawn letter by letter."""

import io

import attrs
import matplotlib as mpl
import pytest
from matplotlib.text import Text

from alliancesim import figures


@pytest.mark.parametrize("draw", ["differences", "network", "strength"])
def test_a_dollar_sign_is_no_formula(made, smda, draw):
    states = tuple(attrs.evolve(each, name=f"{each.name} $a$ $\\frac$") for each in smda.states)
    arms = tuple(attrs.evolve(each, title=f"{each.title} for $5 and $6") for each in smda.arms)
    paid = attrs.evolve(smda, title="Costs $5 and $6 a year", states=states, arms=arms)
    given = made(16, scenario=paid) if draw == "differences" else paid
    figure = getattr(figures, draw)(given).figure
    figure.savefig(io.BytesIO(), format="svg")
    dollars = [each for each in figure.findobj(Text) if "$" in each.get_text()]
    assert not [each.get_text() for each in dollars if each.get_parse_math()]


def test_no_figure_needs_latex_whatever_the_settings_are(smda):
    with mpl.rc_context({"text.usetex": True}):
        assert figures.svg(figures.network(smda)).startswith(b"<?xml")
