"""The answer in plain sentences: what differs, how certain it is, and what it depends on.

Every sentence is made from the numbers of the comparison by a function of its own, and the same
sentences stand on the first screen, in the report, in notebooks and in JSON.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.comparison.by_pair import by_pair
from alliancesim.comparison.drivers import flip_of, question, strongest_of
from alliancesim.comparison.estimates import Contrast, contrast_of, verdict_of, war_shares
from alliancesim.narrative.formatting import decimals, number
from alliancesim.narrative.wording import listed
from alliancesim.outcomes.metrics import METRICS
from alliancesim.scenario.labels import label
from alliancesim.stats.verdict import Verdict

if TYPE_CHECKING:
    from alliancesim.comparison.result import Comparison

__all__ = [
    "KEY_METRICS",
    "Answer",
    "Finding",
    "answer",
    "contrast_asked",
    "dependence",
    "finding",
    "findings_of",
    "focus_names",
    "frequencies",
    "futures",
    "length",
    "main_contrast",
    "pairs",
    "views",
]

Row = dict[str, Any]

KEY_METRICS = {
    "focus_disputes_on_expected": "Disputes begun against {focus}",
    "focus_wars_on_expected": "Wars begun against {focus}",
    "focus_wars_principal_expected": "Wars begun against or by {focus}",
}
"""The three numbers of the first screen, each with the subject of its sentence."""
SHORT = {name: text.format(focus="them").lower() for name, text in KEY_METRICS.items()}
"""The same subjects where the states followed were named before."""
_ENDS = ("from", "to")
MOST_NAMED = 4
"""States of the focus that are named in a sentence; more are called "the states followed"."""
MOST_PAIRS = 2
SHARE_OF_PAIR = 0.1
"""Share of all changes, counted without sign, from which on a pair is named."""


@attrs.frozen
class Finding:
    """What one metric does between two arms.

    Parameters
    ----------
    metric : str
    verdict : Verdict
    row : dict
        The row of `Comparison.differences` that it is said from.
    predicate : str
        What the sentence says of its subject.
    focus : str
        The names of the states followed.
    """

    metric: str
    verdict: Verdict
    row: Row
    predicate: str
    focus: str

    @property
    def sentence(self) -> str:
        """The finding in a sentence that stands by itself."""
        return f"{KEY_METRICS[self.metric].format(focus=self.focus)} {self.predicate}"

    @property
    def short(self) -> str:
        """The finding in a sentence with "them" for the states followed."""
        return f"{KEY_METRICS[self.metric].format(focus='them')} {self.predicate}"


@attrs.frozen
class Answer:
    """What one arm changes against another, in sentences.

    Parameters
    ----------
    question : str
    contrast : Contrast
    hypothetical : bool
        Whether one of the two arms is.
    findings : tuple of Finding
        One for each of `KEY_METRICS`, in their order.
    frequencies : str
        In how many of 100 futures there is a war, arm by arm.
    depends_on : str
        The prior or clause that the least certain finding depends on; empty where none is told.
    by_view : str
        The last finding under each preset that the run mixes; empty if it mixes none.
    comes_from : str
        The pairs of states whose wars change most; empty where none stands out.
    """

    question: str
    contrast: Contrast
    hypothetical: bool
    findings: tuple[Finding, ...]
    frequencies: str
    depends_on: str
    by_view: str
    comes_from: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences, in the order in which they are read."""
        return self._all(each.sentence for each in self.findings)

    @property
    def short_sentences(self) -> tuple[str, ...]:
        """The same, with "them" for the states followed."""
        return self._all(each.short for each in self.findings)

    def _all(self, findings: Iterable[str]) -> tuple[str, ...]:
        said = (*findings, self.depends_on, self.by_view, self.comes_from, self.frequencies)
        return tuple(sentence for sentence in said if sentence)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, fit for JSON."""
        return {
            "question": self.question,
            "arm": self.contrast.arm,
            "against": self.contrast.against,
            "hypothetical": self.hypothetical,
            "verdicts": {each.metric: each.verdict.grade for each in self.findings},
            "sentences": list(self.sentences),
        }


def answer(comparison: Comparison, contrast: Contrast | tuple[str, str] | None = None) -> Answer:
    """Return what one arm changes against another, in sentences.

    Parameters
    ----------
    comparison : Comparison
    contrast : Contrast or pair of str, optional
        The arm and the arm compared with. By default the last arm, against the one before it if
        it has all treaties of that one, else against the reference.

    Returns
    -------
    Answer

    Raises
    ------
    InvalidInput
        If there is no such arm.
    """
    scenario, pair = comparison.scenario, contrast_asked(comparison, contrast)
    findings = findings_of(comparison, pair)
    hypothetical = {arm.name for arm in scenario.arms if arm.hypothetical}
    return Answer(
        question=_question(comparison, pair),
        contrast=pair,
        hypothetical=bool(hypothetical & {pair.arm, pair.against}),
        findings=findings,
        frequencies=frequencies(comparison),
        depends_on=dependence(comparison, pair, findings),
        by_view=views(comparison, pair),
        comes_from=pairs(comparison, pair),
    )


def main_contrast(comparison: Comparison) -> Contrast:
    """Return the contrast that the first screen answers; see `answer`."""
    scenario, arms = comparison.scenario, comparison.arms
    if len(arms) == 1:
        return Contrast(arms[0], arms[0])
    last, before = arms[-1], arms[-2]
    had = {treaty.id for treaty in scenario.treaties_in(before)}
    has = {treaty.id for treaty in scenario.treaties_in(last)}
    if not had <= has and scenario.reference in arms[:-1]:
        before = scenario.reference
    chosen = Contrast(last, before)
    turned = Contrast(before, last)
    return turned if turned in comparison.contrasts else chosen


def contrast_asked(comparison: Comparison, given: Contrast | tuple[str, str] | None) -> Contrast:
    """Return a contrast as asked for, by default the one that the first screen answers."""
    if given is None:
        return main_contrast(comparison)
    return contrast_of(comparison.arms, comparison.scenario.reference, given)


def findings_of(comparison: Comparison, pair: Contrast) -> tuple[Finding, ...]:
    """Return what each of `KEY_METRICS` does between two arms, in their order."""
    rows = _rows(comparison, pair)
    return tuple(finding(comparison, rows[name]) for name in KEY_METRICS)


def finding(comparison: Comparison, row: Row) -> Finding:
    """Return what a metric of worlds does between two arms, with its verdict and sentence."""
    verdict = verdict_of(METRICS[row["metric"]], row, comparison.worlds)
    predicate = _predicate(comparison, row, verdict)
    return Finding(row["metric"], verdict, row, predicate, focus_names(comparison))


def _rows(comparison: Comparison, pair: Contrast) -> dict[str, Row]:
    rows = {
        row["metric"]: row
        for row in comparison.difference_rows
        if (row["arm"], row["against"]) == (pair.arm, pair.against) and row["metric"] in KEY_METRICS
    }
    if len(rows) < len(KEY_METRICS):  # a pair of arms that the table does not have
        from alliancesim.comparison import estimates

        asked = estimates.chosen(list(KEY_METRICS), ())
        found = estimates.differences(comparison.tally, asked, [pair])
        rows = {row["metric"]: row for row in found}
    return rows


def _question(comparison: Comparison, pair: Contrast) -> str:
    arm, against = (comparison.scenario.arm(name) for name in (pair.arm, pair.against))
    if arm.question and pair == main_contrast(comparison):
        return arm.question
    return f"What changes from “{against.title}” to “{arm.title}”?"


def focus_names(comparison: Comparison) -> str:
    """Return the names of the states followed, or that they are followed if they are many."""
    names = [_name(comparison, state) for state in comparison.tally.focus_states]
    return listed(names) if len(names) <= MOST_NAMED else "the states followed"


def _span(comparison: Comparison) -> str:
    months = comparison.scenario.horizon_months
    return "a decade" if months == 120 else f"in {length(months)}"


def _predicate(comparison: Comparison, row: Row, verdict: Verdict) -> str:
    """Return the rest of a sentence whose subject is a metric: what it does, how certainly."""
    levels = _levels(row)
    spell = f"{levels} {_span(comparison)}"
    if verdict.grade == "no change":
        return f"are the same in every one of {comparison.worlds:,} worlds."
    if verdict.grade == "too rare to say":
        return "differ in too few of these worlds to say more."
    if verdict.by == "sampling":
        if verdict.grade == "open":
            return f"go {spell}: not told apart from sampling noise."
        way = "rise" if verdict.sign > 0 else "fall"
        return f"{way} on average {spell}; this run cannot say how certain that is."
    if verdict.grade == "open":
        up = round(100 * verdict.positive)
        return f"go {spell}: open, a rise in {up} of 100 draws{_but(row, 0)}."
    way = "rise" if verdict.sign > 0 else "fall"
    how = way if verdict.certain else f"probably {way}"
    return f"{how} {spell}, in {verdict.of_100} of 100 draws{_but(row, verdict.sign)}."


def _levels(row: Row) -> str:
    """Return both means, with as many decimals as tell them apart by their paired interval."""
    half = (row["high"] - row["low"]) / 2
    places = decimals(half, 1) if half > 0 else decimals(row["mean"], 2)
    return f"from {number(row['against_mean'], places)} to {number(row['arm_mean'], places)}"


def _but(row: Row, sign: int) -> str:
    """Say that the mean goes against most of the draws, where sampling noise does not hide it."""
    if math.isnan(row["low"]):
        return "; the mean rests on few draws"
    if row["low"] <= 0 <= row["high"]:
        return ""
    way = 1 if row["mean"] > 0 else -1
    most = sign or (1 if row["positive"] > 0.5 else -1)
    if way == most:
        return ""
    return f"; the mean {'rises' if way > 0 else 'falls'}, as few large changes outweigh the rest"


def frequencies(comparison: Comparison) -> str:
    """Return in how many of 100 futures the focus has a war, arm by arm."""
    horizon, arms = comparison.scenario.horizon_months, comparison.arms
    shares = war_shares(comparison.tally, horizon)
    parts = [f"{100 * share:.0f} ({arm})" for arm, share in zip(arms, shares, strict=True)]
    return f"Of 100 {futures(horizon)}, a war begun against or by them comes in {listed(parts)}."


def futures(months: int) -> str:
    """Return what worlds of so many months are called where they are counted."""
    return "decades" if months == 120 else f"futures of {months} months"


def length(months: int) -> str:
    """Return a number of months in words, in years where they are whole."""
    return f"{months // 12} years" if months % 12 == 0 else f"{months} months"


def dependence(comparison: Comparison, pair: Contrast, findings: Sequence[Finding]) -> str:
    """Return what the least certain finding depends on most, with its values at both ends.

    Empty where the run cannot say, or where nothing stands out from sampling noise.
    """
    if comparison.design.no_prior_interval:
        return ""
    for each in sorted(findings, key=_certainty):
        asked = question(comparison, each.metric, pair, None)
        prior = strongest_of(asked)["prior"]
        if prior:
            return _dependence(each, flip_of(asked, prior), label(comparison.scenario, prior))
    return ""


def _certainty(each: Finding) -> float:
    positive = each.verdict.positive
    return math.inf if math.isnan(positive) else abs(positive - 0.5)


def _dependence(each: Finding, ends: Mapping[Any, Any], prior: str) -> str:
    places = max(decimals((ends[f"{e}_high"] - ends[f"{e}_low"]) / 2, 1) for e in _ENDS)
    said = (
        f"{number(ends[f'{e}_mean'], places, sign=True)} {_where(ends, ends[e])}" for e in _ENDS
    )
    return f"What {SHORT[each.metric]} do depends most on {prior}: {'; '.join(said)}."


def _where(ends: Mapping[Any, Any], value: str) -> str:
    if ends["kind"] != "clause":
        return f"at {value}"
    _, _, clause = ends["prior"].partition(": ")
    return f"if “{value.removeprefix(f'{clause}: ')}”"


def views(comparison: Comparison, pair: Contrast) -> str:
    """Return the last of `KEY_METRICS` under each preset that the run mixes; empty if none."""
    last = [*KEY_METRICS][-1]
    rows = [row for row in comparison.preset_rows if row["metric"] == last]
    rows = [row for row in rows if (row["arm"], row["against"]) == (pair.arm, pair.against)]
    said = [f"{number(row['mean'], 2, sign=True)} under {row['preset']}" for row in rows]
    return f"By how reliable allies are, these wars go {listed(said)}." if said else ""


def pairs(comparison: Comparison, pair: Contrast) -> str:
    """Return whose wars on whom change most; empty if no pair stands out."""
    rows = by_pair(comparison.tally, "wars_expected", pair)[:MOST_PAIRS]
    said = [
        f"{_name(comparison, row['challenger'])} against {_name(comparison, row['target'])} "
        f"{number(row['mean'], sign=True)}"
        for row in rows
        if row["share"] > SHARE_OF_PAIR
    ]
    return f"The largest changes in wars: {listed(said)}." if said else ""


def _name(comparison: Comparison, state: str) -> str:
    return comparison.scenario.state(state).name
