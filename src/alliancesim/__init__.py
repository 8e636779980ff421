"""Collective defence as code: treaties as law held as data, and wargames of what a pact changes.

Three lines are the whole of it::

    import alliancesim as al
    comparison = al.compare("smda", worlds=2000, seed=1)
    print(comparison)

Public names are loaded when they are first used, so that ``import alliancesim`` stays light.
"""

from alliancesim._lazy import attach

__version__ = "0.1.0"

# The public names are listed once, in __init__.pyi, and imported when first used.
__getattr__, __dir__, __all__ = attach(__name__)
__all__ += ["__version__"]
