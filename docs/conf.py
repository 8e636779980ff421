"""How the documentation is built: ``sphinx-build -W docs BUILD``, with BUILD outside ``docs``."""

import importlib
import pkgutil
import re
import sys
from pathlib import Path

from docutils.nodes import SkipNode
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util.logging import getLogger

import alliancesim
import alliancesim.rules

for module in pkgutil.iter_modules(alliancesim.rules.__path__, "alliancesim.rules."):
    importlib.import_module(module.name)

project = "alliancesim"
author = "The alliancesim developers"
copyright = author
version = release = alliancesim.__version__

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tools"))
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.viewcode",
    "numpydoc",
    "parameter_table",
]
exclude_patterns = ["_build", "**.ipynb_checkpoints"]


def copy_notebooks():
    """Copy the notebooks, and their README as the index, to where Sphinx finds them."""
    (HERE / "notebooks").mkdir(exist_ok=True)
    for source in (HERE.parent / "notebooks").iterdir():
        text = source.read_text(encoding="utf-8").replace("](../docs/", "](../")
        name = source.name
        if name == "README.md":
            listed = re.findall(r"\]\(([\w-]+)\.ipynb\)", text)
            text += "\n```{toctree}\n:hidden:\n\n" + "\n".join(listed) + "\n```\n"
            name = "index.md"
        copy = HERE / "notebooks" / name
        if not copy.exists() or copy.read_text(encoding="utf-8") != text:
            copy.write_text(text, encoding="utf-8")


copy_notebooks()

smartquotes_action = "qe"  # two dashes are an option's

html_theme = "furo"
html_title = f"alliancesim {version}"
html_static_path = ["_static"]
html_css_files = ["style.css"]
html_math_renderer = "mathml"

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_excludepatterns = ["notebooks/*"]  # tests run them; their results are kept
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 600
nb_merge_streams = True
nb_ipywidgets_js = {}  # widgets live in notebooks; the site asks nothing of a network
nb_render_markdown_format = "myst"

autodoc_member_order = "bysource"
autodoc_typehints = "none"
numpydoc_show_class_members = False


def spare_bars(app, what, name, obj, options, lines):
    """Keep the bars of absolute values, |x|, from being read as substitutions."""
    lines[:] = [re.sub(r"\|(\w+)\|", r"\\|\1\\|", line) for line in lines]


def spaced(formula):
    """Set a thin space where a function's name stands beside a letter: m ln x, not mlnx."""
    thin = '<mspace width="0.17em"></mspace>'
    named = r"(?=<mi[^>]*>\w{2,}</mi>\s*<mo>&ApplyFunction;)"
    formula = re.sub(rf"(</m(?:i|n|sub|sup)>\s*){named}", rf"\1{thin}", formula)
    return re.sub(r"(<mo>&ApplyFunction;</mo>\s*)(?=<m[infs])", rf"\1{thin}", formula)


def as_mathml(as_block):
    """Return a visitor that writes a formula in the page itself, so that no script draws it."""

    def visit(writer, node):
        try:
            writer.body.append(spaced(tex2mathml(node.astext(), as_block=as_block)))
        except MathError as problem:
            getLogger(__name__).warning("%s: %s", node.astext(), problem, location=node)
        raise SkipNode

    return visit, None


def setup(app):
    app.add_html_math_renderer("mathml", as_mathml(False), as_mathml(True))
    app.connect("autodoc-process-docstring", spare_bars)
