"""A treaty: parties, obligations and terms, as one value that never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from alliancesim.data.arguments import checked
from alliancesim.data.checks import as_plain, as_tuple, every, flag, instance, integer, text
from alliancesim.data.plain_text import fitting
from alliancesim.data.quantity import Quantity, entity_code
from alliancesim.errors import InvalidInput
from alliancesim.law.attack import Attack
from alliancesim.law.checks import day, ordered, state
from alliancesim.law.clauses import Obligation
from alliancesim.law.fit import refuse_unfit
from alliancesim.law.parties import refuse_unknown_states
from alliancesim.law.terms import (
    Accession,
    Entry,
    LegalForm,
    Nuclear,
    Party,
    Primacy,
    Protected,
    Suspension,
    Term,
    as_parties,
    as_protected,
)
from alliancesim.law.unknown import Unknown, clause_or_unknown

if TYPE_CHECKING:
    from alliancesim.law.duty import Duties
    from alliancesim.law.readings import JointReading

__all__ = ["Quotation", "Treaty"]

CODES = 65535


@attrs.frozen(kw_only=True)
class Quotation:
    """Public words of or about a treaty.

    Attributes
    ----------
    words : str
        The words, short.
    date : date or None
        When they were published.
    source : str
        By whom and where.
    """

    words: str = attrs.field(validator=text())
    date: dt.date | None = attrs.field(default=None, validator=day)
    source: str = attrs.field(validator=text())


def no_depth() -> Quantity:
    """Return the depth of a treaty of which none is given: nothing is pooled."""
    return Quantity(0.0, "share", None, "none given: nothing is pooled", "derived")


def as_depth(value: Any) -> Any:
    """Take a bare number for a depth that is simply given."""
    value = as_plain(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Quantity(float(value), "share", None, "given by the treaty's author", "derived")
    return value


@attrs.frozen(kw_only=True, cache_hash=True)
class Treaty:
    """A treaty of collective defence, held as data.

    Parameters
    ----------
    id : str
        Capitals, such as ``NATO``.
    name : str
        Its title.
    parties : sequence of str or Party
        All its members, with their dates where known; kept in the order of their ids.
    obligations : sequence of Obligation
        What it obliges to, and what rights it gives; none where ``provides`` says what an
        arrangement without such duties is about.
    code : int, optional
        The integer under which chance addresses it, 0 to 65535; required unless the id is three
        capitals, whose base-26 value is then the default.
    protected : sequence of str or Protected
        Beneficiaries that are not parties, with their dates where they have any.
    form : LegalForm
        The instrument and who can undo it.
    signed : date or None
        The day of signature.
    entry : Entry
        How it enters into force.
    term, accession, nuclear : clause or Unknown
        How long it lasts and how one leaves; who may join; whether nuclear help is covered.
    primacy : Primacy
        How it ranks among treaties.
    suspensions : sequence of Suspension
        When it, or somebody's part, was suspended.
    ended : date or None
        The first day on which it is no more.
    depth : Quantity or float
        χ, 0 to 1: the share of the members' forces that fights as one.
    provides : str
        What an arrangement without duties among these is about, such as technology or bases.
    quotations : sequence of Quotation
        Its public words, with date and source.
    hypothetical : bool
        Whether no such treaty exists.
    source, status : str
        Where the treaty was read, and how far the encoding is verified.

    Raises
    ------
    InvalidInput
        When a field is not of its kind, or the parts do not fit together.
    """

    id: str = attrs.field(validator=state)
    name: str = attrs.field(validator=text())
    parties: tuple[Party, ...] = attrs.field(converter=as_parties, validator=every(instance(Party)))
    obligations: tuple[Obligation, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(instance(Obligation))
    )
    code: int = attrs.field(converter=as_plain, validator=integer(0, CODES))
    protected: tuple[Protected, ...] = attrs.field(
        default=(), converter=as_protected, validator=every(instance(Protected))
    )
    form: LegalForm = attrs.field(factory=LegalForm, validator=instance(LegalForm))
    signed: dt.date | None = attrs.field(default=None, validator=day)
    entry: Entry = attrs.field(factory=Entry, validator=instance(Entry))
    term: Term | Unknown[Term] = attrs.field(factory=Term)
    accession: Accession | Unknown[Accession] = attrs.field(factory=Accession)
    nuclear: Nuclear | Unknown[Nuclear] = attrs.field(factory=Nuclear)
    primacy: Primacy = attrs.field(factory=Primacy, validator=instance(Primacy))
    suspensions: tuple[Suspension, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(instance(Suspension))
    )
    ended: dt.date | None = attrs.field(default=None, validator=day)
    depth: Quantity = attrs.field(
        factory=no_depth, converter=as_depth, validator=instance(Quantity)
    )
    provides: str = attrs.field(default="", validator=text(empty=True))
    quotations: tuple[Quotation, ...] = attrs.field(
        default=(), converter=as_tuple, validator=every(instance(Quotation))
    )
    hypothetical: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    source: str = attrs.field(default="", validator=text(empty=True))
    status: str = attrs.field(default="", validator=text(empty=True))

    @code.default
    def _code_of_id(self) -> int:
        state(self, attrs.fields(Treaty).id, self.id)
        code = entity_code(self.id)
        if code is None:
            raise InvalidInput(
                f"{self.id} needs a code",
                where="code",
                allowed=f"a whole number from 0 to {CODES} that no other treaty has",
            )
        return code

    def __attrs_post_init__(self) -> None:
        for name, cls in (("term", Term), ("accession", Accession), ("nuclear", Nuclear)):
            clause_or_unknown(getattr(self, name), cls, name)
        if not 0 <= self.depth.value <= 1:
            raise InvalidInput(
                f"{self.depth.value:g} is not a share", where="depth", allowed="0 to 1"
            )
        ordered(self.signed, self.ended, "ended", "a date not before signed")
        refuse_unfit(self)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The ids of all parties, past ones included, in order."""
        return tuple(party.state for party in self.parties)

    @property
    def concerned(self) -> tuple[str, ...]:
        """The parties and those protected without being parties."""
        return (*self.members, *self.protected_states)

    @property
    def protected_states(self) -> tuple[str, ...]:
        """The ids of those protected without being parties, on whatever days."""
        return tuple(one.state for one in self.protected)

    def why_not_protected(self, state_id: str, on: dt.date | None = None) -> str | None:
        """Return why a state that is no party is not protected on a day, or None where it is."""
        for one in self.protected:
            if one.state == state_id:
                return (
                    None if one.holds(on) else f"{state_id} is not protected on {on or 'this day'}"
                )
        return f"{state_id} is not protected"

    def in_force(self, on: dt.date | None = None) -> bool:
        """Return whether the treaty is in force on a day; see `alliancesim.law.in_force`."""
        from alliancesim.law.force import in_force

        return in_force(self, on)

    @property
    def readings(self) -> tuple[JointReading, ...]:
        """The joint readings of the unknown clauses that bear on duties; one if there is none."""
        from alliancesim.law.readings import readings

        return readings(self)

    @checked
    def party(self, state_id: str) -> Party | None:
        """Return a party by its id, or None."""
        return self._by_state.get(state_id)

    @cached_property
    def _by_state(self) -> dict[str, Party]:
        return {party.state: party for party in self.parties}

    @checked
    def as_of(self, on: dt.date) -> Treaty:
        """Return the text of the treaty on a day, to print or compare; duties need no such step."""
        from alliancesim.law.version import as_of

        return as_of(self, on)

    def __str__(self) -> str:
        """Return the treaty in words, article by article."""
        from alliancesim.law.text import treaty_in_words

        return fitting(treaty_in_words(self))

    @checked
    def duties(self, attack: Attack, *, others: Collection[str] = ()) -> Duties:
        """Return who owes what in an attack, and why, reading by reading.

        Parameters
        ----------
        attack : Attack
            What happened.
        others : collection of str, optional
            Ids of states of your own, which no list has, that the attack may speak of.

        Returns
        -------
        Duties
            For each reading of the unknown clauses, its weight and a duty for each obligor of
            each obligation, the duties that are not owed among them with the reason.

        Raises
        ------
        InvalidInput
            If the attack speaks of a state that neither the treaty nor any list of states has;
            a treaty between made-up states may be asked about any.
        """
        from alliancesim.law.duties import duties

        refuse_unknown_states([self], attack, others)
        return duties(self, attack)
