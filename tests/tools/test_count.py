"""The figures by which the tree is judged."""

import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
count, tree = map(importlib.import_module, ("count", "tree"))


def test_the_rules_alone_bind_parameters_and_no_player_reads_what_the_other_reads():
    kernel, agents, rules = (
        count.bound(tree.PACKAGE, each) for each in ("kernel", "agents", "rules")
    )
    assert len(rules) > 100
    assert kernel & agents == set()


def test_a_parameter_that_a_folder_reads_is_seen(tmp_path):
    package = tmp_path / "small"
    for folder in ("catalogue", "kernel", "agents"):
        (package / folder).mkdir(parents=True)
    (package / "catalogue" / "parameters.toml").write_text("[base]\n[scale]\n")
    (package / "kernel" / "one.py").write_text("def f(theta):\n    return theta.base\n")
    (package / "agents" / "two.py").write_text("def f(p):\n    return p.base + p.other\n")
    assert count.bound(package, "kernel") == count.bound(package, "agents") == {"base"}
