"""The historical record: worlds of any year, hindcasts with scores, and what pacts did."""

from alliancesim._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__)
