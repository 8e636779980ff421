"""A report says all that was found, in one file, and shows what it is given as text."""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import attrs
import pytest
from click.testing import CliRunner

import alliancesim as al
from alliancesim import cli
from alliancesim.comparison import Comparison
from alliancesim.errors import InvalidInput
from alliancesim.report import check_path, render, story, write_report
from alliancesim.report.command import command
from alliancesim.report.front import front

MOST_BYTES = 3_000_000
SECTIONS = (
    *("question", "arms", "data", "results", "sensitivities"),
    *("flips", "focus", "story", "limits", "making"),
)
HOSTILE = 'A <script>alert("1")</script> & [more](javascript:x) | `code`'


@pytest.fixture(scope="session")
def real():
    """A small run in which sampling noise and priors can just be told apart."""
    return al.compare("smda", worlds=320, seed=1, worlds_per_draw=8)


@pytest.fixture(scope="session")
def written(real, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    write_report(real, folder / "report.html")
    write_report(real, folder / "report.md")
    return folder


@pytest.fixture
def page(written):
    return (written / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def text(written):
    return (written / "report.md").read_text(encoding="utf-8")


class _Read(HTMLParser):
    """What a browser would fetch, which tags there are, and what stands open at the end."""

    EMPTY = frozenset({"meta", "img", "br", "link", "hr", "input", "source"})

    def __init__(self, page):
        super().__init__()
        self.tags, self.references, self.ids, self.open = [], [], [], []
        self.words = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        given = dict(attributes)
        self.references += [given[name] for name in ("src", "href", "srcset") if name in given]
        self.ids += [given["id"]] if "id" in given else []
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_the_page_is_whole_and_has_its_sections_in_order(page):
    read = _Read(page)
    assert read.open == []
    assert tuple(each for each in read.ids if each in SECTIONS) == SECTIONS


def test_the_page_refers_to_nothing_outside_itself(page):
    read = _Read(page)
    assert read.references
    assert all(each.startswith(("data:image/svg+xml;base64,", "#")) for each in read.references)
    assert not {"script", "link", "iframe", "object"} & set(read.tags)
    assert not re.search(r"url\(|@import", page)


def test_the_page_is_small_enough_to_send(page):
    assert len(page.encode()) < MOST_BYTES


def test_the_first_page_is_the_answer_and_the_rest_opens_on_request(page, real):
    first = page[: page.index("<details")]
    words = " ".join(" ".join(_Read(first + "</main></body></html>").words).split())
    for sentence in real.answer().sentences:
        assert " ".join(sentence.split()) in words
    assert real.scenario.cutoff.isoformat() in words
    assert "no such arrangement exists" in words
    assert first.count("<figure>") == 1
    assert 'id="question"' in first
    assert page.count("<details>") == len(SECTIONS) - 1
    assert "<details open" not in page


def test_the_first_page_names_the_pairs_whose_wars_change_most(real):
    told = front(real)
    table = real.by_pair("wars_expected", told.contrast)
    name = {state.id: state.name for state in real.scenario.states}
    for pair, row in zip(told.pairs, table.to_dict("records"), strict=False):
        assert pair.name == f"{name[row['challenger']]} against {name[row['target']]}"
        shown = float(pair.change.replace("−", "-"))
        assert shown == pytest.approx(row["mean"], abs=0.05 * abs(table["mean"]).max())
    assert len(told.limits) == 3


def test_every_headline_stands_with_both_its_intervals(page, real):
    words = " ".join(_Read(page).words)
    for head in ("95 % sampling", "95 % prior", "P(> 0)", "What matters most"):
        assert head in words
    for contrast in real.contrasts:
        assert words.count(f"{contrast.arm} against {contrast.against}") >= 3


def test_unknown_clauses_stand_with_their_readings_and_weights(page):
    words = " ".join(_Read(page).words)
    assert "provocation: unconditional, any aggression counts" in words
    assert "unknown" in words
    assert "60%" in words


def test_the_hypothetical_arm_is_marked_wherever_it_heads_a_part(page):
    heads = re.findall(r"<h[34]>([^<]*three-member[^<]*)(<span[^>]*>hypothetical)?", page)
    assert heads
    assert all(marked for _, marked in heads)


def test_two_reports_of_one_run_are_the_same(real, tmp_path, page):
    write_report(real, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page


def test_the_story_is_of_the_first_world_in_which_the_arms_part(real, page):
    place, metric = story.choose(real)
    pair = real.contrasts[0]
    arm, other = (real.arms.index(name) for name in (pair.arm, pair.against))
    difference = real.tally.values(metric)[:, arm] - real.tally.values(metric)[:, other]
    alike = difference * difference.mean() > 0
    assert alike[place]
    assert not alike[:place].any()
    assert f"World {place}: the first" in page


def test_the_story_begins_with_the_decision_that_parts_the_arms(real, page):
    told = story.tell(real)
    first = told.twins.divergence.decision
    assert told.diverged == first.turn
    assert told.course[0].startswith(f"{told.divergence}: ")
    assert "the first that differs comes in " + told.divergence in page
    spots = [page.index(each) for each in ("forks: ", "The decisions that differ", "What followed")]
    assert spots == sorted(spots)


def test_no_story_is_told_of_worlds_that_a_replay_does_not_give(made):
    told = story.tell(made())
    assert "other agents" in told.reason
    assert told.sides == ()


def test_the_markdown_shows_figures_that_lie_beside_it(written, text):
    shown = re.findall(r"!\[[^\]]*\]\(<([^>]+)>\)", text)
    assert shown
    assert all((written / each).read_bytes().startswith(b"<?xml") for each in shown)


def test_the_rows_of_a_markdown_table_are_as_wide_as_its_head(text):
    bars = re.compile(r"(?<!\\)\|")
    for block in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
        assert len({len(bars.findall(line)) for line in block.splitlines()}) == 1, block


@pytest.mark.parametrize("ending", ["html", "md"])
def test_what_a_scenario_is_called_is_shown_and_never_run(made, smda, tmp_path, ending):
    arms = (attrs.evolve(smda.arms[0], title=HOSTILE), *smda.arms[1:])
    hostile = made(scenario=attrs.evolve(smda, title=HOSTILE, arms=arms))
    write_report(hostile, tmp_path / f"it.{ending}")
    page = (tmp_path / f"it.{ending}").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    if ending == "md":
        assert "[more" in page
        assert not re.search(r"(?<!\\)\[more|(?<!\\)\]\(javascript", page)


def test_marks_of_markdown_are_escaped():
    assert render.plain_markdown("a | b\n*c* <d>") == "a \\| b \\*c\\* &lt;d&gt;"


def test_without_a_prior_interval_it_says_so_and_how_to_get_one(made, tmp_path):
    write_report(made(), tmp_path / "it.html")
    page = (tmp_path / "it.html").read_text(encoding="utf-8")
    assert "There is no prior interval" in page
    assert "95 % prior</th>" not in page


@pytest.mark.parametrize("name", ["it.pdf", "it", "no/such/folder/it.html", "folder.html"])
def test_a_report_that_could_not_be_written_is_refused(tmp_path, name):
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(InvalidInput):
        check_path(tmp_path / name)


def test_the_command_line_refuses_it_before_it_plays(played, tmp_path):
    done = CliRunner().invoke(cli.main, ["compare", "smda", "--report", str(tmp_path / "it.doc")])
    assert done.exit_code == 2
    assert ".html or .md" in done.stderr
    assert not played


def test_the_command_line_writes_it_beside_the_table(played, tmp_path):
    file = tmp_path / "it.html"
    done = CliRunner().invoke(cli.main, ["compare", "smda", "--worlds", "8", "--report", str(file)])
    assert done.exit_code == 0
    assert "8 worlds an arm" in done.stdout
    assert "alliancesim compare smda --worlds 8" in file.read_text(encoding="utf-8")


def test_the_command_names_all_that_was_changed(made, smda):
    changed = smda.with_preset("strict").fixing(shock_sd=1.5)
    told = command(made(scenario=changed, worlds_per_draw=16), "it.html")
    assert "--preset strict" in told.shell
    assert "--set shock_sd=1.5" in told.shell
    assert "--worlds-per-draw 16" in told.shell
    assert ".with_preset('strict').fixing(shock_sd=1.5)" in told.python
    assert not told.own


def test_a_scenario_of_ones_own_is_named_as_a_file(made, smda):
    told = command(made(scenario=attrs.evolve(smda, title="Another")), "it.html")
    assert told.own
    assert "compare smda.toml" in told.shell
    assert len(told.sha256) == 64


def test_the_python_that_makes_it_gives_the_same_digest(real):
    lines = command(real, "it.html").python.splitlines()[:-1]
    names = {}
    exec("\n".join(lines), names)
    assert isinstance(names["comparison"], Comparison)
    assert names["comparison"].digest == real.digest


def _asked_for(page, folder):
    """Return what a browser asks for on a page's behalf, by the browser's own log."""
    log = folder / "net.json"
    flags = (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *(f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--dump-dom"),
    )
    done = subprocess.run(
        ["chromium", *flags, page.as_uri()], capture_output=True, text=True, timeout=120
    )
    if done.returncode or "</html>" not in done.stdout:
        pytest.skip("the browser does not start here")
    events = json.loads(log.read_text("utf-8"))["events"]
    told = [event["params"] for event in events if "url" in event.get("params", {})]
    return {each["url"] for each in told if each.get("initiator", "not an origin") in PAGES}


PAGES = ("file://", "null")
"""Who asks on a page's behalf; the browser's own errands are of no origin."""


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs a browser")
def test_a_browser_opens_it_without_asking_for_anything_else(page, tmp_path):
    bare = re.sub(r"<meta http-equiv[^>]*>", "", page)  # which would forbid what is looked for
    assert bare != page
    beyond = "http://127.0.0.1:9/beyond.png"
    (tmp_path / "it.html").write_text(bare, encoding="utf-8")
    (tmp_path / "leaky.html").write_text(
        bare.replace("</main>", f'<img src="{beyond}"></main>'), encoding="utf-8"
    )
    (tmp_path / "control").mkdir()
    assert beyond in _asked_for(tmp_path / "leaky.html", tmp_path / "control")
    asked = _asked_for(tmp_path / "it.html", tmp_path)
    assert {each for each in asked if not each.startswith("data:")} == set()


def test_the_network_stands_with_the_arms_and_time_lines_with_the_story(page, real):
    arms, story_at = page.index('id="arms"'), page.index('id="story"')
    assert arms < page.index("A schematic map") < page.index('id="data"')
    lines = [page.index(f"A time line of the world in {arm}") for arm in _sides(real)]
    assert story_at < lines[0] < lines[1] < page.index('id="limits"')


def test_the_map_is_described_to_those_who_cannot_see_it(page):
    said = re.search(r'alt="(A schematic map[^"]*)"', page)[1]
    assert "NATO" in said
    assert "SMDA (hypothetical)" in said
    assert "IND-PAK" in said


def _sides(comparison):
    pair = comparison.contrasts[0]
    return pair.against, pair.arm
