import json

import pytest
from click.testing import CliRunner

from alliancesim import __version__, catalogue, cli
from alliancesim.comparison import Comparison
from alliancesim.law import dumps_treaty
from alliancesim.testing import conformance


@pytest.fixture
def run():
    def invoke(*arguments):
        return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])

    return invoke


def test_help_names_every_command(run):
    done = run("--help")
    assert done.exit_code == 0
    for command in ("compare", "conformance", "duties", "replay", "sources"):
        assert command in done.stdout
    assert "..." not in done.stdout.split("Commands:")[1]  # every line is told to its end


@pytest.mark.parametrize("command", sorted(cli.main.commands))
def test_the_help_of_a_command_says_what_each_option_is(run, command):
    done = run(command, "--help")
    assert done.exit_code == 0
    assert all(
        option.help for option in cli.main.commands[command].params if option.opts[0][0] == "-"
    )
    assert "%Y" not in done.stdout


def test_the_version_is_the_packages(run):
    assert __version__ in run("--version").stdout


def test_compare_prints_the_table(run, played):
    done = run("compare", "smda", "--worlds", 20, "--seed", 5)
    assert done.exit_code == 0
    assert "20 worlds an arm" in done.stdout
    assert "seed 5" in done.stdout
    assert done.stderr == ""


def test_compare_plays_the_arms_named(run, played):
    run("compare", "smda", "--arms", "two-member,three-member", "--worlds", 4)
    assert played["arms"] == ("two-member", "three-member")


def test_set_holds_a_parameter(run, played):
    done = run("compare", "smda", "--worlds", 4, "--set", "weight_manpower=0.3")
    assert done.exit_code == 0
    held = played["scenario"].parameter("weight_manpower")
    assert (held.value, held.prior) == (0.3, None)


def test_preset_changes_the_bundle_of_values(run, played):
    run("compare", "smda", "--worlds", 4, "--preset", "strict")
    assert played["scenario"].preset == "strict"


def test_json_on_standard_output_is_all_there_is(run, played):
    done = run("compare", "smda", "--worlds", 4, "--json", "-")
    assert json.loads(done.stdout)["worlds"] == 4
    assert done.stderr == ""


def test_files_are_written_beside_the_table(run, played, tmp_path):
    files = [tmp_path / name for name in ("it.json", "it.png", "it.nc")]
    done = run(
        *("compare", "smda", "--worlds", 4),
        *("--json", files[0], "--figure", files[1], "--save", files[2]),
    )
    assert "4 worlds" in done.stdout
    digest = json.loads(files[0].read_text(encoding="utf-8"))["digest"]
    assert Comparison.load(files[2]).digest == digest
    assert files[1].read_bytes().startswith(b"\x89PNG")


def test_a_file_that_cannot_be_written_costs_no_results(run, played, tmp_path, monkeypatch):
    def refuse(self, path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Comparison, "save", refuse)
    done = run("compare", "smda", "--worlds", 4, "--save", tmp_path / "it.nc")
    assert done.exit_code == 2
    assert "4 worlds an arm" in done.stdout
    assert "it.nc: No space left on device" in done.stderr


def test_an_interrupted_run_prints_what_was_finished(run, played, tmp_path):
    played["finished"] = 6
    done = run("compare", "smda", "--worlds", 40, "--json", tmp_path / "it.json")
    assert done.exit_code == 130
    assert "Interrupted: 6 of 40 worlds" in done.stdout
    assert json.loads((tmp_path / "it.json").read_text(encoding="utf-8"))["interrupted"] is True


def test_a_run_interrupted_at_once_says_so(run, played):
    played["finished"] = 0
    done = run("compare", "smda", "--worlds", 40)
    assert done.exit_code == 130
    assert done.stdout == ""
    assert "interrupted before anything was finished" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "atlantis"], "atlantis"),
        (["compare", "missing.toml"], "missing.toml"),
        (["compare", "smda", "--arms", "four-member,no-smda"], "four-member"),
        (["compare", "smda", "--arms", "no-smda"], "arms"),
        (["compare", "smda", "--worlds", "1"], "worlds"),
        (["compare", "smda", "--worlds", "many"], "many"),
        (["compare", "smda", "--seed", "-1"], "seed"),
        (["compare", "smda", "--seed", str(2**64)], "seed"),
        (["compare", "smda", "--threads", "0"], "threads"),
        (["compare", "smda", "--chunk", "0"], "chunk"),
        (["compare", "smda", "--worlds-per-draw", "0"], "worlds_per_draw"),
        (["compare", "smda", "--set", "weight_manpower"], "--set"),
        (["compare", "smda", "--set", "weight_manpower=high"], "--set"),
        (["compare", "smda", "--set", "weight_manpower=7"], "weight_manpower"),
        (["compare", "smda", "--set", "weight_womanpower=.1"], "weight_womanpower"),
        (["compare", "smda", "--preset", "lax"], "lax"),
        (["compare", "smda", "--figure", "it.docx"], "it.docx"),
        (["compare", "smda", "--figure", "no/such/folder/it.png"], "no such folder"),
        (["compare", "smda", "--json", "no/such/folder/it.json"], "no such folder"),
        (["compare"], "NAME_OR_PATH"),
        (["besiege"], "besiege"),
        (["duties", "SMDA", "--attacker", "IRN"], "--victim"),
        (["duties", "SMDA", "--attacker", "SAU", "--victim", "SAU"], "attack itself"),
        (["duties", "ENTENTE", "--attacker", "IRN", "--victim", "SAU"], "ENTENTE"),
        (["duties", "SMDA", "--attacker", "IRN", "--victim", "SAU", "--kind", "tickle"], "kind"),
        (["duties", "no/such.toml", "--attacker", "IRN", "--victim", "SAU"], "no/such.toml"),
        (["duties", ".", "--attacker", "IRN", "--victim", "SAU"], "."),
        (["duties", "NATO", "--attacker", "ARG", "--victim", "GBR", "--at", "atlantis"], "place"),
        (["duties", "NATO", "--attacker", "ARG", "--victim", "GBR", "--on", "yesterday"], "--on"),
        (["replay", "smda"], "--arm"),
        (["replay", "smda", "--arm", "four-member"], "arm: no arm 'four-member'"),
        (["replay", "smda", "--arm", "no-smda", "--against", "no-smda"], "against: "),
        (["replay", "smda", "--arm", "no-smda", "--against", "us"], "against: no arm 'us'"),
        (["replay", "atlantis", "--arm", "no-smda"], "atlantis"),
        (["replay", "smda", "--arm", "no-smda", "--seed", "-1"], "seed"),
        (["replay", "smda", "--arm", "no-smda", "--world", "-1"], "world"),
        (["replay", "smda", "--arm", "no-smda", "--set", "shock_sd=-1"], "shock_sd"),
        (["sources", "ATLANTIS"], "ATLANTIS"),
    ],
)
def test_what_cannot_be_used_is_exit_code_2_and_a_message(run, played, arguments, said):
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "worlds" not in played


def test_duties_are_said_with_their_article(run):
    done = run("duties", "NATO", "--attacker", "RUS", "--victim", "TUR", "--on", "2026-01-01")
    assert done.exit_code == 0
    owed, not_owed = " ".join(done.stdout.split()).split("Not owed")
    assert "USA: defence (defend) to TUR: owed, binding 0.60 (5)" in owed
    assert "USA: no non-aggression to RUS: RUS is not a beneficiary (1)" in not_owed


def test_duties_are_those_of_the_place_and_the_day(run):
    attack = ("duties", "NATO", "--attacker", "ARG", "--victim", "GBR", "--on", "1982-04-02")
    done = run(*attack, "--at", "falklands")
    assert "defence (defend) to GBR" not in done.stdout
    assert run(*attack, "--place", "falklands").stdout == done.stdout
    assert "defence (defend) to GBR" in run(*attack, "--at", "home").stdout


def test_duties_are_those_of_what_else_is_said_of_the_case(run):
    attack = ("duties", "SEATO", "--attacker", "IND", "--victim", "PAK", "--date", "1965-09-06")
    assert "USA: defence (consult)" in run(*attack).stdout
    assert "USA: defence (defend)" in run(*attack, "--tag", "communist").stdout
    over = run("duties", "NATO", "--attacker", "SYR", "--victim", "TUR", "--council-acted")
    assert "the Security Council has acted" in over.stdout
    assert "defence (defend)" not in over.stdout


def test_duties_wait_for_a_request_and_for_the_organ(run, treaty_file):
    text = """
    id = "PAC"
    name = "A pact"
    parties = ["AAA", "BBB", "CCC"]
    [[obligations]]
    kind = "defence"
    article = "1"
    response = { level = "defend", wording = "automatic" }
    request = { needed = true }
    decision = { rule = "consensus" }
    """

    def asked(*given):
        attack = ("--attacker", "XXX", "--victim", "AAA")
        return " ".join(run("duties", treaty_file(text), *attack, *given).stdout.split())

    assert "owed if requested and the organ consents by consensus" in asked()
    assert "to AAA: owed, binding" in asked("--requested", "--consent", "yes")
    assert "a request of the victim is refused" in asked("--not-requested")
    assert "the consent of the organ is refused" in asked("--requested", "--consent", "AAA,BBB")
    assert "to AAA: owed, binding" in asked("--requested", "--consent", "AAA,BBB,CCC")


def test_duties_take_several_attackers_victims_days_and_targets(run):
    attack = ("duties", "GCC", "--attacker", "IRN", "--victim", "QAT", "--date", "2025-06-23")
    both = run(
        *attack, "--co-victim", "SAU", "--co-attacker", "IRQ", "--until", "2025-06-25"
    ).stdout
    assert "IRN and IRQ against QAT and SAU" in both
    assert "from 2025-06-23 until 2025-06-25" in both
    assert "to SAU" in both
    ships = ("duties", "US-PHL", "--attacker", "CHN", "--victim", "PHL", "--at", "south-china-sea")
    private = run(*ships, "--target", "private-ships").stdout
    assert "defence (defend)" in run(*ships, "--target", "forces").stdout
    assert "defence (defend)" not in private


def test_duties_are_said_under_one_reading(run):
    attack = ("duties", "SMDA", "--attacker", "IRN", "--victim", "SAU", "--date", "2026-03-01")
    assert "32 joint readings" in run(*attack).stdout
    assert "16 joint readings" in run(*attack, "--reading", "provocation=unconditional").stdout
    named = run(*attack, "--reading", "SMDA: provocation=unconditional").stdout
    assert "16 joint readings" in named


def test_members_that_fight_each_other_are_reported(run):
    done = run("duties", "NATO", "--attacker", "TUR", "--victim", "GRC", "--date", "2020-01-01")
    assert "TUR and GRC are both members of NATO" in done.stdout


@pytest.fixture
def treaty_file(tmp_path):
    def write(text):
        path = tmp_path / "pact.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_treaty_can_come_from_a_file(run, treaty_file):
    attack = ("--attacker", "RUS", "--victim", "TUR", "--on", "2026-01-01")
    text = dumps_treaty(catalogue.treaty("NATO"))
    done = run("duties", treaty_file(text), *attack)
    assert done.exit_code == 0
    assert done.stdout == run("duties", "NATO", *attack).stdout


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("id = 'PCT", "pact.toml"),
        ("id = 3", "pact.toml: id: expected a text"),
        ("pact = true", "pact"),
        ("\x00", "pact.toml"),
    ],
)
def test_a_malformed_treaty_file_is_refused_with_place_and_reason(run, treaty_file, broken, said):
    done = run("duties", treaty_file(broken), "--attacker", "RUS", "--victim", "TUR")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "allowed" in done.stderr


def test_what_unknown_clauses_decide_is_said_with_its_chance(run):
    done = run("duties", "SMDA", "--attacker", "IRN", "--victim", "SAU")
    text = " ".join(done.stdout.split())
    assert "50%: PAK: defence (defend) to SAU" in text
    assert "if response: each defends the other" in text
    assert "SAU: " not in text.replace("IRN against SAU: ", "").replace("to SAU: ", "")


def test_reasons_are_told_article_by_article(run):
    done = run("duties", "SMDA", "--attacker", "IRN", "--victim", "SAU", "--why", "PAK")
    assert "PAK is bound" in done.stdout
    assert "SAU is a beneficiary" in done.stdout
    assert "[unknown]" in done.stdout


def test_reasons_of_a_stranger_are_refused(run):
    done = run("duties", "SMDA", "--attacker", "IRN", "--victim", "SAU", "--why", "USA")
    assert done.exit_code == 2
    assert "--why" in done.stderr


def test_nothing_owed_is_said_plainly(run):
    done = run("duties", "NATO", "--attacker", "IND", "--victim", "PAK")
    assert "Owed: nothing" in done.stdout
    assert "PAK is not a beneficiary" in " ".join(done.stdout.split())


def test_a_replay_tells_one_world_in_words(run):
    done = run("replay", "smda", "--arm", "three-member", "--seed", 1, "--world", 4)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "Hypothetical" in done.stdout
    assert "Seed 1, world 4: January 2026 to December 2035." in done.stdout
    assert " challenges " in done.stdout
    assert "In 120 months: " in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 100


def test_a_replay_takes_the_options_that_make_a_world_of_a_comparison(run):
    world = ("replay", "smda", "--arm", "no-smda", "--world", 6)
    plain = run(*world).stdout
    assert run(*world, "--worlds-per-draw", 4).stdout != plain
    assert run(*world, "--no-priors").stdout != plain
    assert run(*world, "--preset", "strict").stdout != plain
    assert run(*world, "--set", "concession_chance=1").stdout.count("gains") > plain.count("gains")


def test_a_replay_against_an_arm_tells_both_from_where_they_part(run):
    world = ("replay", "smda", "--arm", "two-member", "--against", "no-smda", "--seed", 1)
    done = run(*world, "--world", 4)
    assert done.exit_code == 0
    assert "WHERE THEY DIVERGE" in done.stdout
    assert "the same in both arms" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 100
    assert run(*world, "--world", 4, "--no-priors").stdout != done.stdout


def test_conformance_prints_the_count(run):
    done = run("conformance")
    assert done.exit_code == 0
    assert "situations as expected" in done.stdout


def test_a_miss_of_the_conformance_suite_is_printed_and_is_exit_code_1(run, monkeypatch):
    one = conformance.situations()[0]
    miss = conformance.Miss(situation=one, words="nothing is owed")
    missed = conformance.Outcome(count=1, historical=0, groups={one.group: 1}, misses=(miss,))
    monkeypatch.setattr(conformance, "run", lambda: missed)
    done = run("conformance")
    assert done.exit_code == 1
    assert "0 of 1 situations" in done.stdout
    assert str(miss) in done.stdout


def test_sources_name_year_source_and_standing(run):
    lines = run("sources", "PAK").stdout.splitlines()
    place = next(n for n, line in enumerate(lines) if "military_expenditure" in line)
    assert lines[0] == "PAK"
    assert "USD bn (2025)" in lines[place]
    assert "SIPRI" in lines[place + 1]


def test_sources_of_a_scenario_are_its_own(run):
    assert run("sources", "PAK", "--scenario", "smda").exit_code == 0


@pytest.mark.parametrize("command", [("duties", "SMDA"), ("sources", "PAK")])
def test_what_is_said_fits_a_terminal(run, command):
    attack = ("--attacker", "IND", "--victim", "PAK") if command[0] == "duties" else ()
    lines = run(*command, *attack).stdout.splitlines()
    assert max(len(line) for line in lines) <= 100


def test_sources_since_a_day_are_those_used_later(run):
    done = run("sources", "TUR", "--since", "2025-12-31")
    assert "30 USD bn (2025)" in done.stdout
    assert "arms_industry" not in done.stdout
    assert run("sources", "--since", "2026-06-30").stdout == "Nothing is new since 2026-06-30.\n"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (("sources",), "ID: is missing"),
        (("sources", "--since", "soon"), "--since: 'soon'"),
        (("sources", "PAK", "--since", "2025-12-31", "--scenario", "smda"), "--scenario"),
        (("editions", "smda", "korea", "--no-play"), "the same states"),
        (("editions", "smda", "nothing"), "nothing"),
    ],
)
def test_what_sources_and_editions_cannot_use_is_said(run, given, problem):
    done = run(*given)
    assert done.exit_code == 2
    assert problem in done.output


def test_editions_list_what_changed_without_playing(run):
    lines = run("editions", "smda", "smda-2026", "--no-play").stdout.splitlines()
    assert "state: TUR" in lines
    assert "treaty: SMDA" in lines
