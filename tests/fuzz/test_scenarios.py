"""Scenario files with something changed: rejected with the place, or played."""

import copy
import datetime as dt
import random
import warnings

import numpy as np

import alliancesim as al
from alliancesim.data import toml
from alliancesim.engine.play import play
from alliancesim.errors import InvalidInput
from alliancesim.scenario import dumps, loads
from tests.fuzz.sizes import size

MUTANTS = size(3000, 60)
NUMBERS = (0, -1, 1, 2, 10**6, 2**31, 2**63, 2**70, 1e-300, 1e-12, 0.5, 1.5, 99.0, 1e15, 1e300)
NUMBERS += (-1e300, 1.7e308, float("nan"), float("inf"), -float("inf"))
DAYS = (dt.date.min, dt.date(1000, 1, 1), dt.date(2026, 1, 1), dt.date(2999, 12, 31), dt.date.max)
TEXTS = ("", " ", "x", "PAK", "\x1b[2J", "a\nb", "x" * 3000, "$\\frac$", "parties", "Türkiye")
OTHERS = (None, True, False, [], {}, [1], ["x"], {"x": 1}, dt.datetime(2026, 1, 1))


def places(tables, above=()):
    """Yield the path of every value of nested tables."""
    items = tables.items() if isinstance(tables, dict) else enumerate(tables)
    for key, value in items:
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from places(value, (*above, key))


def mutant(rng, tables):
    """Return tables with one to three values changed, dropped, doubled or moved."""
    changed = copy.deepcopy(tables)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        *above, key = rng.choice(list(places(changed)))
        owner = changed
        for each in above:
            owner = owner[each]
        old, how = owner[key], rng.random()
        if how < 0.1:
            del owner[key]
        elif how < 0.2 and isinstance(owner, list):
            owner.insert(key, copy.deepcopy(rng.choice(owner)))
        elif how < 0.25 and isinstance(owner, dict):
            owner[rng.choice((key + "s", "x", key.upper()))] = owner.pop(key)
        elif how < 0.7 and isinstance(old, int | float) and not isinstance(old, bool):
            owner[key] = rng.choice((*NUMBERS, old * 10, old / 10, -old, round(old)))
        elif how < 0.7 and isinstance(old, dt.date):
            owner[key] = rng.choice(DAYS)
        else:
            owner[key] = rng.choice((*NUMBERS, *DAYS, *TEXTS, *OTHERS))
    return changed


def as_text(tables):
    """Return tables as a file has them, None left out as TOML has no such thing."""
    import tomli_w

    def plain(value):
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items() if each is not None}
        if isinstance(value, list):
            return [plain(each) for each in value if each is not None]
        return value

    return tomli_w.dumps(plain(tables))


def test_a_changed_scenario_is_rejected_or_played():
    base = toml.loads(dumps(al.load("korea")))
    base["horizon_months"] = 4
    rng = random.Random(12)
    faults, played = [], 0
    for n in range(MUTANTS):
        text = as_text(mutant(rng, base))
        try:
            scenario = loads(text)
        except InvalidInput as refusal:
            if len(str(refusal)) > 1500 or "\x1b" in str(refusal):
                faults.append(f"{n}: {str(refusal)[:100]!r}")
            continue
        except Exception as error:
            faults.append(f"{n}: load: {type(error).__name__}: {error}"[:200])
            continue
        if scenario.horizon_months > 24:
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                tally = play(scenario, worlds=2, seed=n, threads=1, interpreted=True)
        except Exception as error:
            faults.append(f"{n}: play: {type(error).__name__}: {error}"[:200])
            continue
        played += 1
        for level in ("world", "focus"):
            largest = np.abs(np.ascontiguousarray(tally.rows(level)).view(np.float64)).max()
            if not largest < 1e12:
                faults.append(f"{n}: {level}: {largest:g}")
    assert played > MUTANTS / 50
    assert not faults, f"{len(faults)} of {MUTANTS}\n" + "\n".join(faults[:60])
