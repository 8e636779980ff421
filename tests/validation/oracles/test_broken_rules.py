"""Each oracle is shown able to fail: a rule is broken a little on purpose, and it notices."""

from types import SimpleNamespace

import attrs
import pytest

from alliancesim.validation.oracles import (
    _addresses,
    _answers,
    _crises,
    _fights,
    _loops,
    _opportunities,
    _worlds,
    verify,
)

SEED = 20260101
DRAWS = 10_000
SLOW = {"belief": 1500, "heat": 5000}
LONG = {"belief", "brink", "commitment", "heat", "ladder"}


def shifted(rule, by):
    """Give the rule's answer times a factor."""
    return lambda *arguments: rule(*arguments) * by


def moved_along(place, by):
    """Give the rule one argument a little off."""

    def make(rule):
        def broken(*arguments):
            changed = list(arguments)
            changed[place] = changed[place] + by
            return rule(*changed)

        return broken

    return make


def blind_to(place):
    """Let draws ignore one part of their address."""

    def make(rule):
        def broken(*arguments):
            changed = list(arguments)
            changed[place] = 0
            return rule(*changed)

        return broken

    return make


def powered(exponent):
    return lambda rule: lambda *arguments: rule(*arguments) ** exponent


def times(factor):
    return lambda rule: shifted(rule, factor)


def in_sequence(rule):
    """Let a world's draw lean on that of the world before."""
    return lambda seed, world, *rest: (
        rule(seed, world, *rest) if world % 5 else rule(seed, max(world - 1, 0), *rest)
    )


def unshared(rule):
    """Let the shock vanish: each ally for itself."""
    return lambda u, shock, random_draw, *cuts: rule(u, 0.0, random_draw, *cuts)


def at_least(level):
    return lambda rule: lambda *arguments: max(level, rule(*arguments))


def never_cut(rule):
    """Keep candidates by heat as if the mean of heat were one."""
    return lambda hostile, norm, rise, thinning, row, theta: thinning * theta.heat_cap < 1.0 + rise


def with_parameter(name, value):
    """Let the brink be played by another parameter."""

    def make(rule):
        def broken(seed, world, turn, slot, theta, workspace):
            changed = theta.copy()
            changed[name] = value
            return rule(seed, world, turn, slot, changed, workspace)

        return broken

    return make


def signalling_anew(rule):
    """Let the signal of the month before be forgotten."""

    def broken(seed, world, turn, slot, theta, workspace):
        workspace.war[slot].signals = 0
        return rule(seed, world, turn, slot, theta, workspace)

    return broken


BROKEN = {
    "chance: draws lean upward": ("chance", _loops, "uniform", powered(0.95)),
    "chance: blind to the turn": ("chance", _loops, "uniform", blind_to(2)),
    "chance: blind to the decision": ("chance", _loops, "uniform", blind_to(3)),
    "chance: blind to the draw": ("chance", _loops, "uniform", blind_to(4)),
    "chance: blind to the first entity": ("chance", _loops, "uniform", blind_to(5)),
    "chance: blind to the second entity": ("chance", _loops, "uniform", blind_to(6)),
    "chance: blind to the third entity": ("chance", _loops, "uniform", blind_to(7)),
    "chance: blind to the seed": ("chance", _loops, "uniform", blind_to(0)),
    "chance: worlds depend on one another": ("chance", _loops, "uniform", in_sequence),
    "normal: a little wide": ("normal", _loops, "normal_quantile", times(1.05)),
    "priors: truncation moved": ("priors", _loops, "uniform", powered(0.95)),
    "contest: decisiveness off": ("contest", _loops, "win_chance", moved_along(3, 0.08)),
    "contest: draws too rare": ("contest", _loops, "outcome", moved_along(1, -0.15)),
    "ladder: utility off": ("ladder", _loops, "answer", moved_along(0, 0.2)),
    "ladder: a cutpoint off": ("ladder", _loops, "answer", moved_along(5, 0.4)),
    "intensity: deaths too rare": ("intensity", _loops, "intensity", moved_along(2, -0.05)),
    "intensity: answered as if all were force": (
        "intensity",
        _loops,
        "short_of_war_given",
        lambda rule: lambda u, _, theta: rule(u, 1, theta),
    ),
    "intensity: force where nobody dies": (
        "intensity",
        _loops,
        "cap_short_of_war",
        lambda rule: lambda how_far: rule(2),
    ),
    "shared shock: not shared": ("shared shock", _loops, "answer", unshared),
    "belief: aid always given": ("belief", _loops, "answer", at_least(2)),
    "commitment: counted short": ("commitment", _loops, "commitment", times(0.9)),
    "quadrature: credulous": ("quadrature", _answers, "expected_win", times(0.98)),
    "commitment: expected high": ("commitment", _answers, "expected_commitment", times(1.02)),
    "thinning: norm forgotten": ("thinning", _loops, "_opens", never_cut),
    "heat: norm forgotten": ("heat", _loops, "_opens", never_cut),
    "heat: cools too slowly": ("heat", _loops, "heat_kept", powered(0.25)),
    "challenge: base off": ("challenge", _loops, "challenge_chance", times(1.1)),
    "resistance: base off": ("resistance", _loops, "resistance_chance", times(1.06)),
    "demand: greedy": ("demand", _loops, "demand", times(1.3)),
    "demand: not the best": ("demand", _crises, "demand", times(1.001)),
    "demand: refused too seldom": ("demand", _loops, "war_risk", times(0.9)),
    "durations: too long": ("durations", _loops, "duration", moved_along(0, 0.4)),
    "durations: rounded down": ("durations", _loops, "duration", moved_along(0, -0.5)),
    "durations: belief off": ("durations", _fights, "arrival_chance", times(1.000001)),
    "attrition: exponent off": ("attrition", _fights, "monthly_loss", moved_along(3, 0.02)),
    "attrition: rate off": ("attrition", _fights, "monthly_loss", times(1.02)),
    "experience: fades too fast": ("experience", _fights, "experience_after", moved_along(4, -0.1)),
    "brink: too dangerous": ("brink", _loops, "brink", with_parameter("nuclear_hazard", 0.2)),
    "brink: never settled": ("brink", _loops, "brink", with_parameter("nuclear_settlement", 0.0)),
    "brink: unrestrained": ("brink", _loops, "brink", with_parameter("nuclear_retaliation", 0.0)),
    "brink: never losing": ("brink", _loops, "brink", with_parameter("nuclear_threshold", 0.9)),
    "brink: signal forgotten": ("brink", _loops, "brink", signalling_anew),
    "brink: blind to the turn": ("brink", _loops, "brink", blind_to(2)),
}


def each_broken():
    """Return a parameter a rule broken; those that take a second as plain Python are marked."""
    for what, (family, *_) in BROKEN.items():
        marks = [pytest.mark.slow] if family in LONG else []
        yield pytest.param(what, marks=marks, id=what)


@pytest.mark.usefixtures("interpreted")
@pytest.mark.parametrize("what", list(each_broken()))
def test_a_rule_broken_on_purpose_is_noticed(what, monkeypatch):
    family, module, name, breaking = BROKEN[what]
    monkeypatch.setattr(module, name, breaking(getattr(module, name)))
    monkeypatch.setattr(_answers, "_SIDES", 20)
    assert verify(SLOW.get(family, DRAWS), SEED, [family]).failed


@pytest.mark.usefixtures("interpreted")
@pytest.mark.parametrize("family", ["contest", "ladder", "shared shock", "demand", "durations"])
def test_the_same_rules_unbroken_pass_as_plain_python(family):
    assert not verify(DRAWS, SEED, [family]).failed


def test_candidates_that_come_too_fast_are_noticed(monkeypatch):
    fair = _opportunities.pair

    def fast(rate, theta):
        return fair(1.05 * rate, theta)

    monkeypatch.setattr(_opportunities, "pair", fast)
    names = {row.what for row in verify(100_000, SEED, ["thinning"]).failed}
    assert "candidates in ten years" in names


@pytest.mark.parametrize("prior", ["Uniform", "Normal", "LogNormal", "Beta"])
def test_a_prior_drawn_from_another_distribution_is_noticed(monkeypatch, prior):
    made = getattr(_addresses, prior)

    class Wrong(made):
        def quantile(self, u):
            return 1.02 * super().quantile(u)

    monkeypatch.setattr(_addresses, prior, Wrong)
    assert verify(100_000, SEED, ["priors"]).failed


@pytest.mark.parametrize("booked", ["disputes_expected", "member_disputes_on_expected"])
def test_expectations_booked_for_other_chances_are_noticed(monkeypatch, booked):
    fair = _worlds.play

    def wrong(*arguments, **options):
        tally = fair(*arguments, **options)
        world = tally.world.copy()
        world[booked] *= 1.25
        return attrs.evolve(tally, world=world)

    monkeypatch.setattr(_worlds, "play", wrong)
    assert verify(100_000, SEED, ["worlds"]).failed


def test_concessions_at_another_rate_are_noticed(monkeypatch):
    monkeypatch.setattr(_worlds, "parameters", lambda: SimpleNamespace(concession_chance=0.14))
    failed = verify(100_000, SEED, ["worlds"]).failed
    assert any("concessions" in row.what for row in failed)


def test_readings_at_other_odds_are_noticed(monkeypatch):
    fair = _worlds.board

    class Wrong:
        def __init__(self, compiled):
            self.treaties, self.blocks, self.compiled = compiled.treaties, compiled.blocks, compiled

        def draws(self, *arguments):
            drawn = self.compiled.draws(*arguments)
            return attrs.evolve(drawn, reading=drawn.reading // 2)

    monkeypatch.setattr(_worlds, "board", lambda scenario: Wrong(fair(scenario)))
    assert verify(100_000, SEED, ["readings"]).failed
