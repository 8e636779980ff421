"""The laws of collective defence: they hold, and each is able to fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import pytest

from alliancesim import catalogue
from alliancesim.errors import InvalidInput
from alliancesim.law import (
    Area,
    Attack,
    Cover,
    Duties,
    Duty,
    Gate,
    Level,
    Obligation,
    Resolution,
    Response,
    Treaty,
    accede,
    dumps_treaty,
    duties,
    loads_treaty,
    resolve,
    withdraw,
)
from alliancesim.testing import LAWS, LawBroken, System, cases, check_treaty, try_law
from alliancesim.testing.trial import Trial, pact

Change = Callable[[Duty, Treaty, Attack], Duty]


def answering(change: Change) -> Callable[[Treaty, Attack], Duties]:
    """Return a wrong rule: the right answers, each duty changed."""

    def wrong(treaty: Treaty, attack: Attack) -> Duties:
        answer = duties(treaty, attack)
        reads = tuple(
            attrs.evolve(read, duties=tuple(change(duty, treaty, attack) for duty in read.duties))
            for read in answer.reads
        )
        return attrs.evolve(answer, reads=reads)

    return wrong


def to_the_attacker(duty: Duty, treaty: Treaty, attack: Attack) -> Duty:
    return attrs.evolve(duty, beneficiary=attack.attacker) if duty.level else duty


def to_oneself(duty: Duty, treaty: Treaty, attack: Attack) -> Duty:
    mine = duty.obligor == attack.victim and duty.kind == "defence"
    return attrs.evolve(duty, gate=Gate.OWED, level=Level.DEFEND, binding=1.0) if mine else duty


def by_strangers(duty: Duty, treaty: Treaty, attack: Attack) -> Duty:
    return attrs.evolve(duty, obligor="QQQ") if duty.owed else duty


def by_alphabet(duty: Duty, treaty: Treaty, attack: Attack) -> Duty:
    first = attack.victim == min(treaty.members) and duty.level
    return attrs.evolve(duty, binding=duty.binding / 2) if first else duty


def only_in_small_treaties(duty: Duty, treaty: Treaty, attack: Attack) -> Duty:
    if "XXX" in treaty.members and duty.level:
        return attrs.evolve(duty, gate=Gate.NOT_OWED, level=Level.NONE, binding=0.0)
    return duty


def more_with_exceptions(duty: Duty, treaty: Treaty, attack: Attack) -> Duty:
    many = any(one.exceptions for one in treaty.obligations)
    raised = many and duty.kind == "defence" and duty.obligor != attack.victim
    return attrs.evolve(duty, gate=Gate.OWED, level=Level.DEFEND, binding=1.0) if raised else duty


def for_known_names(duty: Duty, treaty: Treaty, attack: Attack) -> Duty:
    return attrs.evolve(duty, binding=duty.binding / 2) if duty.obligor < "MMM" else duty


def half_weights(treaty: Treaty, attack: Attack) -> Duties:
    answer = duties(treaty, attack)
    reads = tuple(attrs.evolve(read, weight=read.weight / 2) for read in answer.reads)
    return attrs.evolve(answer, reads=reads)


def alliance_of_all(all_treaties: Sequence[Treaty], attack: Attack) -> Resolution:
    everybody = sorted({state for treaty in all_treaties for state in treaty.members})
    return resolve([pact("ALL", *everybody)], attack)


def weakest(all_treaties: Sequence[Treaty], attack: Attack) -> Resolution:
    answer = resolve(all_treaties, attack)
    reads = tuple(attrs.evolve(read, strongest=read.strongest[1:]) for read in answer.reads)
    return attrs.evolve(answer, reads=reads)


def forgetful_exit(treaty: Treaty, state: str) -> Treaty:
    left = withdraw(treaty, state)
    return attrs.evolve(left, name=f"{treaty.name}, without {state}")


def last_come_first_named(treaty: Treaty, state: str) -> Treaty:
    joined = accede(treaty, state)
    return attrs.evolve(joined, name=f"{treaty.name} and {state}")


def lossy(treaty: Treaty) -> str:
    return dumps_treaty(treaty).replace('"assist"', '"consult"')


BROKEN = {
    "nothing_is_owed_to_the_attacker": System(duties=answering(to_the_attacker)),
    "nobody_owes_itself": System(duties=answering(to_oneself)),
    "duties_run_between_their_sides": System(duties=answering(by_strangers)),
    "members_are_protected_alike": System(duties=answering(by_alphabet)),
    "a_newcomer_removes_nothing": System(duties=answering(only_in_small_treaties)),
    "an_exception_adds_nothing": System(duties=answering(more_with_exceptions)),
    "accession_then_exit_restores": System(withdraw=forgetful_exit),
    "the_order_of_accession_is_irrelevant": System(accede=last_come_first_named),
    "an_allys_ally_is_not_an_ally": System(resolve=alliance_of_all),
    "stacked_treaties_give_the_stronger_duty": System(resolve=weakest),
    "renaming_states_renames_duties": System(duties=answering(for_known_names)),
    "a_file_keeps_the_treaty": System(dumps=lossy),
    "readings_are_a_distribution": System(duties=half_weights),
}


@pytest.mark.parametrize("name", catalogue.names("treaties"))
def test_the_laws_hold_for_the_treaties_of_the_catalogue(name: str) -> None:
    report = check_treaty(catalogue.treaty(name), checks=list(LAWS), examples=12)
    assert not report.broken
    assert all(verdict.tried for verdict in report.verdicts[:3])


def test_the_laws_hold_for_generated_treaties() -> None:
    trial = Trial(list(LAWS.values()), System(), stop=False)
    trial.play(cases(), 120)
    assert not trial.failed
    assert min(trial.tried.values()) > 5, trial.tried


@pytest.mark.parametrize("name", LAWS)
def test_each_law_catches_a_broken_rule(name: str) -> None:
    sound = pact("SND", "AAA", "BBB", "CCC")
    strategy = cases(sound)
    assert try_law(LAWS[name], strategy, examples=20).counterexample is None
    verdict = try_law(LAWS[name], strategy, system=BROKEN[name], examples=200)
    assert verdict.counterexample is not None, f"{name} cannot fail"
    assert "attack:" in verdict.counterexample


def one_sided() -> Treaty:
    return Treaty(
        id="BAD",
        name="A pact whose scope forgets a member",
        parties=["AAA", "BBB"],
        obligations=[
            Obligation(
                kind="defence",
                article="1",
                area=Area(covers=(Cover(victims=("AAA",)),), article="2"),
                response=Response(level="defend", wording="all-means"),
            )
        ],
    )


def test_a_one_sided_scope_is_found_where_the_pact_is_meant_to_be_mutual() -> None:
    meant = ["every_state_is_protected: BBB", "every_obligor_owes_something: AAA"]
    check_treaty(one_sided(), intended=meant)
    with pytest.raises(LawBroken, match="are not protected alike") as caught:
        check_treaty(one_sided(), meant_mutual=True, intended=meant)
    assert "owes BBB nothing" in str(caught.value) or "owes AAA nothing" in str(caught.value)


def test_the_counterexample_is_the_smallest_and_in_words() -> None:
    strategy = cases(pact("SND", "AAA", "BBB", "CCC"))
    law = LAWS["members_are_protected_alike"]
    verdict = try_law(law, strategy, system=BROKEN[law.name], examples=100)
    assert "attack, home, unprovoked" in str(verdict.counterexample)


def test_an_unknown_law_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"allowed: dates_follow_each_other, .*32 in all"):
        check_treaty(one_sided(), checks=["everybody_wins"])


def test_a_treaty_made_in_python_reads_back_from_its_file() -> None:
    made = one_sided()
    assert loads_treaty(dumps_treaty(made)) == made


def test_parties_are_kept_in_the_order_of_their_ids() -> None:
    shuffled = attrs.evolve(one_sided(), parties=["CCC", "AAA", "BBB"])
    assert shuffled.members == ("AAA", "BBB", "CCC")
