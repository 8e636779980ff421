"""What a browser is shown: what is public of a world, and what a seat may know besides."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from alliancesim.agents.wargame import Wargame
from alliancesim.law.duty import Duties
from alliancesim.levels import Level
from alliancesim.narrative.chronicle import paragraphs
from alliancesim.narrative.wording import circumstance_in_words, month_in_words
from alliancesim.room.geography import drawn, pacts
from alliancesim.room.table import Table
from alliancesim.scenario import Scenario
from alliancesim.seats import Decision
from alliancesim.seats.game import outcomes_of

__all__ = [
    "board",
    "chance",
    "debriefing",
    "decision_view",
    "described",
    "likely",
    "own_view",
    "public",
]

NOTICE = (
    "Illustrative and hypothetical: not a forecast, and no statement on any state's intentions."
)
CALLS_SHOWN = 3
"""Months for which an answer to a call stays on the map."""
DOMAINS = ("manpower", "materiel", "strike", "industry", "finance")
QUESTIONS = {
    "challenge": "Challenge {target}?",
    "answer": "How do you answer the call of {target} against {challenger}?",
    "resist": "{challenger} challenges you. Resist?",
    "refuse": "You resist. Refuse the demand of {challenger}?",
    "fight": "{target} refuses. Go to war?",
    "war-answer": "It is war. How do you answer {target} against {challenger}?",
    "back": "It is war. How do you answer {challenger}, which began it, against {target}?",
    "ratify": "Ratify the accession of {joins} to {treaty}?",
    "leave": "Give notice to {treaty}?",
}
YES = {
    "challenge": ("let it pass", "challenge"),
    "resist": ("do not resist", "resist"),
    "refuse": ("concede", "refuse"),
    "fight": ("back down", "go to war"),
    "ratify": ("do not ratify", "ratify"),
    "leave": ("stay", "give notice"),
}
LEVELS = (
    *("do not answer", "diplomatic support", "material aid", "deploy forces"),
    *("limited force", "full force"),
)
BELIEFS = {
    "win": "The challenger wins a war, help as expected",
    "visible": "The challenger wins against those who answered",
    "nuclear": "A nuclear deterrent answers",
    "cover": "The challenger's own allies carry its risk",
    "cost": "Cost of war to you, as a share of the stake",
}
OWED = ("You owe nothing here", "You owe consultation", "You owe assistance", "You owe defence")
SHOWN = {
    "welfare": "welfare, stakes a year",
    "benefits": "benefits, share of its stakes",
    "spending_share": "military spending, % of GDP",
    "reputation": "reputation",
    "loss_share": "share of forces lost",
    "wars_on": "wars against it",
    "wars_by": "wars by it",
    "wars_drawn_in": "wars joined",
    "calls": "calls to it",
    "answered_aid": "answered with aid or more",
    "answered_force": "answered with force",
    "world_disputes": "disputes in the world",
    "world_wars": "wars in the world",
}


def described(scenario: Scenario) -> dict[str, Any]:
    """Return what is chosen from before a game: arms, states and those that are followed."""
    return {
        "name": scenario.name,
        "title": scenario.title,
        "arms": [
            {"name": arm.name, "title": arm.title, "hypothetical": arm.hypothetical}
            for arm in scenario.arms
        ],
        "states": [{"id": state.id, "name": state.name} for state in scenario.states],
        "focus": list(scenario.focus),
    }


def board(table: Table) -> dict[str, Any]:
    """Return what stays the same through a game."""
    scenario, arm = table.scenario, table.scenario.arm(table.game.model.arm)
    return {
        **described(scenario),
        "arm": {"name": arm.name, "title": arm.title, "hypothetical": arm.hypothetical},
        "map": drawn(scenario),
        "rivals": [[each.a, each.b] for each in scenario.pairs if each.rivalry == "open"],
        "seats": list(table.start.seats),
        "world": table.start.world,
        "seed": table.start.seed,
        "horizon": scenario.horizon_months,
        "notice": NOTICE,
    }


def public(model: Wargame, told: int = 0) -> dict[str, Any]:
    """Return what is public of a world; the chronicle from a paragraph on."""
    chronicle = [[each.turn, each.text] for each in paragraphs(model, public=True)]
    return {
        "month": model.turn,
        "label": month_in_words(model.board.scenario.start, model.turn),
        "states": {
            agent.id: {
                "strength": round(float(agent.now.strength), 4),
                "reputation": round(float(agent.now.reputation), 3),
                "wars": int(agent.now.wars),
                "nuclear": bool(agent.now.warheads > 0.0),
            }
            for agent in model.states
        },
        "pacts": pacts(model),
        "wars": [_war(war) for war in model.wars],
        "calls": list(_calls(model)),
        "from": told,
        "chronicle": chronicle[told:],
    }


def _war(war: Any) -> dict[str, Any]:
    sides = {"challenger": war.attack, "target": war.defence}
    return {
        "challenger": war.dispute.challenger.id,
        "target": war.dispute.target.id,
        "months": int(war.months),
        **{
            f"with_{name}": [offer.agent.id for offer in side.offers if offer.fights()]
            for name, side in sides.items()
        },
    }


def _calls(model: Wargame) -> Iterator[dict[str, Any]]:
    for event in reversed(model.events):
        if event.turn <= model.turn - CALLS_SHOWN:
            return
        if event.kind == "challenge":
            for state, level in event.facts["answers"].items():
                if level:
                    yield {
                        "from": event.facts["target"],
                        "to": state,
                        "level": int(level),
                        "against": event.facts["challenger"],
                    }


def own_view(table: Table, state: str) -> dict[str, Any]:
    """Return what a state knows of itself."""
    now = table.game.model.state(state).now
    names = (*DOMAINS, "strength", "spending", "gdp", "benefits", "reputation", "free")
    return {name: float(getattr(now, name)) for name in names}


def likely(probability: float) -> str:
    """Return a probability in words and in percent.

    Examples
    --------
    >>> likely(0.5)
    'about even (50%)'
    >>> likely(0.999)
    'almost certain (over 99%)'
    """
    words = (
        (0.95, "almost certain"), (0.8, "very likely"), (0.55, "likely"), (0.45, "about even"),
        (0.2, "unlikely"), (0.05, "very unlikely"), (0.0, "remote"),
    )  # fmt: skip
    said = next((word for least, word in words if probability >= least), "remote")
    if probability > 0.99:
        return f"{said} ({'certain' if probability >= 1.0 else 'over 99%'})"
    if probability < 0.01:
        return f"{said} ({'excluded' if probability <= 0.0 else 'under 1%'})"
    return f"{said} ({probability:.0%})"


def decision_view(table: Table, decision: Decision) -> dict[str, Any]:
    """Return a decision as its seat may see it; nothing of the model's choice or its chances."""
    seen, scenario = decision.observation, table.scenario
    names = {state.id: state.name for state in scenario.states}
    facts = {
        "challenger": names.get(seen.challenger, ""),
        "target": names.get(seen.target, ""),
        "treaty": seen.treaty,
        "joins": names.get(seen.joins, seen.joins) or "the applicant",
    }
    how = next((each for each in scenario.circumstances if each.name == seen.circumstance), None)
    words = LEVELS if decision.is_answer else YES[decision.kind]
    return {
        "number": len(table.game.moves),
        "state": decision.state,
        "kind": decision.kind,
        "answers": decision.is_answer,
        "question": QUESTIONS[decision.kind].format(**facts),
        "how": circumstance_in_words(how) if how else "",
        "options": [{"value": each, "words": words[each]} for each in decision.options],
        "duties": [
            found
            for each in seen.duties
            for found in _owes(each, decision.state, not decision.is_answer)
        ],
        "terms": list(_terms(decision, names)),
    }


def _terms(decision: Decision, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    seen = decision.observation
    if decision.is_answer:
        for level, words in enumerate(OWED):
            if seen.owed[level] > 0.0:
                yield _term(words, seen.owed[level])
    for name, words in BELIEFS.items():
        if name in seen.beliefs:
            yield _term(words, seen.beliefs[name], name != "cost")
    if seen.held is not None:
        yield _term("What you hold of what is disputed", seen.held, False)
    for state, share in sorted(seen.help.items(), key=lambda item: -item[1])[:6]:
        if share >= 0.005:
            words = f"{names[state]} helps the target, share of its forces expected"
            yield _term(words, share, False)


def _term(words: str, value: float, chance: bool = True) -> dict[str, Any]:
    said = likely(value) if chance else f"{value:.0%}"
    return {"words": words, "value": round(min(max(value, 0.0), 1.0), 4), "said": said}


def _owes(answer: Duties, state: str, principal: bool) -> list[dict[str, Any]]:
    """Return what a treaty makes a state owe, each duty once with the weight of its readings.

    For a principal of the dispute also what others owe there: it is what it has to expect.
    """
    found: dict[Any, dict[str, Any]] = {}
    for read in answer.reads:
        for duty in read.duties:
            mine = duty.obligor == state or (principal and duty.owed)
            if not mine or duty.kind == "right":
                continue
            key = (str(duty), duty.chain)
            if key not in found:
                found[key] = {
                    "treaty": duty.treaty,
                    "article": duty.article,
                    "owed": duty.owed and duty.level > Level.NONE,
                    "words": str(duty),
                    "weight": 0.0,
                    "chain": [
                        {"step": each.step, "outcome": each.outcome, "article": each.article,
                         "words": each.words}
                        for each in duty.chain
                    ],
                }  # fmt: skip
            found[key]["weight"] += read.weight
    ordered = sorted(found.values(), key=lambda each: (not each["owed"], -each["weight"]))
    for each in ordered:
        each["said"] = likely(each["weight"]) if len(answer.reads) > 1 else "no open clause"
    return ordered


def debriefing(table: Table) -> dict[str, Any]:
    """Return the decisions beside the model's, and what came of both worlds, state by state."""
    found = table.debrief()
    names = {state.id: state.name for state in table.scenario.states}
    start = table.scenario.start
    outcomes = {}
    for state in table.start.seats:
        rows = found.outcomes(state).loc[list(SHOWN)]
        outcomes[state] = [
            [SHOWN[name], *(round(float(value), 3) for value in row)]
            for name, row in zip(rows.index, rows.to_numpy(), strict=True)
        ]
    moves = []
    for move in found.game.moves:
        decision, seen = move.decision, move.decision.observation
        pair = [names[each] for each in (seen.challenger, seen.target) if each]
        moves.append(
            {
                "label": month_in_words(start, seen.month),
                "state": names[decision.state],
                "kind": decision.kind,
                "about": " against ".join(pair) or seen.treaty,
                "chosen": _words(decision, move.chosen),
                "model": _words(decision, decision.model_choice),
                "said": likely(decision.probabilities[move.chosen]),
                "deviates": move.deviates,
            }
        )
    first = None if found.first is None else found.game.moves.index(found.first)
    return {"moves": moves, "first": first, "outcomes": outcomes}


def chance(table: Table) -> dict[str, Any]:
    """Return outcomes as played beside the lowest, middle and highest of other worlds."""
    worlds = list(table.others())
    with table.lock:
        played = {state: table.game.outcomes(state) for state in table.start.seats}
    shown = {}
    for state, row in played.items():
        found = [outcomes_of(model, state) for model in worlds]
        shown[state] = [
            [SHOWN[name], *(round(each, 3) for each in (row[name], *_range(found, name)))]
            for name in SHOWN
        ]
    return {"worlds": len(worlds), "outcomes": shown}


def _range(rows: list[dict[str, float]], name: str) -> tuple[float, float, float]:
    values = sorted(row[name] for row in rows)
    return values[0], median(values), values[-1]


def _words(decision: Decision, option: int) -> str:
    return LEVELS[option] if decision.is_answer else YES[decision.kind][option]
