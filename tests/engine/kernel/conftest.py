import attrs
import numpy as np
import pytest

import alliancesim
from alliancesim._compile import compiled
from alliancesim.arrays.board import Board, Draws, board
from alliancesim.arrays.layout import rows
from alliancesim.engine.kernel import opening
from alliancesim.engine.kernel.workspace import Workspace, make_workspace
from alliancesim.engine.kernel.world import FULL, play_chunk, sort_candidates, time_candidates
from alliancesim.outcomes.metrics import ADVERSARY, FOCUS, PAIR, WORLD


@attrs.frozen(eq=False)
class Table:
    """A scenario laid out for the kernel, on a workspace that can be looked at."""

    board: Board
    draws: Draws
    workspace: Workspace
    seed: np.uint64

    def open(self, draw):
        d = self.draws
        open_world = compiled(opening.open_world)
        open_world(d.theta[draw], d.state[draw], d.pair[draw], d.shares[draw], self.workspace)

    def candidates(self, draw, world):
        """Return the candidates of a world, in the order of time."""
        workspace, theta = self.workspace, self.draws.theta[draw]
        used = compiled(time_candidates)(
            self.seed,
            world,
            self.board.horizon,
            workspace.stake,
            workspace.note,
            theta,
            workspace.candidate,
        )
        assert used != FULL
        compiled(sort_candidates)(workspace.candidate, used, workspace.first, workspace.order)
        return workspace.candidate[workspace.order[:used]].copy()

    def play(self, world, arm, months=None):
        """Play a world in an arm; return how long its wars lasted."""
        n, focus = len(self.board.states), len(self.board.followed)
        durations = np.zeros((1, self.board.horizon + 1), np.int64)
        # As the engine does, one world of one arm: another signature would compile anew.
        played = compiled(play_chunk)(
            self.seed,
            world,
            1,
            1,
            0,
            self.board.horizon if months is None else months,
            np.array([arm]),
            self.board.reference,
            self.board.law,
            self.draws.theta,
            self.draws.state,
            self.draws.pair,
            self.draws.shares,
            self.draws.reading,
            self.draws.depth,
            self.draws.transfer,
            self.board.in_focus,
            self.board.followed,
            self.workspace,
            rows((1, 1), WORLD),
            rows((1, 1, focus), FOCUS),
            rows((1, 1, focus, n), ADVERSARY),
            rows((1, n, n), PAIR),
            rows((1, n, n), PAIR),
            durations,
        )
        assert played == 1
        return durations[0]


def lay(scenario, worlds=8, seed=20260101, **options):
    arrays = board(scenario)
    draws = arrays.draws(seed, 0, worlds, **options)
    memory = make_workspace(arrays.codes, draws.shares.shape[1], len(arrays.treaties))
    return Table(arrays, draws, memory, np.uint64(seed))


@pytest.fixture(scope="session")
def smda():
    return alliancesim.load("smda")


@pytest.fixture(scope="session")
def table(smda):
    return lay(smda)


@pytest.fixture(scope="session")
def lay_out():
    return lay
