"""What a hindcast or a comparison of pacts says, in sentences that follow from its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from alliancesim.history.rendering import NAMES

if TYPE_CHECKING:
    from alliancesim.history.result import Hindcast
    from alliancesim.history.what_pacts_did import PactComparison

__all__ = ["hindcast_in_sentences", "pacts_in_sentences"]

MODEL = ("probability", "rate", "rules")
"""Forecasts that are the model's own, or a part of it."""


HARDLY = 0.8
"""Share of draws that stay effective above which a record is said to tell hardly anything."""


def hindcast_in_sentences(found: Hindcast) -> str:
    """Return where a hindcast is better than naive forecasts, and first of all where it is not."""
    scores = found.scores
    good: list[str] = []
    short: list[str] = []
    if "onsets" in scores:
        onsets = scores["onsets"]["originators"]
        name, gain = _hardest(onsets, "pairs")
        words = f"New disputes, against the best naive forecast ({NAMES[name]}): {_gain(gain)}"
        (good if gain[1] > 0 else short).append(f"{words}.")
        played = onsets["forecasts"]["rate"]["better_pairs"]
        words = f"What the agents add to the rates that they are given: {_gain(played)}"
        (good if played[1] > 0 else short).append(f"{words}.")
    if "calls" in scores:
        calls = scores["calls"]
        for rival in ("constant", "logistic"):
            gain = calls["forecasts"][rival]["better_disputes"]
            words = f"Who joins, disputes drawn again, against the {NAMES[rival]}: {_gain(gain)}"
            (good if gain[1] > 0 else short).append(f"{words}.")
        own = calls["forecasts"]["rules"]
        gap = 1000 * (own["log_score"] - calls["forecasts"]["logistic"]["log_score"])
        if gap < 0:
            short.append(
                "Who joins, by the rules' own terms alone: "
                f"{-gap:.2f} thousandths worse than the logistic regression."
            )
    for outcome, words in (("on", "on"), ("by", "by")):
        each = scores.get("pacts", {}).get(outcome)
        if each:
            gain = each["better_than_none"]
            sentence = (
                f"Disputes {words} members of new pacts: the model's ratio is {each['model']:.2f}, "
                f"the record's {each['record']['ratio']:.2f} ({each['record']['low']:.2f} to "
                f"{each['record']['high']:.2f}); {_verdict(gain)} than no effect at all"
            )
            (good if gain[1] > 0 else short).append(f"{sentence}.")
    parts = []
    if short:
        parts.append("**Where it falls short.** " + " ".join(short))
    if good:
        parts.append("**Where it is better.** " + " ".join(good))
    return "\n\n".join(parts)


def _hardest(scored: dict[str, Any], clusters: str) -> tuple[str, Sequence[float]]:
    """Return the naive forecast of the best log score, and what the model gains on it."""
    rivals = {name: row for name, row in scored["forecasts"].items() if name not in MODEL}
    name = max(rivals, key=lambda each: rivals[each]["log_score"])
    return name, rivals[name][f"better_{clusters}"]


def _gain(values: Sequence[float]) -> str:
    middle, low, high = (1000 * each for each in values)
    told = "" if low > 0 or high < 0 else ", not to be told from none"
    word = "gained" if middle >= 0 else "lost"
    return f"{abs(middle):.2f} thousandths {word} ({low:+.2f} to {high:+.2f}){told}"


def _verdict(values: Sequence[float]) -> str:
    _, low, high = values
    if low > 0:
        return "better"
    return "worse" if high < 0 else "neither better nor worse"


def pacts_in_sentences(found: PactComparison) -> str:
    """Return where record and model disagree on pacts, and what the record says of s_D and ι."""
    apart: list[str] = []
    opposite: list[str] = []
    alike: list[str] = []
    for outcome, words in (("on", "disputes on members"), ("by", "disputes by members")):
        for group, seen in found.record[outcome].items():
            made = found.model[outcome][group]
            if seen["ratio"] != seen["ratio"]:
                continue
            sentence = (
                f"{words}, {group}: {seen['ratio']:.2f} ({seen['low']:.2f} to {seen['high']:.2f}) "
                f"by the record, {made['ratio']:.2f} ({made['low']:.2f} to {made['high']:.2f}) by "
                "the model"
            )
            meets = made["low"] <= seen["high"] and seen["low"] <= made["high"]
            across = (seen["ratio"] - 1.0) * (made["ratio"] - 1.0) < 0.0
            (apart if not meets else opposite if across else alike).append(sentence)
    known = found.parameters
    told = []
    for name, words in (("challenge_scale", "s_D"), ("insured_share", "ι")):
        prior, weighted = known[name]["prior"], known[name]["weighted"]
        told.append(
            f"{words} {weighted['mean']:.2f} ({weighted['low']:.2f} to {weighted['high']:.2f}) "
            f"against a prior of {prior['mean']:.2f} ({prior['low']:.2f} to {prior['high']:.2f})"
        )
    lines = []
    if apart:
        lines.append("**Record and model disagree** on " + "; ".join(apart) + ".")
    if opposite:
        lines.append(
            "**They point in opposite directions**, within their intervals, on "
            + "; ".join(opposite)
            + "."
        )
    if alike:
        lines.append(
            "**They point the same way**, and their intervals meet, on " + "; ".join(alike) + "."
        )
    share = known["effective"] / known["draws"]
    weak = (
        "The record hardly tells values of these parameters apart"
        if share > HARDLY
        else "The record tells values of these parameters apart"
    )
    lines.append(
        f"{weak}: weighted by it, draws of the priors give {' and '.join(told)}; "
        f"{known['effective']:.0f} of {known['draws']} draws are effective."
    )
    return "\n\n".join(lines)
