"""Parameters, sides and a full enumeration of answers, written apart from the rules."""

from itertools import pairwise, product

import attrs
import numpy as np

from alliancesim import catalogue
from alliancesim.arrays.layout import rows
from alliancesim.rules.coalition import HELPER
from alliancesim.rules.strength import aggregate

PARAMETERS = catalogue.parameters()
WEIGHTS = ["manpower", "materiel", "strike", "industry", "finance"]


def parameters(**values):
    """Make a record of the parameters at their defaults, but for the values given."""
    row = rows(1, np.dtype([(p.name, np.float64) for p in PARAMETERS]))[0]
    for each in PARAMETERS:
        row[each.name] = values.pop(each.name, each.value)
    assert not values
    return row


def drawn(rng, **values):
    """Draw a record of the parameters from their priors, but for the values given."""
    random_draw = {p.name: float(p.draw(np.array([rng.uniform()]))[0]) for p in PARAMETERS}
    return parameters(**{**random_draw, **values})


def weights(theta):
    return [theta[f"weight_{name}"] for name in WEIGHTS]


def strength(domains, theta):
    return aggregate(*domains, *weights(theta), theta.substitution)


@attrs.frozen(eq=False)
class Side:
    """A target and its possible helpers, as the rules of belief take them."""

    challenger: float
    home_parts: np.ndarray
    parts: np.ndarray
    helpers: np.recarray
    theta: np.record

    @property
    def count(self):
        return len(self.helpers)

    @property
    def home(self):
        return strength(self.home_parts, self.theta)


def side(challenger, home_parts, parts, theta, *, depth=0.0, utility=0.0, chance=1.0):
    """Make a side; depth, utility and chance are one number, or one a helper."""
    parts = np.array(parts, dtype=np.float64).reshape(-1, 5)
    helpers = rows(len(parts), HELPER)
    helpers["strength"] = [strength(domains, theta) for domains in parts]
    helpers["depth"], helpers["utility"], helpers["chance"] = depth, utility, chance
    return Side(challenger, np.array(home_parts, dtype=np.float64), parts, helpers, theta)


def some_side(rng, *, pooling, **held):
    """Draw a challenger, a target and up to three helpers, one of them ten times the rest.

    Where strengths are not to pool they add by depth 0 or, as often, by perfect substitution.
    Parameters may be held at values.
    """
    count = int(rng.integers(1, 4))
    domains = 10.0 ** rng.uniform(-3.0, -2.0, (count + 2, 5))
    domains[2] *= 10.0
    depth = rng.uniform(size=count) * rng.integers(0, 2, count)
    add = {}
    if not pooling and rng.uniform() < 0.5:
        add = {"substitution": 1.0}
    theta = drawn(rng, **add, **held)
    return side(
        strength(domains[0], theta),
        domains[1],
        domains[2:],
        theta,
        depth=depth if pooling or add else 0.0,
        utility=rng.uniform(-5.0, 6.0, count),
        chance=rng.uniform(0.2, 1.0, count),
    )


def ces(domains, theta):
    """Constant elasticity of substitution along the last axis."""
    share = np.array(weights(theta)) / sum(weights(theta))
    if abs(theta.substitution) < 1e-4:
        return np.exp((share * np.log(domains)).sum(axis=-1))
    powers = (share * domains**theta.substitution).sum(axis=-1)
    return powers ** (1.0 / theta.substitution)


def together(side, shares):
    """Strength of a side at committed shares, shape (..., helpers).

    At each depth x from 0 to 1 the target and the helpers in pacts at least so deep fight as one
    force, the others beside them; the side's strength is the mean over x.
    """
    steps = np.unique(np.concatenate([[0.0, 1.0], side.helpers["depth"]]))
    total = np.zeros(np.shape(shares)[:-1])
    for low, high in pairwise(steps):
        pooled = np.where(side.helpers["depth"] >= high, shares, 0.0)
        apart = ((shares - pooled) * side.helpers["strength"]).sum(axis=-1)
        total += (high - low) * (ces(side.home_parts + pooled @ side.parts, side.theta) + apart)
    return total


def enumerated_win(side, nodes=5):
    """The challenger's chance to win, every combination of the helpers' answers in turn."""
    theta = side.theta
    phi = np.array([0.0, theta.share_aid, theta.share_deployment, theta.share_limited, 1.0])
    answers = np.array(list(product(range(5), repeat=side.count)))
    force = together(side, phi[answers] * side.helpers["chance"])
    odds = theta.initiator_advantage + theta.decisiveness * np.log(side.challenger / force)
    wins = 1.0 / (1.0 + np.exp(-odds))
    cuts = np.array([theta.cut_aid, theta.cut_deployment, theta.cut_limited, theta.cut_full])
    at, mass = np.polynomial.hermite_e.hermegauss(nodes)
    value, mass = 0.0, mass / mass.sum()
    shocked = side.helpers["utility"][:, None] + theta.shock_sd * at[:, None, None]
    reaches = 1.0 / (1.0 + np.exp(cuts - shocked))
    if theta.shock_common == 0.0:
        reaches, mass = (mass @ reaches.reshape(nodes, -1)).reshape(1, side.count, 4), [1.0]
    for reach, weight in zip(reaches, mass, strict=True):
        ones, zeros = np.ones((side.count, 1)), np.zeros((side.count, 1))
        each = np.hstack([ones, reach]) - np.hstack([reach, zeros])
        joint = each[np.arange(side.count), answers].prod(axis=1)
        value += weight * (joint * wins).sum()
    return value
