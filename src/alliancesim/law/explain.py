"""The chain of reasons, article by article, as data and as text."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.codes import check_states
from alliancesim.law.attack import Attack
from alliancesim.law.duties import duties
from alliancesim.law.duty import Duty, Finding
from alliancesim.law.parties import refuse_unknown_states
from alliancesim.law.text import article_in_words
from alliancesim.law.treaty import Treaty

__all__ = ["Explanation", "Step", "explain"]


@attrs.frozen(kw_only=True)
class Step:
    """One step of an explanation, over the readings of what is unknown.

    Attributes
    ----------
    finding : Finding
        What was asked and found, under which article.
    weight : float
        The probability of the readings in which it was asked and found so.
    differs : bool
        Whether other readings find otherwise at this step.
    """

    finding: Finding
    weight: float
    differs: bool

    @property
    def mark(self) -> str:
        """Return met, not met, open, or unknown where readings differ."""
        return "unknown" if self.differs else self.finding.outcome

    def __str__(self) -> str:
        """Return the step as one line."""
        where = self.finding.article
        article = f"{article_in_words(where)}: " if where and where != "none" else ""
        likely = f" ({self.finding.outcome}, {self.weight:.0%})" if self.differs else ""
        return f"[{self.mark}]{likely} {self.finding.step}: {article}{self.finding.words}"


@attrs.frozen(kw_only=True)
class Explanation:
    """Why one obligor owes, or does not owe, one duty.

    Attributes
    ----------
    treaty, article, kind : str
        Which duty.
    obligor, beneficiary : str
        Between whom.
    owed : float
        The probability, over readings, that it is owed (if need be on a condition).
    steps : tuple of Step
        The chain, article by article, in the order asked.
    result : tuple of str
        The duty in words, for each different result.
    """

    treaty: str
    article: str
    kind: str
    obligor: str
    beneficiary: str
    owed: float
    steps: tuple[Step, ...]
    result: tuple[str, ...]

    def __str__(self) -> str:
        """Return the explanation as text, a line a step."""
        head = (
            f"{self.treaty} {article_in_words(self.article)}: {self.kind}, "
            f"{self.obligor} → {self.beneficiary}"
        )
        lines = [f"  {step}" for step in self.steps]
        return "\n".join([head, *lines, *(f"  => {result}" for result in self.result)])


@checked
def explain(
    treaty: Treaty,
    attack: Attack,
    obligor: str | None = None,
    *,
    others: Collection[str] = (),
) -> tuple[Explanation, ...]:
    """Return why each obligor owes what, article by article.

    Parameters
    ----------
    treaty : Treaty
        The treaty.
    attack : Attack
        What happened.
    obligor : str, optional
        One obligor alone; by default all.
    others : collection of str, optional
        As in `Treaty.duties`.

    Returns
    -------
    tuple of Explanation
        One for each obligation and obligor. ``str`` of one is its text; its fields are the data.

    Raises
    ------
    InvalidInput
        If obligor or attack name an unknown state.
    """
    if obligor is not None and obligor not in (*treaty.concerned, *others):
        check_states([obligor], (), "obligor")
    refuse_unknown_states([treaty], attack, others)
    answer = duties(treaty, attack)
    weights = [read.weight for read in answer.reads]
    chains = zip(*(read.duties for read in answer.reads), strict=True)
    return tuple(
        explanation(chain, weights)
        for chain in chains
        if obligor is None or chain[0].obligor == obligor
    )


def explanation(chain: tuple[Duty, ...], weights: list[float]) -> Explanation:
    """Put together what the readings say of one obligor and one obligation."""
    first = chain[0]
    results: dict[str, float] = {}
    for duty, weight in zip(chain, weights, strict=True):
        results[str(duty)] = results.get(str(duty), 0.0) + weight
    several = len(results) > 1
    return Explanation(
        treaty=first.treaty,
        article=first.article,
        kind=first.kind,
        obligor=first.obligor,
        beneficiary=first.beneficiary,
        owed=sum(weight for duty, weight in zip(chain, weights, strict=True) if duty.owed),
        steps=tuple(steps(chain, weights)),
        result=tuple(f"{text} ({w:.0%})" if several else text for text, w in results.items()),
    )


def steps(chain: tuple[Duty, ...], weights: list[float]) -> Iterator[Step]:
    """Yield the findings of all readings, each once, in the order of the steps."""
    found: dict[Finding, float] = {}
    order: dict[str, int] = {}
    for duty, weight in zip(chain, weights, strict=True):
        for n, finding in enumerate(duty.chain):
            found[finding] = found.get(finding, 0.0) + weight
            order.setdefault(finding.step, n)
    asked = [finding.step for finding in found if finding.step != "exception"]
    for finding in sorted(found, key=lambda one: order[one.step]):
        yield Step(finding=finding, weight=found[finding], differs=asked.count(finding.step) > 1)
