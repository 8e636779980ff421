"""Does every duty, clause and exception take effect? Found by attacks that bring it about."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from alliancesim.law import Area, Attack, Cover, Level, Obligation
from alliancesim.law.reasons import sides
from alliancesim.testing.drafts.bench import Bench, values_of
from alliancesim.testing.drafts.draft import Draft, Fault, example
from alliancesim.testing.drafts.parts import Part, bare, parts
from alliancesim.testing.drafts.search import furthest

__all__ = [
    "every_duty_can_be_owed",
    "every_part_changes_an_answer",
    "no_duty_repeats_another",
    "no_exception_removes_its_rule",
    "some_home_lies_in_the_area",
]


def every_duty_can_be_owed(draft: Draft) -> Iterator[Fault]:
    """Each obligation can be owed by somebody, to somebody, on some day."""
    for bench, alive in zip(draft.benches, draft.living, strict=True):
        if draft.is_ever_binding and not alive:
            yield Fault(
                check="every_duty_can_be_owed",
                where=draft.label(bench.whole),
                words=f"it can never be owed: {obstacle(bench)}",
            )


def obstacle(bench: Bench) -> str:
    """Say what keeps a duty from ever being owed."""
    freed = [
        (part, found.attack)
        for part in parts(bench.obligation)
        if part.sort in ("clause", "exception") and (found := bench.witness(part.without)).reached
    ]
    if freed:
        ways = " or without ".join(str(part) for part, _ in freed)
        return f"only without {ways} would it be, for example in {example(freed[0][1])}"
    _, duty = furthest(bench.ask(bench.readings(bench.obligation)[0], bench.found.attack))
    reason = duty.why if duty else "it names nobody who is bound"
    return f"the attack that comes nearest is {example(bench.found.attack)}, and then {reason}"


def every_part_changes_an_answer(draft: Draft) -> Iterator[Fault]:
    """Each clause, exception, place, day and name changes who owes what in some attack."""
    for bench, alive in zip(draft.open_benches, draft.living, strict=True):
        idle: list[Part] = []
        for part in parts(bench.obligation) if alive else ():
            below = any(part.where[: len(above.where)] == above.where for above in idle)
            if below or bench.differs(part.without) is not None:
                continue
            idle.append(part)
            yield Fault(
                check="every_part_changes_an_answer",
                where=f"{draft.label(bench.whole)}, {part}",
                words="it changes no answer: whoever attacks whom, where and when, the same is "
                f"owed {'if they were one' if part.sort == 'reading' else 'without it'}",
                remark=part.sort in ("day", "word"),
            )


def no_duty_repeats_another(draft: Draft) -> Iterator[Fault]:
    """No obligation is a copy of another."""
    seen: dict[Obligation, Obligation] = {}
    for obligation in draft.treaty.obligations:
        first = seen.setdefault(attrs.evolve(obligation, article="-", source=""), obligation)
        if first is not obligation:
            yield Fault(
                check="no_duty_repeats_another",
                where=draft.label(obligation),
                words=f"it says the same as {draft.label(first)}",
            )


def no_exception_removes_its_rule(draft: Draft) -> Iterator[Fault]:
    """No exception leaves nothing of its rule for some obligor, or lowers it in every case."""
    limited = [bench for bench in draft.benches if bench.obligation.exceptions]
    for bench in limited if draft.is_ever_binding else ():
        exceptions = bench.obligation.exceptions
        before = most_owed(bench, attrs.evolve(bench.obligation, exceptions=()))
        for proviso in exceptions if before else ():
            after = most_owed(bench, attrs.evolve(bench.obligation, exceptions=(proviso,)))
            words = removed(before, after, obligors(bench))
            if words:
                where = f"{draft.label(bench.whole)}, the exception {proviso.article!r}"
                yield Fault(check="no_exception_removes_its_rule", where=where, words=words)


def obligors(bench: Bench) -> int:
    """Return how many obligors are asked."""
    treaty = bench.under(bench.obligation)
    return len(sides(treaty, treaty.obligations[0])[0])


def most_owed(bench: Bench, obligation: Obligation) -> dict[str, Level]:
    """Return the most that each obligor owes in the attacks of the bench and beside them."""
    treaty, found = bench.under(obligation), bench.witness(obligation)
    most: dict[str, Level] = {}
    for attack in dict.fromkeys((*bench.pool, *bench.space.neighbours(found.attack))):
        for duty in (duty for read in bench.ask(treaty, attack) for duty in read.duties):
            if duty.owed:
                most[duty.obligor] = max(duty.level, most.get(duty.obligor, Level.NONE))
    return most


def removed(before: dict[str, Level], after: dict[str, Level], asked: int) -> str:
    """Say what an exception takes away in every case, or nothing."""
    freed = sorted(set(before) - set(after))
    if len(freed) == asked:
        return "it removes the whole rule: with it nobody ever owes anything under the article"
    if freed:
        return (
            f"it removes the whole rule for {' and '.join(freed)}: with it {' and '.join(freed)} "
            "never owes anything under the article, whoever attacks whom"
        )
    top, left = max(before.values()), max(after.values())
    if left < top:
        return f"it lowers the whole rule: with it nobody ever owes more than to {left}"
    return ""


def some_home_lies_in_the_area(draft: Draft) -> Iterator[Fault]:
    """Where an area is to cover territory, some of a state protected lies in it."""
    for bench, alive in zip(draft.benches, draft.living, strict=True):
        if not alive or not is_for_territory(bench.obligation):
            continue
        if any(attack.position != "abroad" and is_owed(bench, attack) for attack in bench.pool):
            continue
        yield Fault(
            check="some_home_lies_in_the_area",
            where=f"{draft.label(bench.whole)}, area",
            words="no territory of a state that is to be protected lies in it, only forces "
            f"abroad do; for example {example(bench.found.attack)}",
        )


def is_for_territory(obligation: Obligation) -> bool:
    """Tell whether an area is limited, and not to forces or to places abroad."""
    if obligation.rule is not None:
        return False
    triggers = values_of(obligation.trigger)
    if all(one.targets and "territory" not in one.targets for one in triggers):
        return False
    return any(
        bare(area) != Area() and not all(is_abroad(cover) for cover in area.covers)
        for area in values_of(obligation.area)
    )


def is_abroad(cover: Cover) -> bool:
    """Tell whether a line of an area speaks of no territory of the state attacked."""
    elsewhere = bool(cover.positions) and set(cover.positions) <= {"host", "high-seas"}
    return elsewhere or bool(cover.targets and "territory" not in cover.targets)


def is_owed(bench: Bench, attack: Attack) -> bool:
    """Tell whether the obligation is owed in an attack, in some reading."""
    return furthest(bench.ask(bench.treaty, attack))[0][0]
