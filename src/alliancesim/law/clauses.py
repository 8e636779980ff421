"""What is owed, by whom, to whom: obligations and the clauses that make them up.

An obligation is a default with exceptions below it, as articles are written: the conditions say
when it arises, the response says what is owed, and provisos (reservations and understandings of
single members among them) cap it for some obligors in some cases.
"""

from __future__ import annotations

from typing import Any, Literal

import attrs

from alliancesim.data.checks import as_tuple, choice, every, flag, instance, text
from alliancesim.errors import InvalidInput
from alliancesim.law import scale
from alliancesim.law.area import Area
from alliancesim.law.attack import Attack
from alliancesim.law.checks import one_of, some_of, states
from alliancesim.law.conditions import (
    Adversaries,
    NonProvocation,
    SecurityCouncil,
    Trigger,
    When,
)
from alliancesim.law.grades import (
    ALL_MEANS,
    HELP,
    DutyKind,
    Gate,
    Level,
    Means,
    Rule,
    as_level,
)
from alliancesim.law.unknown import Unknown

__all__ = ["CLAUSES", "CONDITIONS", "Decision", "Obligation", "Proviso", "Request", "Response"]


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
    quote: str = ""
    article: str = ""
    source: str = ""

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


@attrs.frozen(kw_only=True)
class Request:
    """Whether help is owed only when it is asked for."""

    needed: bool = attrs.field(default=False, validator=flag())
    article: str = ""
    source: str = ""


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
        it then excludes military means, and is assistance at most.
    article, source : str
        Where the treaty says so, and where that was read.
    """

    rule: DecisionRule = attrs.field(default="each", validator=one_of(DecisionRule))
    force_by_consent: bool = attrs.field(default=False, validator=flag())
    article: str = ""
    source: str = ""

    @property
    def gate(self) -> Gate:
        """The gate that the rule puts before the duty."""
        return {
            "each": Gate.OWED,
            "consensus": Gate.IF_CONSENSUS,
            "majority": Gate.IF_MAJORITY,
            "two-thirds": Gate.IF_TWO_THIRDS,
        }[self.rule]


@attrs.frozen(kw_only=True)
class Proviso:
    """An exception to the default above it: it caps what some owe in some cases, never adds.

    Attributes
    ----------
    article : str
        The article, reservation or understanding.
    applies_to : tuple of str or None
        The obligors whom it limits; None: all.
    when : When
        The cases that it is about.
    cap : Level or str
        The most that is then owed.
    wording : str or None
        Words that then replace the response's, where they bind less.
    means : tuple of str or None
        The only means then owed.
    words : str
        The exception, in words.
    source : str
        Where it was read.
    exceptions : tuple of Proviso
        Exceptions to this exception: where one of them holds, this one does not.
    """

    article: str = attrs.field(validator=text())
    applies_to: tuple[str, ...] | None = attrs.field(
        default=None, converter=as_tuple, validator=attrs.validators.optional(states)
    )
    when: When = attrs.field(factory=When, validator=instance(When))
    cap: Level = attrs.field(default=Level.NONE, converter=as_level, validator=instance(Level))
    wording: str | None = None
    means: tuple[Means, ...] | None = attrs.field(
        default=None, converter=as_tuple, validator=attrs.validators.optional(some_of(Means))
    )
    words: str = ""
    source: str = ""
    exceptions: tuple[Proviso, ...] = attrs.field(default=(), converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        if self.wording is not None:
            scale.wording(self.wording)
        every(instance(Proviso))(self, attrs.fields(Proviso).exceptions, self.exceptions)

    def holds(self, attack: Attack, obligor: str) -> bool:
        """Tell whether the exception limits what this obligor owes in this case."""
        mine = self.applies_to is None or obligor in self.applies_to
        return (
            mine
            and self.when.met(attack)
            and not any(below.holds(attack, obligor) for below in self.exceptions)
        )


def clause_or_unknown(value: Any, cls: type, where: str) -> None:
    """Refuse what is neither a clause of the class nor an unknown one with such readings."""
    values = (
        [reading.value for reading in value.readings] if isinstance(value, Unknown) else [value]
    )
    for one in values:
        if not isinstance(one, cls):
            raise InvalidInput(
                f"expected {cls.__name__}, got {one!r}"[:120],
                where=where,
                allowed=f"{cls.__name__}, or Unknown with such readings",
            )


@attrs.frozen(kw_only=True)
class Obligation:
    """One duty of a treaty, from obligors to beneficiaries.

    Attributes
    ----------
    kind : str
        defence, consultation, neutrality, non-aggression or offence.
    article : str
        The article that creates it.
    obligors, beneficiaries : tuple of str or None
        Who owes and to whom; None for both: every party to every other. A one-sided duty must
        write out both sides.
    response : Response or Unknown
        What is owed; required for defence, consultation by default for consultation.
    agreed : bool or Unknown
        Whether the duty exists at all; unknown where the text is not public.
    trigger, area, adversaries, security_council : clause or Unknown
        When it is owed, and until when; the defaults add no limit.
    provocation, request, decision : clause or Unknown
        Who judges, asks or decides that it is; the defaults add no limit.
    exceptions : tuple of Proviso
        What limits it for some in some cases.
    rule : callable or None
        A clause in plain Python, from the attack to an `Answer`. It stands for every condition
        and for the response; sides, exceptions and form still apply.
    source : str
        Where it was read.

    Raises
    ------
    InvalidInput
        When one side alone is written out, or a defence duty says nothing of the response.
    """

    kind: DutyKind = attrs.field(validator=one_of(DutyKind))
    article: str = attrs.field(validator=text())
    obligors: tuple[str, ...] | None = attrs.field(
        default=None, converter=as_tuple, validator=attrs.validators.optional(states)
    )
    beneficiaries: tuple[str, ...] | None = attrs.field(
        default=None, converter=as_tuple, validator=attrs.validators.optional(states)
    )
    response: Response | Unknown[Response] | None = None
    agreed: bool | Unknown[bool] = True
    trigger: Trigger | Unknown[Trigger] = attrs.field(factory=Trigger)
    area: Area | Unknown[Area] = attrs.field(factory=Area)
    adversaries: Adversaries | Unknown[Adversaries] = attrs.field(factory=Adversaries)
    security_council: SecurityCouncil | Unknown[SecurityCouncil] = attrs.field(
        factory=SecurityCouncil
    )
    provocation: NonProvocation | Unknown[NonProvocation] = attrs.field(factory=NonProvocation)
    request: Request | Unknown[Request] = attrs.field(factory=Request)
    decision: Decision | Unknown[Decision] = attrs.field(factory=Decision)
    exceptions: tuple[Proviso, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(instance(Proviso))
    )
    rule: Rule | None = None
    source: str = ""

    def __attrs_post_init__(self) -> None:
        self._refuse_one_side()
        self._refuse_wrong_clause()
        if self.response is None and self.kind == "consultation":
            consult = Response(level=Level.CONSULT, wording="consults", article=self.article)
            object.__setattr__(self, "response", consult)
        if self.response is None and self.kind == "defence" and self.rule is None:
            raise InvalidInput(
                "a defence duty must say what is owed",
                where="response",
                allowed="a table with level and wording, or {unknown = {readings = [...]}}",
            )

    def _refuse_one_side(self) -> None:
        for side, other in (("obligors", "beneficiaries"), ("beneficiaries", "obligors")):
            if getattr(self, side) is not None and not getattr(self, other):
                raise InvalidInput(
                    f"one-sided by omission: {side} are written out, {other} are not",
                    where=other,
                    allowed=f"write out {other} too, or leave both to mean every party",
                )

    def _refuse_wrong_clause(self) -> None:
        for name, cls in CLAUSES.items():
            if name != "response" or self.response is not None:
                clause_or_unknown(getattr(self, name), cls, name)

    @property
    def helps(self) -> bool:
        """Whether what is owed is help: defence or consultation."""
        return self.kind in HELP

    @property
    def unknowns(self) -> dict[str, Unknown[Any]]:
        """The clauses that are unknown, by field, in the order of the fields."""
        named = {name: getattr(self, name) for name in CLAUSES}
        return {name: value for name, value in named.items() if isinstance(value, Unknown)}


CLAUSES: dict[str, type] = {
    "agreed": bool,
    "trigger": Trigger,
    "area": Area,
    "adversaries": Adversaries,
    "security_council": SecurityCouncil,
    "provocation": NonProvocation,
    "response": Response,
    "request": Request,
    "decision": Decision,
}
"""The fields of an obligation that may be unknown, and the clause that each holds."""

CONDITIONS: dict[str, str] = {
    "adversaries": "adversary",
    "trigger": "trigger",
    "area": "area",
    "security_council": "security council",
}
"""The fields whose clause asks something of the attack alone, and the step of the chain that asks,
in the order in which a jurist would. Provocation, which may be left for somebody to judge, follows.
"""
