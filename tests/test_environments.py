"""Where the package runs: from an archive, without a home, on a full disk, in any folder."""

import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import alliancesim
from alliancesim import _lazy

PACKAGE = Path(alliancesim.__file__).parent
SMALL = """
import alliancesim
from alliancesim._compile import compiled
from alliancesim.chance import uniform
print(compiled(uniform)(1, 2, 3, 4, 5, 6, 7, 8))
"""
FOREIGN = ("Traceback", "Warning")


def run(code, *, home=None, path=PACKAGE.parent, **options):
    """Run some code in a Python of its own, without the home and the cache of this one."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(path), "PYTHONSAFEPATH": "1"}
    if home is not None:
        environment["HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment | options.pop("env", {}),
        capture_output=True,
        text=True,
        timeout=300,
        **options,
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Return an archive of the package, as a wheel has it."""
    path = tmp_path_factory.mktemp("archive") / "alliancesim.zip"
    with zipfile.ZipFile(path, "w") as made:
        for each in sorted(PACKAGE.rglob("*")):
            if each.is_file() and "__pycache__" not in each.parts:
                made.write(each, each.relative_to(PACKAGE.parent))
    return path


FROM_ARCHIVE = """
import datetime
import alliancesim as al
from alliancesim import catalogue, history, testing
from alliancesim.testing.situation import situations
from alliancesim.validation.patterns import patterns

assert ".zip" in al.__file__
attack = al.Attack(attacker="SYR", victim="TUR")
print([str(each) for each in catalogue.treaty("NATO").duties(attack)])
print([al.load(name) for name in catalogue.names("scenarios")][:2])
print(catalogue.pair("IND", "PAK"), catalogue.totals(), catalogue.editions())
print(catalogue.state("PAK", datetime.date(2025, 12, 31)), len(patterns()))
print(len(situations()), testing.check_treaty.__name__, history.build.__name__)
print(sorted(dir(al)), sorted(dir(testing)))
"""


def test_from_an_archive_everything_is_read_as_from_a_folder(archive, tmp_path):
    code = FROM_ARCHIVE.replace("assert", "True or")
    there, here = run(FROM_ARCHIVE, path=archive, cwd=tmp_path), run(code, cwd=tmp_path)
    assert there.returncode == here.returncode == 0, there.stderr + here.stderr
    assert len(there.stdout) > 10_000
    assert there.stdout == here.stdout


def test_from_an_archive_a_world_is_played_reported_and_drawn(archive, tmp_path):
    code = """
import attrs, alliancesim as al
from alliancesim.figures import differences
from alliancesim.report import write_report
short = attrs.evolve(al.load("smda"), horizon_months=3)
found = al.compare(short, worlds=2, seed=1)
write_report(found, "out.html")
differences(found).figure.savefig("out.png")
print(found.digest)
"""
    given = {"cwd": tmp_path, "env": {"NUMBA_DISABLE_JIT": "1"}}
    there, here = run(code, path=archive, **given), run(code, **given)
    assert there.returncode == 0, there.stderr
    assert there.stdout == here.stdout
    assert (tmp_path / "out.html").stat().st_size > 10_000


def test_the_names_of_a_package_are_those_of_its_stub():
    load, listed, names = _lazy.attach("alliancesim")
    assert sorted(listed()) == sorted(names) == sorted(set(alliancesim.__all__) - {"__version__"})
    assert load("compare") is alliancesim.compare


@pytest.mark.parametrize("home", [None, "/proc/nope", "/dev/null"])
def test_without_a_home_it_runs_and_says_at_most_once_that_nothing_is_kept(home, tmp_path):
    found = run(SMALL, home=home, cwd="/", env={"XDG_CACHE_HOME": "/proc/nope"} if not home else {})
    assert found.returncode == 0, found.stderr
    assert found.stderr.count("cannot be kept") == 1
    assert not any(each in found.stderr for each in FOREIGN)
    assert found.stdout == run(SMALL, home=tmp_path).stdout


def test_on_a_full_disk_it_runs_uncached_and_says_so_once(tmp_path):
    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    found = run(SMALL, home=tmp_path, cwd=tmp_path, preexec_fn=full)
    assert found.returncode == 0, found.stderr
    assert found.stderr.count("cannot be kept") == 1
    assert not any(each in found.stderr for each in FOREIGN)


def test_in_a_folder_that_cannot_be_written_a_file_is_rejected_by_its_folder(tmp_path):
    code = """
import os
from alliancesim.data.files import write_bytes
from alliancesim.errors import InvalidInput

if os.getuid() == 0:
    os.setuid(65534)
try:
    write_bytes("alliancesim.json", b"{}")
except InvalidInput as error:
    print(error)
"""
    found = run(code, home=tmp_path, cwd="/")
    assert found.stdout.startswith("/: the folder cannot be written to"), found.stderr
