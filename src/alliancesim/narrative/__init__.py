"""Text for people: chronicles, where two arms diverge, law in words, numbers in print."""

from alliancesim.narrative.chronicle import tell
from alliancesim.narrative.twins import twins_in_words

__all__ = ["tell", "twins_in_words"]
