"""How the documentation is built: ``sphinx-build -W docs BUILD``, with BUILD outside ``docs``."""

import os

# Rules are compiled when imported, and autodoc reads functions only: import them here as plain
# Python, then let the pages, which run in processes of their own, compile them as users do.
os.environ["NUMBA_DISABLE_JIT"] = "1"

import importlib
import pkgutil
import re

import alliancesim
import alliancesim.rules

for module in pkgutil.iter_modules(alliancesim.rules.__path__, "alliancesim.rules."):
    importlib.import_module(module.name)
del os.environ["NUMBA_DISABLE_JIT"]

project = "alliancesim"
author = "The alliancesim developers"
copyright = author
version = release = alliancesim.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "numpydoc"]
exclude_patterns = ["_build", "**.ipynb_checkpoints"]

html_theme = "furo"
html_title = f"alliancesim {version}"
html_static_path = ["_static"]

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 600
nb_merge_streams = True

autodoc_member_order = "bysource"
autodoc_typehints = "none"
numpydoc_show_class_members = False


def spare_bars(app, what, name, obj, options, lines):
    """Keep the bars of absolute values, |x|, from being read as substitutions."""
    lines[:] = [re.sub(r"\|(\w+)\|", r"\\|\1\\|", line) for line in lines]


def setup(app):
    app.connect("autodoc-process-docstring", spare_bars)
