"""Show a world in Mesa's own page: solara run examples/app.py.

Needs ``pip install "solara==1.64.1" "solara-assets==1.58.2" "ipyvuetify<2" "ipyvue<2"``; with newer
widgets the page stays blank without a network. Illustrative and hypothetical, not a forecast.
"""

from mesa.visualization import SolaraViz, make_plot_component

from alliancesim.agents import Wargame

ARMS = ("no-smda", "two-member", "three-member")


def start(arm: str = "two-member", world: int = 3) -> Wargame:
    """Return a world of the newest edition, to be stepped month by month."""
    return Wargame("smda-2026", arm, seed=1, world=world)


PARAMETERS = {
    "scenario": "smda-2026",
    "arm": {"type": "Select", "value": ARMS[1], "values": list(ARMS), "label": "Arm"},
    "seed": 1,
    "world": {"type": "SliderInt", "value": 3, "min": 0, "max": 99, "step": 1, "label": "World"},
}
REPORTED = ("disputes", "wars_under_way", "total_spending_usd_bn")

page = SolaraViz(
    start(),
    components=[make_plot_component(name) for name in REPORTED],
    model_params=PARAMETERS,
    name="A decade, illustrative and hypothetical",
)
