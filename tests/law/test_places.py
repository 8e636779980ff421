"""What a place is to a state that is attacked there, in the terms of treaties."""

from __future__ import annotations

import datetime as dt

import pytest

from alliancesim.errors import InvalidInput
from alliancesim.law import Attack, Cover, Place, Tenure, region
from alliancesim.law.places import atlas, place, place_names
from alliancesim.law.regions import region_names

DAY = dt.date(2000, 1, 1)
OWN = Place(id="own", name="Own", metropolitan=(Tenure("AAA"),), administrators=(Tenure("AAA"),))
FAR = Place(id="far", name="Far", territory=(Tenure("AAA"),), administrators=(Tenure("AAA"),))
LOST = Place(id="lost", name="Lost", territory=(Tenure("AAA"),), administrators=(Tenure("BBB"),))
HELD = Place(id="held", name="Held", administrators=(Tenure("AAA"),), territory=(Tenure("BBB"),))
SOIL = Place(id="soil", name="Soil", metropolitan=(Tenure("BBB"),))
OPEN = Place(id="open", name="Open", high_seas=True)
NOBODY = Place(id="none", name="Nobody's")


@pytest.mark.parametrize(
    ("where", "standings", "struck", "host"),
    [
        ("home", {"metropolitan", "territory", "administered"}, "territory", "AAA"),
        ("overseas", {"territory", "administered"}, "territory", "AAA"),
        ("abroad", set(), "forces", None),
        (OWN, {"metropolitan", "territory", "administered"}, "territory", "AAA"),
        (FAR, {"territory", "administered"}, "territory", "AAA"),
        (LOST, {"territory"}, "territory", "BBB"),
        (HELD, {"administered"}, "territory", "AAA"),
        (SOIL, {"host"}, "forces", "BBB"),
        (OPEN, {"high-seas"}, "forces", None),
        (NOBODY, set(), "forces", None),
    ],
)
def test_a_place_is_something_to_the_state_attacked(
    where: str | Place, standings: set[str], struck: str, host: str | None
) -> None:
    attack = Attack(attacker="XXX", victim="AAA", place=where)
    assert (attack.standings, attack.struck, attack.host) == (standings, struck, host)
    for position in ("metropolitan", "territory", "administered", "host", "high-seas"):
        assert Cover(positions=(position,)).holds(attack) == (position in standings)  # type: ignore[arg-type]


@pytest.mark.parametrize(("where", "who"), [("home", "AAA"), ("overseas", "AAA"), ("abroad", None)])
def test_a_place_that_is_not_named_is_the_victims_own_unless_abroad(
    where: str, who: str | None
) -> None:
    assert Attack(attacker="XXX", victim="AAA", place=where).administrator == who


def test_who_owns_and_who_administers_depends_on_the_day() -> None:
    ceded = Place(
        id="isle",
        name="An isle",
        territory=(Tenure("AAA", until=DAY), Tenure("BBB", DAY)),
        administrators=(Tenure("AAA"),),
    )
    before = DAY - dt.timedelta(days=1)
    assert ceded.standings("AAA", before) == {"territory", "administered"}
    assert ceded.standings("AAA", DAY) == {"administered"}
    assert ceded.standings("BBB", DAY) == {"territory"}


def test_what_was_struck_is_said_of_the_first_victim_alone() -> None:
    strike = Attack(
        attacker="XXX", victim="AAA", co_victims=("BBB",), place=SOIL, target="private-ships"
    )
    assert strike.on("AAA").struck == "private-ships"
    assert strike.on("BBB").struck == "territory"


@pytest.mark.parametrize("name", region_names())
def test_each_region_says_what_it_is_and_which_article_it_serves(name: str) -> None:
    found = region(name)
    assert found.words
    assert found.serves


def test_each_named_place_has_a_source_and_regions_of_the_list() -> None:
    homes, places = atlas()
    assert all(one.source for one in places.values())
    used = {name for one in places.values() for name in one.regions}
    used |= {name for names in homes.values() for name in names}
    assert used <= set(region_names())


def test_places_that_cases_of_today_turn_on_are_there() -> None:
    today = {"greenland", "svalbard", "faroe-islands", "kaliningrad", "second-thomas-shoal"}
    assert today | {"akrotiri", "ukraine", "kursk", "doha", "hormuz"} <= set(place_names())
    assert place("akrotiri").standings("GBR") == {"territory", "administered"}
    assert place("akrotiri").standings("CYP") == {"host"}


@pytest.mark.parametrize("wrong", ["gulff", "atlantis", ""])
def test_a_region_that_is_not_listed_is_rejected_wherever_it_stands(wrong: str) -> None:
    with pytest.raises(InvalidInput):
        Cover(regions=(wrong,))
    with pytest.raises(InvalidInput):
        Place(id="isle", name="An isle", regions=(wrong,))
    with pytest.raises(InvalidInput):
        region(wrong)
