"""What contributors and continuous integration run: ``nox -l`` lists it, ``nox -s lint`` runs one.

Each session makes an environment of its own. ``nox --no-venv --no-install -s lint types`` runs in
the present one, which ``python -m pip install -e ".[test,docs]" --group dev`` prepares.
"""

import nox

PYTHONS = ("3.11", "3.12", "3.13")
LINT = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "lint")

BROWSER = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "browser")

OLD = "ignore::DeprecationWarning"  # old versions warn of their own dependencies

nox.options.sessions = ("lint", "types", f"tests-{PYTHONS[0]}")
nox.options.error_on_missing_interpreters = True


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests; what follows ``--`` goes to pytest, such as ``-m "not slow"``."""
    session.install("-e", ".[test]")
    session.run("pytest", "-n", "2", *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the fast tests on the lowest versions that pyproject.toml allows."""
    session.install("uv")
    session.run("uv", "pip", "install", "--resolution", "lowest-direct", "-e", ".[test]")
    session.run("pytest", "-n", "2", "-m", "not slow", "-W", OLD, *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Try junk at full size: arguments, scenarios, files, command lines, kills while writing."""
    session.install("-e", ".[test]")
    full = {"ALLIANCESIM_FUZZ": "full"}
    session.run("pytest", "-n", "2", "tests/fuzz", *session.posargs, env=full)


@nox.session
def browser(session: nox.Session) -> None:
    """Play in the room in a Chromium of the system, without a network; axe checks each page."""
    session.install("-e", ".[test]", *BROWSER)
    session.run("pytest", "-n", "0", "tests/room", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and layout."""
    session.install(*LINT)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types."""
    session.install("-e", ".[test]", *LINT)
    session.run("mypy")


@nox.session
def completeness(session: nox.Session) -> None:
    """Check that public names have complete types; compiled modules are left out."""
    session.install("-e", ".[test]", *LINT)
    session.run("python", "tools/completeness.py")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site without warnings or a need for a network; ``--`` may name its folder."""
    session.install("-e", ".[docs]")
    folder = session.posargs[0] if session.posargs else "build/docs"
    session.run("sphinx-build", "-W", "--keep-going", "-q", "docs", folder)
    session.run("python", "tools/offline.py", folder)


@nox.session
def refresh(session: nox.Session) -> None:
    """Regenerate the pictures, tables and notebooks that are kept with their results."""
    session.install("-e", ".[test]")
    session.run("python", "tools/refresh.py")
