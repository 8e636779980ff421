"""Treaty law as values: clauses, attacks, duties with reasons, and what can be done to treaties.

Pure Python that a lawyer can read, without arrays; `alliancesim.arrays` compiles it for the engine.
"""

from __future__ import annotations

from alliancesim.law.algebra import amend, expire, ratify, sign, suspend
from alliancesim.law.area import Area, Cover
from alliancesim.law.attack import Attack
from alliancesim.law.clauses import Decision, Obligation, Proviso, Request, Response
from alliancesim.law.conditions import (
    Adversaries,
    NonProvocation,
    Saving,
    SecurityCouncil,
    Trigger,
    When,
)
from alliancesim.law.duties import duties
from alliancesim.law.duty import Duties, Duty, Finding, Read
from alliancesim.law.explain import Explanation, explain
from alliancesim.law.files import dump_treaty, dumps_treaty, load_treaty, loads_treaty
from alliancesim.law.force import in_force, members_on, why_not_bound, why_not_in_force
from alliancesim.law.grades import Answer, Gate, Level
from alliancesim.law.membership import accede, withdraw
from alliancesim.law.places import Place, Tenure
from alliancesim.law.readings import JointReading
from alliancesim.law.regions import Region, region
from alliancesim.law.resolve import Conflict, Resolution, Resolved, resolve
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
)
from alliancesim.law.treaty import Quotation, Treaty
from alliancesim.law.unknown import Reading, Unknown

__all__ = [
    "Accession",
    "Adversaries",
    "Answer",
    "Area",
    "Attack",
    "Conflict",
    "Cover",
    "Decision",
    "Duties",
    "Duty",
    "Entry",
    "Explanation",
    "Finding",
    "Gate",
    "JointReading",
    "LegalForm",
    "Level",
    "NonProvocation",
    "Nuclear",
    "Obligation",
    "Party",
    "Place",
    "Primacy",
    "Protected",
    "Proviso",
    "Quotation",
    "Read",
    "Reading",
    "Region",
    "Request",
    "Resolution",
    "Resolved",
    "Response",
    "Saving",
    "SecurityCouncil",
    "Suspension",
    "Tenure",
    "Term",
    "Treaty",
    "Trigger",
    "Unknown",
    "When",
    "accede",
    "amend",
    "dump_treaty",
    "dumps_treaty",
    "duties",
    "expire",
    "explain",
    "in_force",
    "load_treaty",
    "loads_treaty",
    "members_on",
    "ratify",
    "region",
    "resolve",
    "sign",
    "suspend",
    "why_not_bound",
    "why_not_in_force",
    "withdraw",
]
