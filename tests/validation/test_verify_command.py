import json

import pytest
from click.testing import CliRunner
from matplotlib.axes import Axes

from alliancesim import cli
from alliancesim.figures import oracles
from alliancesim.validation import oracles as home
from alliancesim.validation.rows import Row, Verification

RIGHT = Row("contest", "won", 0.51, 0.50, 0.01)
WRONG = Row("contest", "lost", 0.56, 0.50, 0.01)
GIVEN = Row("attrition", "A after a year", 0.5, 0.5, 0.001, "rounding")


@pytest.fixture
def finding(monkeypatch):
    """Let the command find given rows, in no time."""

    def find(*rows):
        monkeypatch.setattr(home, "verify", lambda draws, seed: Verification(rows, draws, seed))

    return find


def run(*arguments):
    return CliRunner().invoke(cli.main, ["verify", *map(str, arguments)])


def test_verify_prints_simulated_exact_error_and_z(finding):
    finding(RIGHT, GIVEN)
    result = run("--draws", 2000, "--seed", 5)
    assert result.exit_code == 0
    assert "2,000 draws where cheap, seed 5" in result.output
    line = next(line for line in result.output.splitlines() if line.startswith("contest"))
    assert line.split() == ["contest", "won", "0.51", "0.5", "0.01", "+1.00"]
    assert "[1] rounding" in result.output


def test_verify_exits_with_one_if_a_number_lies_beyond_four_errors(finding):
    finding(RIGHT, WRONG)
    result = run()
    assert result.exit_code == 1
    assert "1 of 2 beyond ±4" in result.output
    assert "<--" in next(line for line in result.output.splitlines() if " lost " in line)


def test_a_number_that_is_none_is_not_let_through(finding):
    finding(Row("contest", "won", float("nan"), 0.5, 0.01))
    assert run().exit_code == 1
    assert json.loads(run("--json", "-").output)["rows"][0]["simulated"] is None


def test_verify_writes_json_and_a_picture(finding, tmp_path):
    finding(RIGHT, WRONG)
    run("--json", tmp_path / "rows.json", "--figure", tmp_path / "z.png")
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))["rows"]
    assert [row["holds"] for row in rows] == [True, False]
    assert (tmp_path / "z.png").stat().st_size > 1000
    assert json.loads(run("--json", "-").output)["rows"] == rows


def test_too_few_draws_are_refused_with_what_is_allowed():
    result = run("--draws", 10)
    assert result.exit_code == 2
    assert "draws" in result.output
    assert "1000" in result.output


def test_a_dot_a_row_is_drawn_hollow_where_nothing_is_drawn():
    ax = oracles(Verification((RIGHT, WRONG, GIVEN), 1000, 0))
    assert isinstance(ax, Axes)
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert [dot.get_xdata()[0] for dot in dots] == pytest.approx([1.0, 5.0, 0.0])
    assert dots[2].get_markerfacecolor() == "white"
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["contest", "attrition"]
