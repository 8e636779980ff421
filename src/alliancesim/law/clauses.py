"""What is owed, by whom, to whom: obligations and the clauses that make them up.

An obligation is a default with exceptions below it, as articles are written: the conditions say
when it arises, the response says what is owed, and provisos (reservations and understandings of
single members among them) cap it for some obligors in some cases.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from alliancesim.data.checks import as_tuple, every, instance, text
from alliancesim.errors import InvalidInput
from alliancesim.law.area import Area
from alliancesim.law.checks import day, lasts, one_of, ordered, states
from alliancesim.law.conditions import (
    ANY_ACT,
    Adversaries,
    NonProvocation,
    Saving,
    SecurityCouncil,
    Trigger,
)
from alliancesim.law.grades import ABSTAIN, HELP, DutyKind, Level, Rule
from alliancesim.law.proviso import Proviso
from alliancesim.law.response import Decision, Request, Response
from alliancesim.law.unknown import Unknown, clause_or_unknown

__all__ = [
    "CLAUSES",
    "CONDITIONS",
    "DUTY_BEARING",
    "Decision",
    "Obligation",
    "Proviso",
    "Request",
    "Response",
]


def clause(cls: Any, step: str = "", asked: int = 9, default: Any = attrs.NOTHING) -> Any:
    """Return the field of a clause, which may be unknown.

    Parameters
    ----------
    cls : type
        The class of the clause.
    step : str, optional
        For a condition that the attack alone decides: its step in the chain of reasons.
    asked : int, optional
        Its rank among these steps; those of one rank follow the order of the fields.
    default : object, optional
        The default; without one, the class's own, which adds no limit.
    """
    metadata = {"clause": cls, "step": step, "asked": asked}
    if default is attrs.NOTHING:
        return attrs.field(factory=cls, metadata=metadata)
    return attrs.field(default=default, metadata=metadata)


EXCEPTION = "exception "
"""What the name of an unknown exception begins with; its number follows."""


def own_trigger(obligation: Obligation) -> Trigger:
    """Return the trigger of an obligation that names none: any act for a duty not to attack."""
    return Trigger(kinds=ANY_ACT) if obligation.kind == "non-aggression" else Trigger()


@attrs.frozen(kw_only=True, cache_hash=True)
class Obligation:
    """One duty of a treaty, from obligors to beneficiaries.

    Attributes
    ----------
    kind : str
        defence, consultation, neutrality, non-aggression, offence or right (what the obligors
        may do, and need not).
    article : str
        The article that creates it.
    obligors, beneficiaries : tuple of str or None
        Who owes and to whom; None for both: every party to every other. A one-sided duty must
        write out both sides.
    since, until : date or None
        From the first day, before the day after the last: a duty that a protocol adds, ends or
        replaces by another obligation under the same article.
    response : Response or Unknown
        What is owed; required for defence, consultation by default for consultation, none else.
    agreed : bool or Unknown
        Whether the duty exists at all; unknown where the text is not public.
    trigger, area, adversaries, security_council : clause or Unknown
        When it is owed, and until when; the defaults add no limit.
    saving : Saving or Unknown
        What a duty of neutrality or non-aggression leaves free.
    provocation, request, decision : clause or Unknown
        Who judges, asks or decides that it is; the defaults add no limit.
    exceptions : tuple of Proviso
        What limits it for some in some cases.
    rule : callable or None
        A clause in plain Python, from the attack to an `Answer`. It stands for every condition
        and for the response; sides, dates, exceptions and form still apply.
    source : str
        Where it was read.

    Raises
    ------
    InvalidInput
        When one side alone is written out, a defence duty says nothing of the response, or a
        clause could never have an effect on a duty of this kind.
    """

    kind: DutyKind = attrs.field(validator=one_of(DutyKind))
    article: str = attrs.field(validator=text())
    obligors: tuple[str, ...] | None = attrs.field(
        default=None, converter=as_tuple, validator=attrs.validators.optional(states)
    )
    beneficiaries: tuple[str, ...] | None = attrs.field(
        default=None, converter=as_tuple, validator=attrs.validators.optional(states)
    )
    since: dt.date | None = attrs.field(default=None, validator=day)
    until: dt.date | None = attrs.field(default=None, validator=day)
    agreed: bool | Unknown[bool] = clause(bool, default=True)
    trigger: Trigger | Unknown[Trigger] = clause(
        Trigger, "trigger", 2, attrs.Factory(own_trigger, takes_self=True)
    )
    area: Area | Unknown[Area] = clause(Area, "area", 3)
    adversaries: Adversaries | Unknown[Adversaries] = clause(Adversaries, "adversary", 1)
    security_council: SecurityCouncil | Unknown[SecurityCouncil] = clause(
        SecurityCouncil, "security council"
    )
    saving: Saving | Unknown[Saving] = clause(Saving)
    provocation: NonProvocation | Unknown[NonProvocation] = clause(NonProvocation)
    response: Response | Unknown[Response] | None = clause(Response, default=None)
    request: Request | Unknown[Request] = clause(Request)
    decision: Decision | Unknown[Decision] = clause(Decision)
    exceptions: tuple[Proviso, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(instance(Proviso))
    )
    rule: Rule | None = None
    source: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        ordered(self.since, self.until, "until", "a date not before since")
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
        refuse_without_effect(self)

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

    def holds_on(self, on: dt.date | None) -> bool:
        """Return whether the treaty holds the obligation on a day; without one, still."""
        return lasts(self.since, self.until, on)

    @property
    def unknowns(self) -> dict[str, Unknown[Any]]:
        """The clauses that are unknown, by field, then exceptions by number (``exception 1``)."""
        named = {name: getattr(self, name) for name in CLAUSES}
        named |= {f"{EXCEPTION}{n}": one.agreed for n, one in enumerate(self.exceptions, start=1)}
        return {name: value for name, value in named.items() if isinstance(value, Unknown)}

    def reading(self, values: dict[str, Any]) -> Obligation:
        """Return the obligation with some clauses that were unknown read one way.

        Parameters
        ----------
        values : dict of str to clause
            By the names that `unknowns` gives.
        """
        exceptions = tuple(
            attrs.evolve(one, agreed=values.get(f"{EXCEPTION}{n}", one.agreed))
            for n, one in enumerate(self.exceptions, start=1)
        )
        clauses = {name: value for name, value in values.items() if name in CLAUSES}
        return attrs.evolve(self, exceptions=exceptions, **clauses)


FIELDS: tuple[Any, ...] = attrs.fields(Obligation)

CLAUSES: dict[str, type] = {
    field.name: field.metadata["clause"] for field in FIELDS if "clause" in field.metadata
}
"""The fields of an obligation that may be unknown, and the clause that each holds."""


def rank(field: Any) -> int:
    """Return when a clause is asked, among the conditions that the attack alone decides."""
    return int(field.metadata.get("asked", 9))


CONDITIONS: dict[str, str] = {
    field.name: field.metadata["step"]
    for field in sorted(FIELDS, key=rank)
    if field.metadata.get("step")
}
"""The fields whose clause the attack alone decides, and the step of the chain that asks, in the
order in which a lawyer would. Provocation, which may be left for somebody to judge, follows."""

READ_ONLY = ("article", "source", "quote", "words")
"""What a clause says of where it was read, on which no duty depends."""


def duty_bearing() -> dict[str, tuple[str, ...]]:
    """Return the fields on which duties depend, by clause."""
    found: dict[str, tuple[str, ...]] = {
        "obligation": ("kind", "obligors", "beneficiaries", "since", "until", "agreed"),
    }
    for name, cls in {**CLAUSES, "exceptions": Proviso}.items():
        if attrs.has(cls):
            fields = [one.name for one in attrs.fields(cls)]
            found[name] = tuple(one for one in fields if one not in READ_ONLY)
    return found


DUTY_BEARING = duty_bearing()
"""The fields of obligations on which duties depend, by clause."""


def values_of(clause: Any) -> list[Any]:
    """Return a clause, or what it may be read as."""
    return [one.value for one in clause.readings] if isinstance(clause, Unknown) else [clause]


def refuse_without_effect(obligation: Obligation) -> None:
    """Refuse clauses that could never have an effect on a duty of this kind."""
    if obligation.rule is not None:
        refuse_beside_a_rule(obligation)
    kind = obligation.kind
    if not obligation.helps and obligation.response is not None:
        raise without_effect("response", kind, "none: it says how much help is owed")
    if kind not in ABSTAIN and any(one.self_defence for one in values_of(obligation.saving)):
        raise without_effect("saving", kind, "none: it limits what is owed to an attacker")
    if kind == "offence" and any(one.required for one in values_of(obligation.provocation)):
        raise without_effect(
            "provocation", kind, "none: the duty is owed to a party that attacks; an exception"
        )
    if not obligation.helps:
        if any(one.force_by_consent for one in values_of(obligation.decision)):
            raise without_effect("decision: force_by_consent", kind, "false")
        for proviso in obligation.exceptions:
            refuse_cap_of_no_help(proviso, kind)


def refuse_cap_of_no_help(proviso: Proviso, kind: str) -> None:
    """Refuse an exception that caps help where none is owed."""
    where = f"exceptions: {proviso.article}"
    if proviso.means is not None:
        raise without_effect(f"{where}: means", kind, "none")
    if proviso.cap is not Level.NONE and proviso.wording is None:
        raise without_effect(f"{where}: cap", kind, "none, which lifts the duty; or a wording")


def refuse_beside_a_rule(obligation: Obligation) -> None:
    """Refuse clauses beside a rule in plain Python, which stands for them."""
    bare = {"trigger": own_trigger(obligation), "agreed": obligation.agreed}
    for name, cls in CLAUSES.items():
        plain = bare.get(name, None if name == "response" else cls())
        consult = name == "response" and obligation.kind == "consultation"
        if getattr(obligation, name) != plain and not consult:
            raise InvalidInput(
                "the rule in plain Python stands for it",
                where=name,
                allowed="none beside a rule: say it in the rule, or as an exception",
            )


def without_effect(where: str, kind: str, allowed: str) -> InvalidInput:
    """Return the error for a clause that cannot have an effect."""
    return InvalidInput(f"has no effect on a duty of {kind}", where=where, allowed=allowed)
