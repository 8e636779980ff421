"""How many worlds these tests play, and how seats are filled in them."""

import os

import alliancesim as al
from alliancesim.seats import Game

STATES = ("PAK", "SAU", "TUR")
TABLES = (*((state,) for state in STATES), STATES)
ARM = "three-member"


def follow(decision):
    """Decide as the model does."""
    return decision.model_choice


def many(few):
    """Return how many worlds to play: few, or what ALLIANCESIM_SEAT_WORLDS says."""
    return int(os.environ.get("ALLIANCESIM_SEAT_WORLDS", few))


def finish(game, policy=follow):
    while game.decision is not None:
        game.send(policy(game.decision))
    return game


def start(world, seats=STATES, arm=ARM, scenario=None, seed=1):
    """Start a world; where many are played, without beliefs, which take most of the time."""
    given = scenario or al.load("smda")
    return Game(given, arm, seats, seed=seed, world=world, beliefs=many(0) == 0)
