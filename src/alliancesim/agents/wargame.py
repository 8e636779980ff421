"""One world of one arm as a Mesa model, turn by turn."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import attrs
import numpy as np
from mesa.datacollection import DataCollector
from numpy.typing import NDArray

from alliancesim.agents._mesa import Model
from alliancesim.agents.choices import Choices
from alliancesim.agents.course import keep_law, open_law
from alliancesim.agents.crisis import crisis
from alliancesim.agents.decisions import Decision
from alliancesim.agents.membership import Ratification
from alliancesim.agents.opening import open_bonds
from alliancesim.agents.pacts import settle
from alliancesim.agents.state_agent import StateAgent
from alliancesim.agents.values import Condition, Dispute, Duty, Event, Offer, Outlook, War
from alliancesim.agents.war import ask_again, fight_month
from alliancesim.arrays.blocks import Block
from alliancesim.arrays.board import Board, board, quarrels
from alliancesim.arrays.layout import STATE, Law, PlainRows, plain_record
from alliancesim.chance import normal_quantile, uniform_at
from alliancesim.data.arguments import checked
from alliancesim.data.names import known_name
from alliancesim.engine.kernel.workspace import CANDIDATE, NOTE, STAKE
from alliancesim.engine.kernel.world import FULL, time_candidates
from alliancesim.errors import InvalidInput
from alliancesim.levels import Gate
from alliancesim.outcomes.metrics import FOCUS, PAIR, WORLD
from alliancesim.rules.aftermath import add_pair_counts, close_counters, reputation_at_start
from alliancesim.rules.challenge import heat_is_capped, heat_kept_given, is_opportunity_given
from alliancesim.rules.lanes import lane_workspace, prepare
from alliancesim.rules.response import duty_weight_given, shares_shock, shock_given
from alliancesim.scenario import RunOptions, Scenario, load
from alliancesim.scenario.run_options import WORLDS_PER_DRAW
from alliancesim.turn import ACCOUNTS, BUDGETS, COOLING, CRISES, FRONTS, LAW, PHASES, WARS

__all__ = ["Wargame"]

NO_DUTY = Duty()


# Functions of the module, so that a world can be pickled and copied at any turn.
def _disputes(game: Any) -> int:
    return sum(event.kind == "challenge" for event in game.events)


def _wars(game: Any) -> int:
    return len(game.wars)


def _spending(game: Any) -> float:
    return float(sum(agent.now.spending for agent in game.states))


def _id(agent: Any) -> str:
    return str(agent.id)


def _strength(agent: Any) -> float:
    return float(agent.now.strength)


def _benefits(agent: Any) -> float:
    return float(agent.now.benefits)


def _own_spending(agent: Any) -> float:
    return float(agent.now.spending)


def _own_wars(agent: Any) -> float:
    return float(agent.now.wars)


def _reputation(agent: Any) -> float:
    return float(agent.now.reputation)


_OF_THE_WORLD = {
    "disputes": _disputes,
    "wars_under_way": _wars,
    "total_spending_usd_bn": _spending,
}
_OF_A_STATE = {
    "state": _id,
    "strength": _strength,
    "benefits": _benefits,
    "spending_usd_bn": _own_spending,
    "wars": _own_wars,
    "reputation": _reputation,
}
"""What Mesa's collector reports at the end of each turn; none draws or changes anything."""


class Wargame(Model):
    """One world, played by agents; unchanged, it is the engine's world to the last bit.

    Parameters
    ----------
    scenario : Scenario, str or path
        A scenario, the name of one in the catalogue, or a TOML file.
    arm : str
        Name of the arm.
    seed : int or None
        Seed of the run, 0 to 2**64 - 1. None, which Mesa's batch runner gives for ``iterations``
        from 3.5 on, takes a new one each time; ``world_seed`` says which.
    world : int
        Number of the world.
    worlds_per_draw : int
        Worlds that share one draw of the parameters.
    priors : bool
        Whether parameters are drawn from their priors.
    compiled : Board, optional
        The scenario already compiled, where many worlds of it are played.
    rng : int, optional
        Mesa's name for the seed, under which its batch runner gives it; one of the two.
    seats : collection of str
        Ids of states that `moves` asks for their choices; none by default.

    Attributes
    ----------
    turn : int
        Months played.
    states : list of StateAgent
        In the order of their codes.
    in_force : list of bool
        Whether each treaty of the board is in force this month.
    wars : list of War
        Under way.
    events : list of Event
        What happened.
    decisions : list of Decision
        What was decided, on what terms and with what random draw.
    noting : bool
        Whether decisions are written down; it takes time, and many worlds are played without.
    datacollector : mesa.DataCollector
        At the end of each turn: of the world, disputes so far, wars under way and spending; of
        every state, strength, benefits, spending, wars and reputation.

    Raises
    ------
    InvalidInput
        If the arm or a seat is unknown or a number is out of range.
    """

    state_class: ClassVar[type[StateAgent]] = StateAgent

    @checked
    def __init__(
        self,
        scenario: Scenario | str | Path,
        arm: str,
        *,
        seed: int | None = 0,
        world: int = 0,
        worlds_per_draw: int = WORLDS_PER_DRAW,
        priors: bool = True,
        compiled: Board | None = None,
        rng: int | None = None,
        seats: Collection[str] = (),
    ) -> None:
        if seed and rng is not None:
            raise InvalidInput("given twice", where="rng", allowed="seed or rng")
        seed = seed if rng is None else rng
        if seed is None:
            seed = secrets.randbits(64)
        if not isinstance(scenario, Scenario):
            scenario = load(scenario)
        options = RunOptions.of_world(
            world, seed=seed, worlds_per_draw=worlds_per_draw, priors=priors
        )
        super().__init__(rng=options.seed & 0xFFFFFFFF)
        self.board: Board = compiled if compiled is not None else board(scenario)
        self.arm: str = scenario.arm(arm).name
        self.world_seed: int = options.seed
        self.world: int = options.world
        self.arm_row: int = self.board.arms.index(self.arm)
        self.law: Law = self.board.law
        number = options.world // options.worlds_per_draw
        draws = self.board.draws(options.seed, number, 1, priors=options.priors)
        self.drawn: NDArray[np.void] = draws.record()
        self.theta: Any = plain_record(draws.theta[0])
        self.work: Any = lane_workspace()
        prepare(self.theta, self.work)
        self.reading: NDArray[np.int64] = draws.reading[0]
        self.depth: NDArray[np.float64] = draws.depth[0]
        self.amounts: list[float] = draws.transfer[0].tolist()
        self.quarrels: NDArray[np.bool_] = quarrels(self.board.scenario, self.board.states)
        self._told: dict[tuple[str, str], float] = {}
        self.turn: int = 0
        self.announced: int = 0
        self.entry: int = 0
        self.ratifications: list[Ratification] = []
        self.standing: list[bool] = []
        self.in_force: list[bool] = []
        self.seats: frozenset[str] = _seats(self.board, seats)
        open_law(self)
        self.events: list[Event] = []
        self.decisions: list[Decision] = []
        self.noting: bool = True
        self.wars: list[War] = []
        self.durations: NDArray[np.int64] = np.zeros(self.board.horizon + 1, np.int64)
        self._open(draws)
        self.datacollector: Any = DataCollector(
            model_reporters=dict(_OF_THE_WORLD), agent_reporters=dict(_OF_A_STATE)
        )
        self.datacollector.collect(self)

    # -- opening -----------------------------------------------------------------------------

    def _open(self, draws: Any) -> None:
        self.states: list[Any] = []
        for i, name in enumerate(self.board.states):
            values = {field: float(draws.state[field][0, i]) for field in STATE.names or ()}
            values["free"], values["left"] = 1.0, 1.0
            values["reputation"] = reputation_at_start(values["reputation"], self.theta)
            agent = self.state_class(self, name, int(self.board.codes[i]), Condition(values))
            agent.update_strength(agent.at_start)
            self.states.append(agent)
        self._by_id = {agent.id: agent for agent in self.states}
        open_bonds(self, draws.pair)
        self.circumstance_steps: list[float] = _steps([float(share) for share in draws.shares[0]])
        self._open_counters()
        settle(self, at_start=True)
        for agent in self.states:
            agent.at_start.benefits = agent.holdings()
            agent.at_start.threat = agent.threatened(at_start=True)
            agent.at_start.spill = agent.spill_in(at_start=True)
        for agent in self.states:
            agent.now = agent.at_start.copy()
        settle(self, at_start=False)
        self.references: dict[tuple[str, str, int], Outlook] = {}
        self._rows = {agent.id: i for i, agent in enumerate(self.states)}
        sizes = [int(row.parties) for row in self.law.treaty]
        parties = [frozenset(self.law.who[v, :size].tolist()) for v, size in enumerate(sizes)]
        self._treaties = [
            (v, block, members, _conflicts(block, int(self.reading[v])))
            for v, (block, members) in enumerate(zip(self.board.blocks, parties, strict=True))
        ]
        self._duties: dict[tuple[str, str, int, bool], dict[str, Duty]] = {}
        self.followed: set[str] = set(self.board.focus_states)
        self._kept = heat_kept_given(self.theta)
        self._candidates = self._time_candidates()
        self._next = next(self._candidates, None)

    def _open_counters(self) -> None:
        self.counters: Any = _zeroed(WORLD)
        self.counters.first_war = float(self.board.horizon)
        self.pair_counters: dict[tuple[str, str], Any] = {
            (a.id, b.id): _zeroed(PAIR) for a in self.states for b in self.states
        }
        for agent in self.states:
            agent.counters = _zeroed(FOCUS)

    def _time_candidates(self) -> Any:
        """Return the candidates of opportunities in the order of their times."""
        n, room, used = len(self.states), 512, FULL
        stake, note = PlainRows((n, n), STAKE), PlainRows(n, NOTE)
        for i, agent in enumerate(self.states):
            note[i].code = agent.code
            for j, other in enumerate(self.states):
                if i != j:
                    stake[i, j].rate = agent.bonds[other.id].rate
        seed, horizon = np.uint64(self.world_seed), self.board.horizon
        while used == FULL:
            room *= 2
            found = PlainRows(room, CANDIDATE)
            used = time_candidates(seed, self.world, horizon, stake, note, self.theta, found)
        return iter(sorted((found[n] for n in range(used)), key=lambda row: row.when))

    # -- what agents ask ---------------------------------------------------------------------

    def others(self, agent: StateAgent) -> list[Any]:
        """Return the other states, in code order."""
        return [other for other in self.states if other is not agent]

    def state(self, identifier: str) -> Any:
        """Return the agent of a state."""
        return self._by_id[identifier]

    def draw(self, dispute: Dispute, decision: int, third: int = 0) -> float:
        """Return the random draw of a decision in a dispute, uniform on (0, 1)."""
        seed, first, second = np.uint64(self.world_seed), dispute.first, dispute.second
        return uniform_at(seed, self.world, dispute.number, decision, first, second, third)

    def shock_on(self, dispute: Dispute, decision: int, ally: Any, shared: float) -> float:
        """Return the shock on one ally: its side's, or under the rival form its own."""
        if shares_shock(self.theta):
            return shared
        normal = normal_quantile(self.draw(dispute, decision, ally.code))
        return float(shock_given(normal, self.theta))

    def as_parts(self, factor: float, condition: Any) -> NDArray[np.float64]:
        """Return a condition's domains times a factor."""
        return np.array([factor * domain for domain in condition.domains()])

    def duties(
        self, attacker: StateAgent, victim: StateAgent, circumstance: int, at_start: bool = False
    ) -> dict[str, Duty]:
        """Return what each state owes the victim, by this arm's treaties or the reference's."""
        key = (attacker.id, victim.id, circumstance, at_start)
        if key not in self._duties:
            self._duties[key] = self._look_up(*key)
        return self._duties[key]

    @contextmanager
    def supposing(self, reading: NDArray[np.int64]) -> Iterator[None]:
        """Read unknown clauses as supposed while something is asked; afterwards all is as before.

        Parameters
        ----------
        reading : array of int, shape (treaties,)
            Which reading each treaty of the board takes.
        """
        kept = self.reading, self._treaties, self._duties
        self.reading, self._duties = reading, {}
        self._treaties = [
            (v, block, parties, _conflicts(block, int(reading[v])))
            for v, block, parties, _ in self._treaties
        ]
        try:
            yield
        finally:
            self.reading, self._treaties, self._duties = kept

    def forget_duties(self) -> None:
        """Look duties up anew: what is in force has changed."""
        self._duties = {key: found for key, found in self._duties.items() if key[-1]}

    def _look_up(
        self, attacker: str, victim: str, circumstance: int, at_start: bool
    ) -> dict[str, Duty]:
        found = dict.fromkeys(self.board.states, NO_DUTY)
        in_force = self.law.in_arm[self.board.reference] if at_start else self.in_force
        foe, friend = self._rows[attacker], self._rows[victim]
        for v, block, parties, conflicts in self._treaties:
            if not in_force[v] or (foe not in parties and friend not in parties):
                continue
            reading, depth = int(self.reading[v]), float(self.depth[v])
            for k in parties:
                name = self.board.states[k]
                if foe in parties and conflicts[foe][k]:
                    found[name] = attrs.evolve(found[name], conflict=1.0)
                cell = (reading, circumstance, foe, friend, k)
                level = int(block.level[cell]) if friend in parties else 0
                if level > 0:
                    gate, duty = int(block.gate[cell]), found[name]
                    percent = int(block.binding[cell])
                    weight = duty_weight_given(level, percent, gate, self.theta)
                    found[name] = Duty(
                        max(duty.owed, level if gate < Gate.IF_CONSENSUS else 0),
                        max(duty.weight, weight),
                        duty.conflict,
                        max(duty.depth, depth),
                    )
        return found

    def gather_helpers(
        self,
        victim: StateAgent,
        attacker: StateAgent,
        circumstance: int,
        *,
        place: StateAgent,
        dutiful: bool = False,
        at_start: bool = False,
    ) -> list[Offer]:
        """Ask every third state what it could bring to the victim, in code order."""
        duties = self.duties(attacker, victim, circumstance, at_start)
        provocation = float(self.law.provocation[circumstance])
        offers = [
            agent.offer_help(
                victim,
                attacker,
                provocation,
                duties[agent.id],
                place=place,
                dutiful=dutiful,
                at_start=at_start,
            )
            for agent in self.states
            if agent is not victim and agent is not attacker
        ]
        return [offer for offer in offers if offer is not None]

    # -- the turn ----------------------------------------------------------------------------

    def step(self) -> None:
        """Play one turn, a month; every choice of a seat is the model's."""
        moves = self.moves()
        taken: int | None = None
        with suppress(StopIteration):
            while True:
                taken = moves.send(taken).model_choice  # type: ignore[arg-type]

    def moves(self) -> Choices:
        """Play one turn, a month, in the order of `alliancesim.turn.PHASES`.

        Yields
        ------
        Choice
            Each that a seat meets, in order. Send one of its options to go on.
        """
        if self.turn >= self.board.horizon:
            self.running: bool = False
            return
        phases: dict[int, Any] = {
            LAW: self._keep_law,
            BUDGETS: self._budgets,
            COOLING: self._cool,
            FRONTS: lambda: [agent.count_fronts() for agent in self.states],
            CRISES: self._crises,
            WARS: self._fights,
            ACCOUNTS: lambda: [agent.settle_accounts() for agent in self.states],
        }
        for phase in PHASES:
            waiting = phases[phase]()
            if phase in (LAW, CRISES, WARS):
                yield from waiting
        self.turn += 1
        self.running = self.turn < self.board.horizon
        self.datacollector.collect(self)

    def _keep_law(self) -> Choices:
        if (yield from keep_law(self)):
            settle(self, at_start=False)

    def _budgets(self) -> None:
        if self.turn % 12 or not self.turn:
            return
        for agent in self.states:
            agent.now.threat = agent.threatened()
            agent.now.spill = agent.spill_in()
        before = {agent.id: agent.now.spending for agent in self.states}
        for agent in self.states:
            agent.set_budget()
        after = {agent.id: agent.now.spending for agent in self.states}
        self.tell("budgets", before=before, after=after, transfers=self._new_transfers())

    def _new_transfers(self) -> list[tuple[str, str, float]]:
        """Return what is paid otherwise than when budgets were last told."""
        paid = {
            (agent.id, other): bond.pays
            for agent in self.states
            for other, bond in agent.bonds.items()
            if bond.pays > 0.0 or (agent.id, other) in self._told
        }
        new = [(*ends, usd) for ends, usd in paid.items() if self._told.get(ends) != usd]
        self._told = paid
        return new

    def _cool(self) -> None:
        for i, agent in enumerate(self.states):
            for other in self.states[i + 1 :]:
                agent.bonds[other.id].heat[0] *= self._kept

    def _crises(self) -> Choices:
        while self._next is not None and self._next.when < self.turn + 1:
            candidate = self._next
            self._next = next(self._candidates, None)
            a, b = self.states[candidate.i], self.states[candidate.j]
            if self._opens(a.bonds[b.id], candidate.thinning):
                yield from crisis(self, a, b, candidate.number)

    def _opens(self, bond: Any, thinning: float) -> bool:
        """Whether a candidate is an opportunity; two at war have none."""
        if bond.hostile > 0:
            return False
        rise = bond.heat[0]
        if heat_is_capped(rise, bond.norm, self.theta):
            self.counters.heat_cut += 1.0
        return bool(is_opportunity_given(rise, bond.norm, thinning, self.theta))

    def watches(self, dispute: Dispute, outlook: Outlook, war: float) -> None:
        """Look on at an opportunity that becomes war with a given chance; override it to take note.

        Called once the chances are known, before any random draw is made. It must change nothing.
        """

    def _fights(self) -> Choices:
        for war in self.wars:
            yield from ask_again(self, war)
        for agent in self.states:
            agent.counters.months_at_war += 1.0 if agent.now.wars > 0.0 else 0.0
        self.wars = [war for war in self.wars if not fight_month(self, war)]

    def tell(self, kind: str, **facts: Any) -> None:
        """Write down an event of the present turn."""
        self.events.append(Event(self.turn, kind, facts))

    def decides(self, dispute: Dispute, kind: str, by: StateAgent, choice: int, **on: Any) -> None:
        """Write down a decision of the present turn; see `Decision` for what it is made of."""
        if not self.noting:
            return
        who, ends = by.id, (dispute.challenger.id, dispute.target.id)
        told = len(self.events)
        number = dispute.number
        self.decisions.append(
            Decision(self.turn, kind, who, *ends, number, int(choice), told=told, **on)
        )

    # -- what is measured --------------------------------------------------------------------

    def outcome_rows(self) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
        """Return by name what was counted: of the world, and of each state over the horizon."""
        closed = {}
        for agent in self.states:
            row = copy.copy(agent.counters)
            for other in self.states:
                on, by = (other.id, agent.id), (agent.id, other.id)
                add_pair_counts(row, self.pair_counters[on], self.pair_counters[by])
            close_counters(row, agent.now, self.board.horizon)
            closed[agent.id] = vars(row)
        return dict(vars(self.counters)), closed


def _zeroed(dtype: np.dtype[np.void]) -> Any:
    """Return counters of a kind of row that the engine writes, all zero."""
    return plain_record(np.zeros((), dtype))


def _steps(shares: list[float]) -> list[float]:
    """Return the circumstances' shares, summed up and scaled to end at one."""
    total = 0.0
    for share in shares:
        total += share
    steps, running = [], 0.0
    for share in shares:
        running += share
        steps.append(running / total)
    return steps


@lru_cache(maxsize=1024)
def _conflicts(block: Block, reading: int) -> list[list[bool]]:
    """Return who owes whom non-aggression in a reading, by attacker and obligor; not written to."""
    found: list[list[bool]] = block.conflict[reading].any(axis=(0, 2)).tolist()
    return found


def _seats(compiled: Board, seats: Collection[str]) -> frozenset[str]:
    for seat in seats:
        known_name(seat, compiled.states, what="state", where="seats")
    return frozenset(seats)
