"""What is owed once the case arises, and what must still happen: response, request, decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import attrs

from alliancesim.data.checks import as_plain, as_tuple, choice, flag, instance, text
from alliancesim.errors import InvalidInput
from alliancesim.law import scale
from alliancesim.law.checks import one_of, some_of
from alliancesim.law.grades import ALL_MEANS, Gate, Level, Means, as_level
from alliancesim.law.mistakes import Mistake, changed

__all__ = ["Decision", "Request", "Response"]


@attrs.frozen(kw_only=True)
class Response:
    """What is owed once the case arises, and in which words.

    Attributes
    ----------
    level : Level or str
        consult, assist or defend.
    wording : str
        A key of the scale of wordings, see `alliancesim.law.scale`.
    means : tuple of str
        By what means: among diplomatic, economic, material, military.
    quote : str
        The operative words of the treaty.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    level: Level = attrs.field(converter=as_level, validator=instance(Level))
    wording: str = attrs.field()
    means: tuple[Means, ...] = attrs.field(converter=as_tuple, validator=some_of(Means))
    quote: str = attrs.field(default="", validator=text(empty=True))
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    @wording.validator
    def _on_the_scale(self, attribute: Any, value: Any) -> None:
        choice(scale.wordings())(self, attribute, value)

    @means.default
    def _means_of_level(self) -> tuple[Means, ...]:
        return ("diplomatic",) if self.level <= Level.CONSULT else ALL_MEANS

    @property
    def binding(self) -> float:
        """How binding the words are, 0 to 1: a judgement, from the scale."""
        return scale.wording(self.wording).binding

    def in_words(self) -> str:
        """Return what is owed."""
        quote = f": “{self.quote}”" if self.quote else ""
        means = (
            "" if self.means == self._means_of_level() else f", by {', '.join(self.means)} means"
        )
        return f"{self.level} ({self.wording.replace('-', ' ')}){means}{quote}"

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the response with one mistake."""
        level = Level.ASSIST if self.level is not Level.ASSIST else Level.DEFEND
        yield f"level {level}", changed(self, level=level)
        wording = "automatic" if self.wording != "automatic" else "as-agreed"
        yield f"wording {wording}", changed(self, wording=wording)
        yield "fewer means", changed(self, means=self.means[1:])


@attrs.frozen(kw_only=True)
class Request:
    """Whether the duty is owed only when it is asked for."""

    needed: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def in_words(self) -> str:
        """Return that it must be asked for; empty where it need not."""
        return "when it is asked for" if self.needed else ""

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the clause turned around."""
        yield f"needed {not self.needed}", changed(self, needed=not self.needed)


DecisionRule = Literal["each", "consensus", "majority", "two-thirds"]


@attrs.frozen(kw_only=True)
class Decision:
    """Who decides that the duty is there: each party by itself, or the treaty's organ.

    Attributes
    ----------
    rule : str
        each, consensus, majority or two-thirds.
    force_by_consent : bool
        Whether nobody can be made to use armed force by the organ's decision: help decided by
        it then excludes military means, and is assistance at most, but for a party that consents.
    article, source : str
        Where the treaty says so, and where that was read.

    Raises
    ------
    InvalidInput
        When force is left to consent and no organ decides.
    """

    rule: DecisionRule = attrs.field(default="each", validator=one_of(DecisionRule))
    force_by_consent: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    article: str = attrs.field(default="", validator=text(empty=True))
    source: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        if self.force_by_consent and self.rule == "each":
            raise InvalidInput(
                "each party decides, so no organ orders force",
                where="force_by_consent",
                allowed="false, or a rule of consensus, majority or two-thirds",
            )

    @property
    def gate(self) -> Gate:
        """The gate that the rule puts before the duty."""
        return {
            "each": Gate.OWED,
            "consensus": Gate.IF_CONSENSUS,
            "majority": Gate.IF_MAJORITY,
            "two-thirds": Gate.IF_TWO_THIRDS,
        }[self.rule]

    def in_words(self) -> str:
        """Return who decides."""
        if self.rule == "each":
            return "each party decides for itself" if self.article or self.source else ""
        consent = "; armed force by consent alone" if self.force_by_consent else ""
        return f"the organ decides by {self.rule}{consent}"

    def wrong_encodings(self) -> Iterator[Mistake]:
        """Yield the clause with one mistake."""
        rule = "consensus" if self.rule != "consensus" else "each"
        force = self.force_by_consent and rule != "each"
        yield f"rule {rule}", changed(self, rule=rule, force_by_consent=force)
        if self.rule != "each":
            turned = not self.force_by_consent
            yield f"force by consent {turned}", changed(self, force_by_consent=turned)


def votes_needed(rule: str, voters: int) -> int:
    """Return how many of the parties must consent, by a rule of decision or of accession."""
    return {
        "open": 0,
        "closed": voters + 1,
        "consensus": voters,
        "unanimity": voters,
        "two-thirds": -(-2 * voters // 3),
        "majority": voters // 2 + 1,
    }[rule]
