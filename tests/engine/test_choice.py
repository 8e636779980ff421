"""Plain Python or machine code: which plays, and that both play the same."""

import pytest

import alliancesim as al
from alliancesim.engine import play as engine
from alliancesim.errors import InvalidInput


@pytest.fixture(scope="module")
def smda():
    return al.load("smda")


@pytest.fixture
def said(monkeypatch):
    messages = []
    monkeypatch.setattr(engine, "say", messages.append)
    return messages


def test_plain_python_and_machine_code_give_the_same_digest(smda):
    few = {"worlds": 2, "seed": 5, "threads": 1, "worlds_per_draw": 2}
    plain = engine.play(smda, interpreted=True, **few)
    assert plain.digest == engine.play(smda, interpreted=False, **few).digest


def test_few_worlds_do_not_wait_for_the_compiler_and_it_is_said(monkeypatch, said):
    monkeypatch.setattr(engine, "is_cached", lambda _: False)
    assert engine._interpret(engine.FEW_MONTHS)
    assert said == ["the engine is not compiled yet: plain Python plays so few worlds"]
    assert not engine._interpret(engine.FEW_MONTHS + 1)


def test_what_is_compiled_already_plays_any_number_of_worlds(monkeypatch, said):
    monkeypatch.setattr(engine, "is_cached", lambda _: True)
    assert not engine._interpret(1)
    assert not said


def test_without_a_compiler_plain_python_plays_and_says_so_of_many_worlds(monkeypatch, said):
    monkeypatch.setattr(engine, "can_compile", lambda: False)
    assert engine._interpret(1)
    assert not said
    assert engine._interpret(10**6)
    assert "some hundred times as slowly" in said[0]
    with pytest.raises(InvalidInput, match="nothing can be compiled"):
        engine.warm()
