"""Numbered situations by which any encoding of the law of alliances can be judged.

Each situation names treaties, what is done to them first, an attack, and who then owes what, with
the source of that expectation. They are data, in ``situations/*.toml`` beside this module. This
needs no Hypothesis.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import attrs

from alliancesim import catalogue
from alliancesim.data.arguments import checked
from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Duty,
    Gate,
    Level,
    Resolution,
    Resolved,
    Treaty,
    accede,
    expire,
    members_on,
    ratify,
    resolve,
    sign,
    suspend,
    withdraw,
)
from alliancesim.testing.situation import Expectation, Situation, Step, situations

__all__ = ["Miss", "Outcome", "run", "situations"]

GATES = {
    "owed": Gate.OWED,
    "requested": Gate.IF_REQUESTED,
    "consensus": Gate.IF_CONSENSUS,
    "majority": Gate.IF_MAJORITY,
    "two-thirds": Gate.IF_TWO_THIRDS,
}


@attrs.frozen(kw_only=True)
class Miss:
    """A situation in which the law answers otherwise than expected."""

    situation: Situation
    words: str

    def __str__(self) -> str:
        """Return the miss as one line."""
        one = self.situation
        return f"{one.number} ({one.group}) {one.title}: {self.words}"


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of the suite.

    Attributes
    ----------
    count, historical : int
        How many situations were run, and how many of them happened.
    groups : dict of str to int
        How many in each group.
    misses : tuple of Miss
        Those that were answered otherwise than expected.
    """

    count: int
    historical: int
    groups: dict[str, int]
    misses: tuple[Miss, ...]

    def __str__(self) -> str:
        """Return the count, the groups and each miss."""
        held = self.count - len(self.misses)
        head = f"{held} of {self.count} situations as expected ({self.historical} from history)"
        groups = ", ".join(f"{name} {count}" for name, count in self.groups.items())
        return "\n".join([head, groups, *(f"  miss {miss}" for miss in self.misses)])


@checked
def run(
    chosen: tuple[Situation, ...] | None = None,
    *,
    treaty: Callable[[str], Treaty] = catalogue.treaty,
) -> Outcome:
    """Run the suite.

    Parameters
    ----------
    chosen : tuple of Situation, optional
        Which situations; by default all.
    treaty : callable, optional
        Where a treaty comes from, by its id; by default the catalogue.

    Returns
    -------
    Outcome
        The count and each miss.
    """
    suite = situations() if chosen is None else chosen
    misses = [Miss(situation=one, words=words) for one in suite for words in _missed(one, treaty)]
    return Outcome(
        count=len(suite),
        historical=sum(one.historical for one in suite),
        groups=dict(Counter(one.group for one in suite)),
        misses=tuple(misses),
    )


def _missed(situation: Situation, treaty: Callable[[str], Treaty]) -> Iterator[str]:
    """Yield what is otherwise than expected, at most one line."""
    treaties = {name: treaty(name) for name in situation.treaties}
    try:
        for step in situation.before:
            treaties[step.treaty] = _done(step, treaties[step.treaty])
    except InvalidInput as error:
        yield f"cannot be set up: {error}"
        return
    resolution = resolve(list(treaties.values()), situation.attack)
    for words in _compared(situation, list(treaties.values()), resolution):
        yield words
        return


def _done(step: Step, treaty: Treaty) -> Treaty:
    """Do one step to a treaty; a step that must be refused and is not is an error."""
    try:
        done = _act(step, treaty)
    except InvalidInput:
        if step.refused:
            return treaty
        raise
    if step.refused:
        raise InvalidInput(f"{step.act} of {step.state} is not refused", where=treaty.id)
    return done


def _act(step: Step, treaty: Treaty) -> Treaty:
    state = step.state or ""
    on = step.on or dt.date(2026, 1, 1)
    acts: Mapping[str, Callable[[], Treaty]] = {
        "accede": lambda: accede(treaty, state, on=step.on),
        "withdraw": lambda: withdraw(treaty, state, notice=step.on),
        "suspend": lambda: suspend(treaty, *([state] if state else []), since=step.on),
        "expire": lambda: expire(treaty, step.on),
        "sign": lambda: sign(treaty, state, on),
        "ratify": lambda: ratify(treaty, state, on),
    }
    return acts[step.act]()


def _compared(
    situation: Situation, treaties: list[Treaty], resolution: Resolution
) -> Iterator[str]:
    """Yield each difference between what follows and what is expected."""
    expect = situation.expect
    if expect.levels:
        yield from _unknown(expect, resolution)
        return
    if expect.reading >= len(resolution.reads):
        yield f"{len(resolution.reads)} readings, none is number {expect.reading}"
        return
    read = resolution.reads[expect.reading]
    found = {duty.obligor: duty for duty in read.strongest}
    wanted = _wanted(situation, treaties)
    for state in sorted({*wanted, *found}):
        level = found[state].level if state in found else Level.NONE
        if str(level) != wanted.get(state, "none"):
            yield f"{state} owes {level}, not {wanted.get(state, 'none')}"
    if expect.count is not None and len(found) != expect.count:
        yield f"{len(found)} owe help, not {expect.count}"
    yield from _graded(expect, found)
    yield from _reasons(expect, resolution, found)
    yield from _others(expect, resolution, read)


def _wanted(situation: Situation, treaties: list[Treaty]) -> dict[str, str]:
    """Return the level expected of each state that is named, stars spelt out."""
    attack, owed = situation.attack, situation.expect.owed
    fighting = {attack.victim, *attack.aggressors}
    named = {state: level for level, states in owed.items() for state in states if state != "*"}
    for level, states in owed.items():
        if "*" in states:
            bound = {state for treaty in treaties for state in members_on(treaty, attack.date)}
            named |= dict.fromkeys(bound - fighting - set(named), level)
    return named


def _graded(expect: Expectation, found: dict[str, Duty]) -> Iterator[str]:
    """Compare gate, binding, means and article of the highest duties."""
    top = max((duty.level for duty in found.values()), default=Level.NONE)
    for duty in found.values():
        if duty.level is not top:
            continue
        if expect.gate is not None and duty.gate is not GATES[expect.gate]:
            yield f"{duty.obligor}: {duty.gate}, not {GATES[expect.gate]}"
        if expect.binding is not None and abs(duty.binding - expect.binding) > 0.005:
            yield f"{duty.obligor}: binding {duty.binding:.3f}, not {expect.binding}"
        for name in ("means", "article", "treaty"):
            value, wanted = getattr(duty, name), getattr(expect, name)
            if wanted is not None and value != wanted:
                yield f"{duty.obligor}: {name} {value}, not {wanted}"
    for state, means in expect.means_of.items():
        if state not in found or found[state].means != tuple(means):
            yield f"{state}: not by {', '.join(means)}"
    if not found and (expect.gate or expect.binding is not None or expect.article):
        yield "nobody owes anything"


def _reasons(expect: Expectation, resolution: Resolution, found: dict[str, Duty]) -> Iterator[str]:
    """Compare the step at which a duty of defence fails."""
    if expect.why is None:
        return
    fighting = {resolution.attack.victim, *resolution.attack.aggressors}
    steps = {
        finding.step
        for answer in resolution.answers
        for duty in answer.reads[0].duties
        if duty.kind == "defence" and not duty.owed and duty.obligor not in fighting
        for finding in duty.chain
        if finding.outcome == "not met"
    }
    if expect.why not in steps:
        yield f"fails at {', '.join(sorted(steps)) or 'nothing'}, not at {expect.why}"


def _others(expect: Expectation, resolution: Resolution, read: Resolved) -> Iterator[str]:
    """Compare conflicts, and duties that are not help."""
    conflicts = tuple(sorted({conflict.kind for conflict in read.conflicts}))
    if expect.conflicts is not None and conflicts != expect.conflicts:
        yield f"conflicts {conflicts}, not {expect.conflicts}"
    single = resolution.answers[0].reads if len(resolution.answers) == 1 else None
    reads = [single[expect.reading]] if single else [one.reads[0] for one in resolution.answers]
    owed = {
        f"{duty.kind} {duty.obligor} {duty.beneficiary}": duty.binding
        for one in reads
        for duty in one.duties
        if duty.owed
    }
    for wanted in expect.also:
        name, _, binding = wanted.partition(" at ")
        if name not in owed or (binding and abs(owed[name] - float(binding)) > 0.005):
            yield f"no duty of {wanted}"
    for unwanted in expect.never:
        if unwanted in owed:
            yield f"a duty of {unwanted}"


def _unknown(expect: Expectation, resolution: Resolution) -> Iterator[str]:
    """Compare the probabilities of levels."""
    for obligor, wanted in expect.levels.items():
        found = {str(level): weight for level, weight in resolution.levels(obligor).items()}
        names = {*found, *wanted}
        if any(abs(found.get(name, 0.0) - wanted.get(name, 0.0)) > 1e-6 for name in names):
            yield f"{obligor} owes {found}, not {wanted}"
