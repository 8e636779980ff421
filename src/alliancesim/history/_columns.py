"""The columns of the tables that are read, and which of them every row must fill."""

from __future__ import annotations

__all__ = ["FLAGS", "NEEDED", "TERMS", "TEXTS"]

TERMS = (
    *("conditional", "obliged", "protected", "offense", "neutrality", "nonaggression"),
    *("consultation", "bilateral"),
)
"""What a row of a pact says of its terms."""

NEEDED: dict[str, tuple[str, ...]] = {
    "states": ("ccode", "state", "name", "region", "kind", "start", "end"),
    "pairs": (
        *("ccode1", "ccode2", "start_year", "end_year", "min_distance_km", "contiguity"),
        *("rivalry", "n_major", "relevant", "class"),
    ),
    "disputes": (
        *("dispute", "start_year", "challenger_ccode", "target_ccode"),
        *("challenger_originator", "target_originator", "dispute_war"),
    ),
    "pacts": (
        *("atopid", "member_ccode", "formed_year", "entry", "exit", "founder", *TERMS),
        *("on_before", "on_after", "by_before", "by_after", "control_on_before"),
        *("control_on_after", "control_by_before", "control_by_after", "effect_case"),
    ),
    "calls": (
        *("dispute", "start_year", "start_month", "partner_side", "partner_ccode"),
        *("opponent_ccode", "n_opponents", "n_partners", "ally_ccode", "already_in", "joined"),
        *("joined_hostility", "joined_force", "joined_war", "days_to_entry", "dispute_war"),
        *("n_called", "bilateral", "conditional", "offense", "km_ally_partner"),
        *("km_ally_opponent", "contiguity_ally_opponent", "ally_rival_of_opponent"),
        *("ally_rival_of_partner", "partner_rival_of_opponent", "ally_pact_with_opponent"),
        *("ally_major", "partner_major", "opponent_major"),
        *("ally_cinc", "partner_cinc", "opponent_cinc"),
    ),
}
"""The columns that are read of each table."""

TEXTS = frozenset(
    {
        *("state", "name", "region", "kind", "start", "end", "class", "entry", "exit"),
        *("partner_side", "opponent_ccode"),
    }
)
"""Columns of words, dates and lists."""

FLAGS = frozenset(
    {
        *("ccode", "ccode1", "ccode2", "start_year", "end_year", "contiguity", "rivalry"),
        *("n_major", "dispute", "challenger_ccode", "target_ccode", "challenger_originator"),
        *("target_originator", "atopid", "member_ccode", "formed_year", "partner_ccode"),
        *("ally_ccode", "already_in", "joined", "start_month"),
    }
)
"""Columns of which no cell may be empty."""
