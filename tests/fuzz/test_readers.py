"""Files with something changed, given to every reader: the one error, or what was there."""

import io
import random
from pathlib import Path

import pytest

import alliancesim as al
from alliancesim.comparison import Comparison
from alliancesim.errors import InvalidInput
from alliancesim.law import load_treaty
from tests.fuzz.sizes import size

DATA = Path(__file__).parents[1] / "datasets" / "data"
FILES = size(2000, 60)
INSERTS = (
    b"",
    b",",
    b";",
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"-9",
    b"NA",
    b"1e999",
)
INSERTS += (b"nan", b"9" * 400, b"\t", b"'", b"#", b"[", b"]", b"=", b"$", b"\x1b[2J", "é".encode())


def mutant(rng, content):
    """Return bytes cut, doubled, replaced, or with something put in."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        at, to = sorted(rng.randrange(len(content) + 1) for _ in range(2))
        to = min(to, at + rng.choice((1, 3, 40, 4000)))
        how = rng.randrange(5)
        if how == 0:
            content = content[:at] + content[to:]
        elif how == 1:
            content = content[:at]
        elif how == 2:
            content = content[:to] + content[at:to] + content[to:]
        else:
            content = content[:at] + rng.choice(INSERTS) + content[at + (how == 3) :]
        content = content or b"x"
    return content


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    from tests import synthetic

    path = tmp_path_factory.mktemp("saved") / "run.nc"
    Comparison(al.load("smda"), synthetic.tally(3), 3, {"version": "0"}).save(path)
    return path


def treaty_file():
    from alliancesim import catalogue
    from alliancesim.law import dumps_treaty

    return dumps_treaty(catalogue.treaty("SMDA")).encode()


READERS = {
    "capabilities": lambda path: al.read_nmc(path, 1914),
    "capabilities opened": lambda path: al.read_nmc(io.BytesIO(path.read_bytes()), 1914),
    "alliances": lambda path: al.read_atop(path, DATA / "made-up-members.csv"),
    "members": lambda path: al.read_atop(DATA / "made-up-alliances.csv", path),
    "treaty": load_treaty,
    "comparison": Comparison.load,
}


@pytest.mark.parametrize("name", READERS)
def test_a_changed_file_is_rejected_or_read(name, saved, tmp_path):
    originals = {
        "alliances": (DATA / "made-up-alliances.csv").read_bytes,
        "members": (DATA / "made-up-members.csv").read_bytes,
        "treaty": treaty_file,
        "comparison": saved.read_bytes,
    }
    original = originals.get(name, (DATA / "made-up-capabilities.csv").read_bytes)()
    rng, faults, read = random.Random(12), [], 0
    path = tmp_path / ("a.toml" if name == "treaty" else "a.csv")
    for n in range(FILES):
        changed = mutant(rng, original)
        path.write_bytes(changed)
        try:
            READERS[name](path)
        except InvalidInput as refusal:
            if len(str(refusal)) > 1800 or "\x1b" in str(refusal):
                faults.append(f"{n}: {str(refusal)[:100]!r}")
        except Exception as error:
            faults.append(f"{n}: {type(error).__name__}: {error}"[:200])
        else:
            read += 1
            if name == "comparison" and changed != original:
                faults.append(f"{n}: taken")
    assert not faults, f"{len(faults)} of {FILES}, {read} read\n" + "\n".join(faults[:40])
