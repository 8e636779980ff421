"""``alliancesim list`` names everything there is."""

import pytest
from click.testing import CliRunner

from alliancesim import catalogue, cli
from alliancesim.scenario import load


def listed(*given):
    return CliRunner().invoke(cli.main, ["list", *given])


@pytest.mark.parametrize("kind", ["scenarios", "treaties", "states", "parameters", "presets"])
def test_every_name_of_a_kind_is_listed(kind):
    done = listed(kind)
    assert done.exit_code == 0
    first = {line.split()[0] for line in done.stdout.splitlines() if line[:1].strip()}
    assert set(catalogue.names(kind)) <= first


def test_arms_are_listed_with_what_they_are_and_which_are_hypothetical():
    done = listed("arms", "smda-2026")
    told = " ".join(done.stdout.split())
    for arm in load("smda-2026").arms:
        assert arm.name in done.stdout
        assert arm.title in told
    every = listed("arms").stdout
    assert all(f"{name}:" in every for name in catalogue.names("scenarios"))


def test_variants_are_listed_as_the_option_takes_them():
    assert "strength=cinc" in listed("variants").stdout


def test_a_misspelt_kind_or_capitals_get_a_hint():
    done = listed("Arms")
    assert done.exit_code == 2
    assert "did you mean arms?" in done.stderr
    done = CliRunner().invoke(cli.main, ["compare", "SMDA"])
    assert "did you mean smda" in done.stderr
    assert listed("scenarios", "smda").exit_code == 2


def test_what_is_owed_under_a_treaty_that_does_not_exist_is_marked():
    given = ["--attacker", "TUR", "--victim", "GRC"]
    names = [n for n in catalogue.names("treaties") if catalogue.treaty(n).hypothetical]
    assert names
    for name in names:
        treaty = catalogue.treaty(name)
        given = ["--attacker", "IRN", "--victim", treaty.members[0]]
        done = CliRunner().invoke(cli.main, ["duties", name, *given])
        assert f"{name} (hypothetical):" in done.stdout, done.output
