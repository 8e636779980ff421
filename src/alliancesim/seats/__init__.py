"""A seat in a world: a person, a rule or a learning program decides for a state."""

from __future__ import annotations

from alliancesim.seats.debrief import Debrief, Effect, debrief, effect, tournament
from alliancesim.seats.game import KINDS, Decision, Game, Move, Policy, decisions, play
from alliancesim.seats.observation import Neighbour, Observation
from alliancesim.seats.policies import (
    POLICIES,
    always_honour,
    by_kind,
    faithful,
    free_rider,
    isolationist,
    mediator,
    never,
    random_policy,
    scripted,
    the_model,
    tit_for_tat,
)

__all__ = [
    "KINDS",
    "POLICIES",
    "Debrief",
    "Decision",
    "Effect",
    "Game",
    "Move",
    "Neighbour",
    "Observation",
    "Policy",
    "always_honour",
    "by_kind",
    "debrief",
    "decisions",
    "effect",
    "faithful",
    "free_rider",
    "isolationist",
    "mediator",
    "never",
    "play",
    "random_policy",
    "scripted",
    "the_model",
    "tit_for_tat",
    "tournament",
]
