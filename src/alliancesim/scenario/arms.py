"""What a scenario judges beside pairs: arms and their changes, umbrellas, transfers, shocks."""

from __future__ import annotations

import attrs

from alliancesim.data.checks import (
    as_float,
    as_plain,
    as_tuple,
    every,
    flag,
    instance,
    number,
    text,
)
from alliancesim.data.quantity import Quantity
from alliancesim.data.state import measured, state_id
from alliancesim.errors import InvalidInput

__all__ = [
    "Accession",
    "Arm",
    "CommonShock",
    "Exit",
    "Gain",
    "Negotiation",
    "Notice",
    "Transfer",
    "Umbrella",
]


@attrs.frozen
class _Membership:
    """A state's part in a treaty."""

    treaty: str = attrs.field(validator=text())
    state: str = attrs.field(validator=state_id)


@attrs.frozen
class Accession(_Membership):
    """A state that joins a treaty in an arm.

    Parameters
    ----------
    treaty : str
        The treaty's identifier.
    state : str
        The state's identifier.
    """


@attrs.frozen
class Exit(_Membership):
    """A state that is out of a treaty in an arm, as if it had never joined.

    Parameters
    ----------
    treaty : str
        The treaty's identifier.
    state : str
        The state's identifier.
    """


@attrs.frozen
class Gain:
    """What a state expects of a change of membership, reckoned beforehand.

    Parameters
    ----------
    state : str
        The state's identifier.
    value : float
        Welfare it expects to gain, stakes a year; negative for a loss.
    """

    state: str = attrs.field(validator=state_id)
    value: float = attrs.field(converter=as_float, validator=number())


@attrs.frozen
class Negotiation(_Membership):
    """An accession that is played: negotiated, announced, ratified by one after another.

    Parameters
    ----------
    treaty, state : str
        The treaty, and the state that negotiates to join it.
    gains : tuple of Gain
        What those who ratify expect of it; nothing either way where it is not said.
    """

    gains: tuple[Gain, ...] = attrs.field(
        default=(),
        converter=as_tuple,
        validator=every(instance(Gain)),
        metadata={"key": "gain"},
    )


@attrs.frozen
class Notice(_Membership):
    """An exit that is played: a state gives notice some day, and leaves when it has run.

    Parameters
    ----------
    treaty, state : str
        The treaty, and the member that may leave it.
    """


@attrs.frozen
class Arm:
    """One treaty arrangement, played in the same worlds as the others.

    Parameters
    ----------
    name, title : str
        How it is called, and what it is in words.
    adds : tuple of str
        Treaties in force here beside those that stand in every arm.
    accessions : tuple of Accession
        States that have joined one of its treaties.
    hypothetical : bool
        Whether it supposes what has not happened; its title then says so.
    exits : tuple of Exit
        States that are out of one of its treaties, after the accessions.
    negotiation : Negotiation, optional
        An accession that is played in it.
    notice : Notice, optional
        An exit that is played in it; an arm plays one change at most.
    on_request : bool
        Whether it is played only where it is named.
    question : str
        What its comparison with the arm before it answers, as a reader would ask it; empty if
        the titles are to say it.
    """

    name: str = attrs.field(validator=text())
    title: str = attrs.field(validator=text())
    adds: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=every(text()))
    accessions: tuple[Accession, ...] = attrs.field(
        default=(),
        converter=as_tuple,
        validator=every(instance(Accession)),
        metadata={"key": "accession"},
    )
    hypothetical: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    exits: tuple[Exit, ...] = attrs.field(
        default=(),
        converter=as_tuple,
        validator=every(instance(Exit)),
        metadata={"key": "exit"},
    )
    negotiation: Negotiation | None = attrs.field(
        default=None, validator=instance(Negotiation, optional=True)
    )
    notice: Notice | None = attrs.field(default=None, validator=instance(Notice, optional=True))
    on_request: bool = attrs.field(default=False, converter=as_plain, validator=flag())
    question: str = attrs.field(default="", validator=text(empty=True))

    def __attrs_post_init__(self) -> None:
        if self.negotiation and self.notice:
            raise InvalidInput("two changes", where="notice", allowed="a negotiation or a notice")
        if self.hypothetical and "hypothetical" not in self.title.lower():
            raise InvalidInput(
                "the title does not say that the arm is hypothetical",
                where="title",
                allowed="a title with the word hypothetical",
            )


@attrs.frozen
class Umbrella:
    """The belief that one state's nuclear deterrent covers another.

    Parameters
    ----------
    patron, client : str
        Whose deterrent, and whom it may cover.
    belief : Quantity
        Probability that it does, share; with a prior.
    """

    patron: str = attrs.field(validator=state_id)
    client: str = attrs.field(validator=state_id)
    belief: Quantity = attrs.field(validator=measured("share", 0, 1))

    def __attrs_post_init__(self) -> None:
        if self.patron == self.client:
            problem = f"{self.patron} cannot be its own client"
            raise InvalidInput(problem, where="client", allowed="another state")
        if self.belief.prior is None:
            problem = "a belief without a prior"
            raise InvalidInput(problem, where="belief: prior", allowed="a table, such as a beta")


@attrs.frozen
class CommonShock:
    """What the rates of all disputes of one state have in common, beside each pair's own.

    Priors of pairs are drawn each by itself; a war or a settlement moves them together.

    Parameters
    ----------
    state : str
        Whose disputes: the rates of all its pairs, in both directions, are multiplied.
    factor : Quantity
        The factor, ratio, 0 or more; with a prior, whose median is 1 where the multipliers of the
        pairs are meant to hold on the whole.
    """

    state: str = attrs.field(validator=state_id)
    factor: Quantity = attrs.field(validator=measured("ratio", 0))

    def __attrs_post_init__(self) -> None:
        if self.factor.prior is None:
            problem = "a shock without a prior"
            raise InvalidInput(problem, where="factor: prior", allowed="a table, as a lognormal")


@attrs.frozen
class Transfer:
    """What one member of a treaty pays another, where the treaty is in force for both.

    Parameters
    ----------
    treaty : str
        The treaty's identifier.
    payer, payee : str
        Who pays, and who is paid.
    amount : Quantity
        USD bn a year, 0 or more.
    """

    treaty: str = attrs.field(validator=text())
    payer: str = attrs.field(validator=state_id)
    payee: str = attrs.field(validator=state_id)
    amount: Quantity = attrs.field(validator=measured("USD bn a year", 0))

    def __attrs_post_init__(self) -> None:
        if self.payer == self.payee:
            problem = f"{self.payer} cannot pay itself"
            raise InvalidInput(problem, where="payee", allowed="another state")
