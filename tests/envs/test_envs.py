"""Seats are environments as Gymnasium and PettingZoo define them, and pay the model's welfare."""

import subprocess
import sys
import warnings

import numpy as np
import pytest

import alliancesim as al
from alliancesim.envs import FEATURES, LEVELS
from alliancesim.errors import InvalidInput
from alliancesim.seats import never, play

pytest.importorskip("gymnasium")
pytest.importorskip("pettingzoo")


def run(env, choose, **options):
    """Play an episode; return its rewards and what was seen."""
    seen, info = env.reset(**options)
    rewards, all_seen, over = [], [seen], False
    while not over:
        seen, reward, over, truncated, info = env.step(choose(info))
        assert not truncated
        rewards.append(reward)
        all_seen.append(seen)
    return rewards, np.array(all_seen), info


def last(info):
    return int(np.flatnonzero(info["action_mask"])[-1])


def test_one_seat_passes_gymnasiums_checks():
    from gymnasium.utils.env_checker import check_env

    env = al.envs.SeatEnv("smda", "three-member", "SAU")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*spec.*|.*not registered.*")
        check_env(env, skip_render_check=True)


def test_several_seats_pass_pettingzoos_checks():
    from pettingzoo.test import api_test

    env = al.envs.SeatsEnv("smda", "three-member", beliefs=False)
    with warnings.catch_warnings():  # states have ids, and those with nothing to decide see zeros
        warnings.filterwarnings("ignore", message="We recommend agents to be named")
        warnings.filterwarnings("ignore", message="Observation numpy array is all zeros")
        api_test(env, num_cycles=300)


def test_what_waits_is_said_in_words():
    env = al.envs.SeatsEnv("smda", "three-member", ["SAU"], seed=1, beliefs=False)
    assert env.render() == "no world is under way"
    env.reset(options={"world": 3})
    said = env.render()
    assert f"SAU, {env.game.decision.kind}" in said
    assert ": 0 " in said


def test_rewards_add_up_to_the_models_welfare():
    env = al.envs.SeatEnv("smda", "three-member", "SAU", seed=1, beliefs=False)
    rewards, seen, _ = run(env, lambda info: 0, options={"world": 3})
    game = play(
        "smda", "three-member", {"SAU": never}, seed=1, world=3, worlds_per_draw=1, beliefs=False
    )
    assert sum(rewards) == pytest.approx(game.outcomes("SAU")["welfare"], abs=1e-12)
    assert len(rewards) == len(game.moves)
    assert env.observation_space.contains(seen[0])
    assert seen.min() >= 0.0
    assert seen.max() <= 1.0
    assert not seen[-1].any()


def test_every_state_is_paid_its_own_welfare():
    env = al.envs.SeatsEnv("smda", "three-member", ["SAU", "TUR"], seed=1, beliefs=False)
    env.reset(options={"world": 3})
    paid = dict.fromkeys(env.possible_agents, 0.0)
    while not env.game.over:
        env.step(0)
        for name, reward in env.rewards.items():
            paid[name] += reward
    for name, total in paid.items():
        assert total == pytest.approx(env.game.outcomes(name)["welfare"], abs=1e-12)


def test_features_say_what_is_decided_and_who_is_strong():
    env = al.envs.SeatEnv("smda", "three-member", "SAU", seed=1)
    seen, info = env.reset(options={"world": 3})
    value = dict(zip(FEATURES, seen.tolist(), strict=True))
    observed = info["observation"]
    assert value[f"kind_{info['kind']}"] == 1.0
    assert sum(value[name] for name in FEATURES if name.startswith("kind_")) == 1.0
    assert value["win"] == pytest.approx(observed.beliefs["win"], abs=1e-6)
    mine, theirs = (observed.states[each].strength for each in ("SAU", observed.target))
    assert value["strength_to_target"] == pytest.approx(mine / (mine + theirs), abs=1e-6)
    assert info["action_mask"].shape == (LEVELS,)


def test_the_same_seed_draws_the_same_world_and_another_another():
    env = al.envs.SeatEnv("smda", "three-member", "SAU", beliefs=False)
    first, info = env.reset(seed=5)
    world = info["world"]
    again, info = env.reset(seed=5)
    assert info["world"] == world
    assert np.array_equal(first, again)
    assert env.reset()[1]["world"] != world


def test_an_action_above_the_last_option_is_the_last():
    env = al.envs.SeatEnv("smda", "three-member", "SAU", seed=1, beliefs=False)
    high = run(env, lambda info: 5, options={"world": 3})[0]
    exact = run(env, last, options={"world": 3})[0]
    assert high == exact


def test_other_seats_may_have_policies():
    env = al.envs.SeatEnv(
        "smda", "three-member", "SAU", seed=1, beliefs=False, others={"TUR": never}
    )
    run(env, lambda info: 0, options={"world": 3})
    game = play(
        "smda", "three-member", {"SAU": never, "TUR": never}, seed=1, world=3, worlds_per_draw=1
    )
    assert env.game.outcomes("SAU") == game.outcomes("SAU")


def test_what_cannot_be_played_is_rejected():
    with pytest.raises(InvalidInput, match="state"):
        al.envs.SeatEnv("smda", "three-member", "XXX")
    with pytest.raises(InvalidInput, match="arm"):
        al.envs.SeatEnv("smda", "four-members", "SAU")
    with pytest.raises(InvalidInput, match="others"):
        al.envs.SeatEnv("smda", "three-member", "SAU", others={"SAU": never})
    with pytest.raises(InvalidInput, match="states"):
        al.envs.SeatsEnv("smda", "three-member", ["SAU", "SAU"])
    env = al.envs.SeatEnv("smda", "three-member", "SAU", beliefs=False)
    with pytest.raises(InvalidInput, match="reset"):
        env.step(0)
    with pytest.raises(InvalidInput, match="options"):
        env.reset(options={"month": 3})
    env.reset()
    with pytest.raises(InvalidInput, match="action"):
        env.step(6)


def test_without_the_extra_the_message_says_how_to_get_it():
    code = (
        "import sys; sys.modules['gymnasium'] = None\n"
        "import alliancesim as al\n"
        "try:\n    al.envs.SeatEnv\n"
        "except ModuleNotFoundError as error:\n    print(error)"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "alliancesim[envs]" in made.stdout
