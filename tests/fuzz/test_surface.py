"""Junk of every kind in every place of every public function: the one error, or it works."""

import datetime as dt
import decimal
import enum
import importlib
import inspect
import itertools
import random
import warnings
from pathlib import Path

import attrs
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

import alliancesim as al
from alliancesim.data.circumstance import Circumstance
from alliancesim.data.priors import Beta, LogNormal, Normal, Uniform
from alliancesim.errors import InvalidInput
from tests.fuzz.sizes import size

CALLS = size(8000, 1500)

PACKAGES = (
    *("alliancesim", "alliancesim.agents", "alliancesim.catalogue", "alliancesim.coalition_value"),
    *("alliancesim.history", "alliancesim.seats", "alliancesim.envs", "alliancesim.campaign"),
    *("alliancesim.comparison", "alliancesim.datasets", "alliancesim.figures", "alliancesim.law"),
    *("alliancesim.figures.gains", "alliancesim.narrative", "alliancesim.narrative.chronicle"),
    *("alliancesim.outcomes", "alliancesim.report", "alliancesim.scenario", "alliancesim.testing"),
    *("alliancesim.validation.oracles", "alliancesim.validation.patterns"),
    "alliancesim.narrative.wording",
)
METHODS = {
    "Scenario": None,
    "Comparison": None,
    "Comparisons": None,
    "Treaty": ("party", "as_of", "duties"),
    "Attack": ("on",),
    "Duties": None,
    "Resolution": None,
    "Nmc": None,
    "Tally": None,
    "Gains": None,
    "Game": None,
    "Debrief": None,
    "Decision": None,
    "SeatEnv": None,
    "SeatsEnv": None,
    "Campaign": None,
    "Plan": None,
    "Status": None,
    "Hindcast": None,
    "Record": None,
    "ScoredFiles": None,
}
PLAYS = ("compare", "play", "play_until", "gains", "validate", "verify", "check_treaty", "try_law")
PLAYS += ("assert_twin", "replay", "twins", "tell", "faults", "Wargame", "Game", "effect")
PLAYS += ("tournament", "SeatEnv", "SeatsEnv", "debrief", "decisions", "play_blocks", "hindcast")
PLAYS += ("what_pacts_did",)
"""What plays or searches long when nothing is wrong: tried with what is certainly wrong alone."""


class Stranger:
    """An object of nobody's."""


def junk():
    """Yield values of every kind, fresh ones each time."""
    yield from (None, True, 0, -1, 7, 2**70, 1.5, -0.0, float("nan"), float("inf"), 1j)
    yield from ("", " ", "x", "a\0b", "\x1b[2J", "x" * 5000, "PAK", "$\\frac$", "../x", b"x")
    yield from ([], [5], ["x"], [None], (), (1, 2, 3), {}, {"x": 1}, set(), {"x"}, range(3))
    yield from (Stranger(), Stranger, len, ValueError("x"), decimal.Decimal(1), Ellipsis)
    yield from (dt.date(2026, 1, 1), dt.datetime(2026, 1, 1), dt.date.max, Path("no/such"))
    yield from (np.int64(3), np.float64("nan"), np.array([1.0, 2.0]), np.array("x"), np.str_("x"))
    yield from (pd.Series([1, 2]), pd.DataFrame({"a": [1]}), pd.NA, iter([1]), [[1], [2]])


def fits(value, annotation):
    """Tell whether a value is of a kind that an annotation's text speaks of."""
    text = str(annotation)
    kinds = {
        "bool": (bool, np.bool_),
        "int": (int, np.integer),
        "float": (int, float, np.number),
        "str": (str,),
        "Path": (str, Path),
        "None": (type(None),),
        "date": (dt.date,),
        "Callable": (type(len), type),
        "Progress": (type(len), type),
        "Ask": (type(len), type),
        "Policy": (type(len), type),
        "type": (type,),
        "Literal": (str,),
    }
    many = (list, tuple, set, dict, range, np.ndarray, pd.Series, type(iter([])))
    loose = ("Any", "object", "Array", "NDArray", "Level", "DutyKind", "Kind", "Component")
    loose += ("Quantity", "T")
    if annotation is inspect.Parameter.empty or any(word in text for word in loose):
        return True
    several = ("Sequence", "Iterable", "Collection", "Mapping", "tuple")
    if any(word in text for word in several) and isinstance(value, many):
        return True
    if isinstance(value, bool):
        return "bool" in text
    return any(word in text and isinstance(value, of) for word, of in kinds.items())


def instances(value, found):
    """Collect one value of every class of the library's that a value is made of."""
    if isinstance(value, tuple | list):
        for each in value:
            instances(each, found)
    elif attrs.has(type(value)) and type(value).__module__.startswith("alliancesim"):
        if type(value) not in found:
            found[type(value)] = value
        for field in attrs.fields(type(value)):
            instances(getattr(value, field.name), found)
    return found


@pytest.fixture(scope="module")
def values(made_once):
    found = instances(made_once["scenario"], {})
    from alliancesim import catalogue

    instances([catalogue.treaty(name) for name in catalogue.names("treaties")], found)
    instances(made_once["attack"], found)
    for prior in (Uniform(0, 1), Normal(0, 1), LogNormal(1, 2), Beta(1, 1)):
        found[type(prior)] = prior
    assert Circumstance in found
    return found


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """Return good values by the name of an argument or of its type."""
    from alliancesim.agents import twins
    from alliancesim.comparison import Comparison, Comparisons
    from alliancesim.law import Duties, resolve
    from tests import synthetic

    scenario = attrs.evolve(al.load("smda"), horizon_months=3)
    treaty = scenario.treaty("SMDA")
    attack = al.Attack(attacker="IRN", victim="SAU")
    comparison = Comparison(scenario, synthetic.tally(32, worlds_per_draw=8), 32, {"version": "0"})
    wargame = al.replay(scenario, arm="two-member")
    folder = tmp_path_factory.mktemp("surface")
    nmc = folder / "nmc.csv"
    nmc.write_text(
        "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc\nUSA,2,1914,1,1,1,1,1,1,1\n"
    )
    assert isinstance(treaty.duties(attack), Duties)
    return {
        "scenario": scenario,
        "Scenario": scenario,
        "treaty": treaty,
        "Treaty": treaty,
        "treaties": (treaty,),
        "Sequence[Treaty]": (treaty,),
        "attack": attack,
        "Attack": attack,
        "comparison": comparison,
        "Comparison": comparison,
        "Comparisons": Comparisons({"a": comparison, "b": comparison}, 2),
        "tally": comparison.tally,
        "Tally": comparison.tally,
        "Duties": treaty.duties(attack),
        "Resolution": resolve([treaty], attack),
        "Nmc": al.read_nmc(nmc, 1914),
        **of_seats(scenario),
        **of_campaigns(scenario, folder),
        **of_history(folder),
        "wargame": wargame,
        "Wargame": wargame,
        "Twins": twins(scenario, arm="two-member", against="no-smda"),
        "path": folder / "out.toml",
        "arm": "two-member",
        "against": "no-smda",
        "metric": "wars",
        "metrics": ["wars"],
        "victim": "SAU",
        "state": "PAK",
        "on": dt.date(2026, 1, 1),
        "worlds": 2,
        "threads": 1,
        "draws": 10_000,
    }


def of_seats(scenario):
    """Return a game that waits for a seat, and what is made of one, by the names of types."""
    from alliancesim import envs, seats

    game = seats.Game(scenario, "two-member", ["PAK"])
    found = {
        "Game": game,
        "Policy": seats.never,
        "policies": {"PAK": seats.never},
        "Mapping[str, Policy]": {"PAK": seats.never},
        "Sequence[str]": ["PAK", "SAU"],
        "Collection[str]": ["PAK"],
        "seats": ["PAK"],
        "Sequence[int]": [1],
        "option": 0,
        "agent": "PAK",
        "SeatEnv": envs.SeatEnv(scenario, "two-member", "PAK"),
        "SeatsEnv": envs.SeatsEnv(scenario, "two-member", ["PAK"]),
    }
    over = seats.play(scenario, "two-member", {"PAK": seats.never})
    return found | {"Decision": over.moves[0].decision, "Debrief": seats.debrief(over)}


def of_campaigns(scenario, folder):
    """Return a campaign of two worlds and its parts, by the names of types."""
    from alliancesim.campaign import play_blocks

    made = al.Campaign(folder / "campaign", scenario, worlds_per_draw=2, block=2)
    made.play(to=2, workers=1)
    return {
        "Campaign": made,
        "Plan": made.plan,
        "Status": made.status(),
        "Sequence[Block]": tuple(play_blocks(made.plan, 0, 1)),
        "str | PathLike[str]": folder / "campaign",
    }


def of_history(folder):
    """Return a made-up record, a hindcast of it and its files, by the names of types."""
    from alliancesim.history import hindcast, read_record, score_predictions
    from tests.history import made

    where = made.folder(folder / "history")
    found = hindcast(where, 1970, 1972, worlds=2, threads=1)
    written = [each for each in found.write(folder / "written") if each.name == "onsets.csv"]
    return {
        "str | Path | Record": where,
        "Record": read_record(where),
        "Hindcast": found,
        "ScoredFiles": score_predictions(where, written),
        "files": written,
        "first": 1970,
        "last": 1972,
        "year": 1975,
        "region": "Somewhere",
    }


def functions():
    """Yield every public function and method by its name, with the class of its first argument.

    Classes that are not values have a constructor, which is tried as a function is.
    """
    seen = set()
    for package in PACKAGES:
        module = importlib.import_module(package)
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isfunction(value) and value not in seen:
                seen.add(value)
                yield f"{package}.{name}", value, None
            elif is_made_by_itself(value) and (value, "made") not in seen:
                seen.add((value, "made"))
                yield f"{package}.{name}()", value, None
            if inspect.isclass(value) and value.__name__ in METHODS and value not in seen:
                seen.add(value)
                for method in METHODS[value.__name__] or vars(value):
                    if not method.startswith("_") and callable(getattr(value, method)):
                        yield f"{package}.{name}.{method}", getattr(value, method), value


def is_made_by_itself(value):
    """Whether a class has a constructor of its own: it is no attrs class, error or enumeration."""
    made = inspect.isclass(value) and not attrs.has(value) and "__init__" in vars(value)
    return made and not issubclass(value, BaseException | enum.Enum)


def good(name, parameter, known):
    """Return a good value for an argument; a fault of this test if it knows none."""
    text = str(parameter.annotation)
    for key in (name, text, *(text.strip("'").split(" | "))):
        if key in known:
            return known[key]
    return parameter.default


def tries(known):
    """Yield every call to be made: its name, the function, its arguments and the wrong one."""
    for name, function, owner in functions():
        signature = inspect.signature(function)
        arguments = {}
        for each, parameter in signature.parameters.items():
            if owner is not None and each == "self":
                arguments[each] = known.get(owner.__name__)
            elif parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
                arguments[each] = good(each, parameter, known)
        if arguments.get("self", 0) is None:
            continue
        for wrong, parameter in signature.parameters.items():
            if wrong == "self":
                continue
            for n, value in enumerate(junk()):
                long = function.__name__ in PLAYS and fits(value, parameter.annotation)
                if not long:
                    yield f"{name}({wrong}=#{n})", function, arguments, wrong, parameter, value


def call(function, arguments, wrong, parameter, value):
    """Call a function with one wrong argument, and all that have a good one."""
    given = {k: v for k, v in arguments.items() if v is not inspect.Parameter.empty and k != "self"}
    key = "wrong" if parameter.kind is parameter.VAR_KEYWORD else wrong
    first = [arguments["self"]] if "self" in arguments else []
    positional = [
        each
        for each, one in inspect.signature(function).parameters.items()
        if one.kind is one.POSITIONAL_ONLY
    ]
    assert not positional
    if parameter.kind is parameter.VAR_POSITIONAL:
        before = itertools.takewhile(
            lambda each: each != wrong, inspect.signature(function).parameters
        )
        first += [given.pop(each) for each in before if each != "self"]
        found = function(*first, value, **given)
    else:
        found = function(*first, **(given | {key: value}))
    if inspect.isgenerator(found):
        list(itertools.islice(found, 20))


def test_junk_in_any_place_is_the_one_error_or_works(made_once, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    chosen = list(tries(made_once))
    assert len(chosen) > 6000
    random.Random(12).shuffle(chosen)
    faults = []
    with warnings.catch_warnings(), mpl.rc_context({"figure.max_open_warning": 0}):
        warnings.simplefilter("ignore")
        for name, function, arguments, wrong, parameter, value in chosen[:CALLS]:
            mpl.pyplot.close("all") if hasattr(mpl, "pyplot") else None
            try:
                call(function, arguments, wrong, parameter, value)
            except InvalidInput as refusal:
                if len(str(refusal)) > 1500 or "\x1b" in str(refusal):
                    faults.append(f"{name}: {str(refusal)[:80]!r}")
            except TypeError as error:
                if "missing" not in str(error) or "argument" not in str(error):
                    faults.append(f"{name} {value!r:.40}: {type(error).__name__}: {error}"[:200])
            except Exception as error:
                faults.append(f"{name} {value!r:.40}: {type(error).__name__}: {error}"[:200])
            else:
                if not fits(value, parameter.annotation):
                    faults.append(f"{name} {value!r:.40}: taken")
    assert not faults, f"{len(faults)} of {CALLS}\n" + "\n".join(sorted(faults)[:2000])


def test_junk_in_any_field_of_a_value_is_the_one_error_or_works(values):
    chosen = [
        (value, field, wrong)
        for value in values.values()
        for field in attrs.fields(type(value))
        if field.init
        for wrong in junk()
    ]
    random.Random(12).shuffle(chosen)
    faults = []
    for value, field, wrong in chosen[: size(8000, 1500)]:
        name = f"{type(value).__name__}.{field.name}"
        try:
            attrs.evolve(value, **{field.alias: wrong})
        except InvalidInput as refusal:
            if len(str(refusal)) > 1500 or "\x1b" in str(refusal):
                faults.append(f"{name}: {str(refusal)[:80]!r}")
        except Exception as error:
            faults.append(f"{name} {wrong!r:.40}: {type(error).__name__}: {error}"[:160])
        else:
            if not fits(wrong, field.type) and not hasattr(wrong, "__iter__"):
                faults.append(f"{name} {wrong!r:.40}: taken")
    assert not faults, f"{len(faults)}\n" + "\n".join(sorted(faults)[:2000])
